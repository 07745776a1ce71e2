"""Publishing a lesson: only where something speaks for it or against it."""

from django.db import transaction
from django.db.models import Q

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.grading.regrading import gradings_of
from alpclusters.platform.evidence.models import Lesson, Quotation
from alpclusters.platform.history import sign


@transaction.atomic
def publish_lesson(lesson: Lesson, by: User | None) -> Lesson:
    """Show a lesson to everybody.

    Raises
    ------
    StateError
        Nothing bears on it and no source is quoted: it would stand without a trail
        (``lesson.no_trail``). Activities bear on it, but no place is quoted for it or for any of
        them: nobody could look it up (``lesson.no_quotation``). Its evidence gives another
        certainty by now than is stored (``lesson.grade_outdated``).
    """
    bearing = lesson.bearings.exclude(stance="")
    quoted = Quotation.objects.filter(
        Q(lesson=lesson) | Q(activity__in=bearing.order_by().values("activity"))
    )
    if not quoted.exists():
        code = "lesson.no_quotation" if bearing.exists() else "lesson.no_trail"
        raise StateError(code, found=lesson.key)
    derived = gradings_of([lesson])[lesson.pk]["grade"]
    if lesson.grading and lesson.grade != derived:
        code = "lesson.grade_outdated"
        raise StateError(code, found=lesson.grade, expected=derived)
    return _set(lesson, by, is_published=True)


@transaction.atomic
def withdraw_lesson(lesson: Lesson, by: User | None) -> Lesson:
    """Take a lesson back from the public pages; nothing is lost."""
    return _set(lesson, by, is_published=False)


def _set(lesson: Lesson, by: User | None, *, is_published: bool) -> Lesson:
    if lesson.is_published != is_published:
        lesson.is_published = is_published
        sign(lesson, by, reason="publish" if is_published else "withdraw")
        lesson.save()
    return lesson
