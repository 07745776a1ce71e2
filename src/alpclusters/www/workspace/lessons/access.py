"""Fetch a lesson one may write, and the place of its pages."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.evidence.rules import visible_lessons
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.evidence.access import WRITE, evidence_crumbs, require

GRADE = "evidence.grade_lesson"


def own_lesson(request: SignedInRequest, key: str) -> Lesson:
    """Return a lesson: 403 for people who write no evidence."""
    require(request, WRITE)
    return get_object_or_404(visible_lessons(request.user), key=key)


def lesson_crumbs(lesson: Lesson | None = None, *last: Crumb) -> list[Crumb]:
    """Return the way to a page of lessons."""
    if lesson is None:
        start = reverse("workspace:lessons") if last else ""
        return evidence_crumbs(Crumb(_("Lessons"), start), *last)
    address = reverse("workspace:lesson", args=[lesson.key]) if last else ""
    lessons = Crumb(_("Lessons"), reverse("workspace:lessons"))
    return evidence_crumbs(lessons, Crumb(lesson.statement, address), *last)
