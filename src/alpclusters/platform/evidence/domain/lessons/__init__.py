"""Lessons: written, tied to activities for and against, tied to measures, published."""

from alpclusters.platform.evidence.domain.lessons.bearings import (
    bear,
    settle_stance,
    unbear,
)
from alpclusters.platform.evidence.domain.lessons.history import revert_lesson, versions
from alpclusters.platform.evidence.domain.lessons.publishing import (
    publish_lesson,
    withdraw_lesson,
)
from alpclusters.platform.evidence.domain.lessons.suggestions import suggest, unsuggest
from alpclusters.platform.evidence.domain.lessons.writing import save_lesson

__all__ = [
    "bear",
    "publish_lesson",
    "revert_lesson",
    "save_lesson",
    "settle_stance",
    "suggest",
    "unbear",
    "unsuggest",
    "versions",
    "withdraw_lesson",
]
