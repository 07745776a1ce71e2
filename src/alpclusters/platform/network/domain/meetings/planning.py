"""Plan the meetings of a day: computed without a lock, stored only if nothing changed meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.meetings import (
    Hall,
    MeetingPlan,
    Unmet,
    check_meetings,
    plan_meetings,
    unmet_wishes,
)
from alpclusters.platform.network.domain.meetings.days import locked
from alpclusters.platform.network.domain.meetings.halls import hall_of, seats_of
from alpclusters.platform.network.models import Meeting, MeetingDay

type Progress = Callable[[int, int], object]
type Wrong = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class PlanNow:
    """The plan as it stands, changes by hand among it.

    Attributes
    ----------
    n_served, weight : int
        Who meets somebody; the sum of what both sides said it matters.
    n_wanted : int
        Pairs that both want.
    unmet : tuple of Unmet
    wrong : tuple of (str, int, int)
        What does not hold any more, because people or the room changed since.
    """

    meetings: tuple[Meeting, ...]
    n_served: int
    weight: int
    n_wanted: int
    unmet: tuple[Unmet, ...]
    wrong: tuple[Wrong, ...]


def plan_day(day: MeetingDay, *, now: datetime, progress: Progress | None = None) -> MeetingPlan:
    """Plan and store; fixed meetings stay, others where they can.

    Raises
    ------
    StateError
        Nobody wants to meet, or something changed while the plan was made.
    AnalysisError
        ``meetings.cancelled``.
    """
    hall = hall_of(day)
    if not hall.wishes:
        raise StateError("meetings.nobody")
    plan = plan_meetings(hall, progress=progress)
    _store(day, hall, plan, now)
    return plan


@transaction.atomic
def _store(day: MeetingDay, hall: Hall, plan: MeetingPlan, now: datetime) -> None:
    fresh = locked(day)
    if hall_of(fresh) != hall:
        raise StateError("meetings.changed")
    keep = {seat.pair for seat in hall.fixed}
    for meeting in fresh.meetings.all():
        if (meeting.first_id, meeting.second_id) not in keep:
            meeting.delete()
    Meeting.objects.bulk_create(
        Meeting(
            day=fresh,
            first_id=seat.pair[0],
            second_id=seat.pair[1],
            slot=seat.slot,
            table=seat.table,
            language=seat.language,
        )
        for seat in plan.seats
        if seat.pair not in keep
    )
    fresh.plan = {**fresh.plan, **_figures(plan, now)}
    if fresh.state in {MeetingDay.State.DRAFT, MeetingDay.State.OPEN}:
        fresh.state = MeetingDay.State.PLANNED
    fresh.save(update_fields=["plan", "state"])


def _figures(plan: MeetingPlan, now: datetime) -> dict[str, Any]:
    return {
        "planned_at": now.isoformat(),
        "version": plan.version,
        "weight": plan.weight,
        "bound": plan.bound,
        "n_served": plan.n_served,
        "n_servable": plan.n_servable,
        "n_moved": plan.n_moved,
        "n_changes": plan.n_changes,
        "is_best": plan.is_best,
        "error": "",
    }


def folder_of(day: MeetingDay, home: Path) -> Path:
    """Return where the progress of a plan is noted."""
    return home / "caches" / "meetings" / str(day.pk)


def plan_now(day: MeetingDay) -> PlanNow:
    """Look at the plan as it stands, with what people and planners changed since."""
    rows = day.meetings.select_related(
        "first__organisation", "second__organisation", "first__user", "second__user"
    )
    meetings = tuple(rows.order_by("slot", "table"))
    hall, seats = hall_of(day), seats_of(meetings)
    wrong = check_meetings(hall, seats)
    weights = {(wish.first, wish.second): wish.weight for wish in hall.wishes}
    met = [seat.pair for seat in seats]
    return PlanNow(
        meetings,
        len({key for pair in met for key in pair}),
        sum(weights.get(pair, 0) for pair in met),
        len(hall.wishes),
        # Reasons presume a plan that can be: two meetings at once have none.
        () if wrong else unmet_wishes(hall, seats),
        wrong,
    )
