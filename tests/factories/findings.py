"""Findings from lessons for tests."""

from datetime import datetime
from typing import Final

from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.statements import state_finding
from alpclusters.platform.policy.models import Finding

DIRECTIONS: Final = {
    Lesson.Verdict.WORKS: Finding.Direction.SUPPORTS,
    Lesson.Verdict.DOES_NOT_WORK: Finding.Direction.AGAINST,
    Lesson.Verdict.DEPENDS: Finding.Direction.NEUTRAL,
}


def state_lesson(project: Project, lesson: Lesson, *, by: User | None, now: datetime) -> Finding:
    """State a lesson in its own words, as a coordinator does on the page of findings."""
    return state_finding(
        project,
        Finding.Kind.LESSON,
        lesson,
        statement={},
        direction=DIRECTIONS[Lesson.Verdict(lesson.verdict)],
        by=by,
        now=now,
    )
