"""The versions of a lesson and the way back to one of them."""

from typing import Final

from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.lessons.writing import FIELDS, save_lesson
from alpclusters.platform.evidence.domain.versions import Version, values_of_version, versions_of
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.fields import fields_of

# What people changed; computed grades change often and say so at the lesson itself.
KEPT: Final = tuple(one.name for one in fields_of(Lesson, lambda one: one.part))


def versions(lesson: Lesson) -> list[Version]:
    """Return the versions that differ in what people write, newest first."""
    return [v for v in versions_of(lesson, KEPT) if v.changes or v.is_first]


def revert_lesson(lesson: Lesson, *, history_id: int, by: User) -> bool:
    """Bring the texts of an earlier version back; False if the lesson has no such version."""
    texts = values_of_version(lesson, history_id, FIELDS)
    if texts is None:
        return False
    save_lesson(lesson, by=by, reason=f"revert:{history_id}", **texts)
    return True
