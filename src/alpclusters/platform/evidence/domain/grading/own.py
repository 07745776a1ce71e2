"""A grade set by a person, with a reason; it ends when the evidence changes."""

from typing import Final

from django.utils import timezone

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.history import sign

SHORTEST_REASON: Final = 20
FARTHEST: Final = 2
LETTERS: Final = "ABCD"


def set_own_grade(lesson: Lesson, grade: str, reason: str, by: User) -> None:
    """Set another grade than the computed one.

    Parameters
    ----------
    lesson : Lesson
        As it was graded last.
    grade : str
        A to D, at most two away from the computed one.
    reason : str
        At least 20 characters.
    by : User
        Who answers for it.

    Raises
    ------
    InputError
        No such grade, one too far away, or a reason that is too short.
    StateError
        There is nothing to grade.
    """
    reason = reason.strip()
    if lesson.grade == Lesson.Grade.NONE:
        raise StateError("grade.nothing_to_grade")
    _check(lesson.grade, grade, reason)
    lesson.own_grade = grade
    lesson.own_grade_reason = reason
    lesson.own_grade_by = by
    lesson.own_grade_at = timezone.now()
    lesson.own_grade_digest = lesson.grading.get("digest", "")
    sign(lesson, by, reason=reason)
    lesson.save()


def clear_own_grade(lesson: Lesson, by: User) -> None:
    """Let the computed grade stand again; the history keeps what was set."""
    lesson.own_grade = ""
    lesson.own_grade_reason = ""
    lesson.own_grade_by = None
    lesson.own_grade_at = None
    lesson.own_grade_digest = ""
    sign(lesson, by)
    lesson.save()


def _check(computed: str, grade: str, reason: str) -> None:
    where = Where(field="own_grade")
    if len(grade) != 1 or grade not in LETTERS:
        expected = ", ".join(LETTERS)
        raise InputError("grade.unknown", where=where, found=grade, expected=expected)
    if abs(LETTERS.index(grade) - LETTERS.index(computed)) > FARTHEST:
        values = {"computed": computed}
        raise InputError("grade.too_far", where=where, found=grade, values=values)
    if len(reason) < SHORTEST_REASON:
        where = Where(field="own_grade_reason")
        expected = str(SHORTEST_REASON)
        raise InputError("grade.short_reason", where=where, found=reason, expected=expected)
