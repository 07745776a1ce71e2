"""The plan of a day: made at once where it is small, else by the worker, with progress."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import transaction
from django.tasks import TaskResultStatus, default_task_backend
from django.tasks.exceptions import TaskResultDoesNotExist
from django.utils import timezone

from alpclusters.analysis.errors import StateError
from alpclusters.platform import progress
from alpclusters.platform.network.domain.meetings.days import locked
from alpclusters.platform.network.domain.meetings.planning import folder_of, plan_day
from alpclusters.platform.network.domain.meetings.wishes import mutual_pairs
from alpclusters.platform.network.meeting_tasks import plan_meetings_of
from alpclusters.platform.network.models import MeetingDay
from alpclusters.platform.progress import Progress

# Up to so many pairs a plan takes well below a second.
AT_ONCE: Final = 150
_ACTIVE: Final = {TaskResultStatus.READY, TaskResultStatus.RUNNING}


@dataclass(frozen=True)
class Job:
    """The last work on a plan."""

    is_active: bool
    is_waiting: bool
    is_broken: bool


def job_of(day: MeetingDay) -> Job | None:
    """Return the last work of the worker on a day, if there was any."""
    wanted = day.plan.get("task")
    if not wanted:
        return None
    try:
        status = default_task_backend.get_result(wanted).status
    except TaskResultDoesNotExist:
        return None
    return Job(
        status in _ACTIVE,
        is_waiting=status == TaskResultStatus.READY,
        is_broken=status == TaskResultStatus.FAILED,
    )


def begin(day: MeetingDay) -> bool:
    """Plan at once or let the worker begin; say whether the plan is there.

    Raises
    ------
    StateError
        The worker is at it, nobody wants to meet, or something changed meanwhile.
    """
    job = job_of(day)
    if job is not None and job.is_active:
        raise StateError("meetings.busy")
    if len(mutual_pairs(day)) <= AT_ONCE:
        plan_day(day, now=timezone.now())
        return True
    _enqueue(day)
    return False


@transaction.atomic
def _enqueue(day: MeetingDay) -> None:
    # Two people press the button at once: the second finds the first one's work.
    fresh = locked(day)
    job = job_of(fresh)
    if job is not None and job.is_active:
        raise StateError("meetings.busy")
    progress.clear(folder_of(fresh, settings.CONFIGURATION.home))
    result = plan_meetings_of.enqueue(fresh.pk)
    fresh.plan = {**fresh.plan, "task": str(result.id), "error": ""}
    fresh.save(update_fields=["plan"])


def cancel(day: MeetingDay) -> None:
    """Ask the worker to end."""
    progress.cancel(folder_of(day, settings.CONFIGURATION.home))


def progress_of(day: MeetingDay) -> Progress:
    """Return how far the work is."""
    return progress.read_progress(folder_of(day, settings.CONFIGURATION.home))
