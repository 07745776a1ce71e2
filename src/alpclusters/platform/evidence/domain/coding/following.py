"""What rests on the codes of activities, and is computed again when they change."""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from alpclusters.platform.evidence.domain.families import refresh_families
from alpclusters.platform.evidence.domain.grading import regrade
from alpclusters.platform.evidence.domain.grading.regrading import regrade_of_initiatives
from alpclusters.platform.evidence.models import Activity


def follow_activities(
    activities: Collection[Activity], *, is_retyped: bool, now: datetime | None = None
) -> None:
    """Bring grades up to date after codes changed; families only where a type did."""
    ids = {activity.initiative_id for activity in activities}
    if not ids:
        return
    if is_retyped:
        refresh_families(sorted(ids))
        return
    regrade_of_initiatives(ids, now=now or timezone.now())


def follow_lessons(lesson_ids: Collection[int], *, now: datetime | None = None) -> None:
    """Grade lessons again."""
    if lesson_ids:
        regrade(sorted(lesson_ids), now=now or timezone.now())
