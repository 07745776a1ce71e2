"""Plans of large days of meetings made by the worker."""

from django.conf import settings
from django.db import transaction
from django.tasks import task
from django.utils import timezone

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.network.domain.meetings.days import locked
from alpclusters.platform.network.domain.meetings.planning import folder_of, plan_day
from alpclusters.platform.network.models import MeetingDay
from alpclusters.platform.progress import Diary


@task
def plan_meetings_of(day_id: int) -> None:
    """Plan the meetings of a day; what kept it from being planned is noted beside the plan."""
    day = MeetingDay.objects.select_related("project").filter(pk=day_id).first()
    if day is None:
        return
    diary = Diary(folder_of(day, settings.CONFIGURATION.home))

    def note(done: int, total: int) -> bool:
        diary.note(done, total)
        return not diary.is_cancelled()

    try:
        plan_day(day, now=timezone.now(), progress=note)
    except AlpClustersError as error:
        _note(day, error.code)


@transaction.atomic
def _note(day: MeetingDay, code: str) -> None:
    fresh = locked(day)
    fresh.plan = {**fresh.plan, "error": code}
    fresh.save(update_fields=["plan"])
