"""Findings from lessons for tests."""

from datetime import datetime

from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.statements import direction_of, state_finding
from alpclusters.platform.policy.models import Finding


def state_lesson(project: Project, lesson: Lesson, *, by: User | None, now: datetime) -> Finding:
    """State a lesson in its own words, as a coordinator does on the page of findings."""
    return state_finding(
        project,
        Finding.Kind.LESSON,
        lesson,
        statement={},
        direction=direction_of(lesson),
        by=by,
        now=now,
    )
