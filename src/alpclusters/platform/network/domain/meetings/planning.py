"""Plan the meetings of a day: computed without a lock, stored only if nothing changed meanwhile."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.meetings import (
    Guest,
    Hall,
    MeetingPlan,
    Seat,
    Unmet,
    Wish,
    check_meetings,
    plan_meetings,
    unmet_wishes,
)
from alpclusters.platform.network.domain.meetings.days import is_inside, locked
from alpclusters.platform.network.domain.meetings.wishes import mutual_pairs
from alpclusters.platform.network.models import Attendance, Meeting, MeetingDay

# --- A day of meetings as the analysis plans it, and its meetings as seats ------------------------


def hall_of(day: MeetingDay) -> Hall:
    """Read who comes, what both sides want, what is fixed and what is planned so far."""
    rows = day.attendances.filter(state=Attendance.State.COMES).order_by("pk")
    guests = tuple(
        Guest(one.pk, tuple(one.languages), frozenset(one.away), day.most_each) for one in rows
    )
    meetings = list(day.meetings.order_by("slot", "table"))
    return Hall(
        guests,
        tuple(Wish(*pair, weight) for pair, weight in sorted(mutual_pairs(day).items())),
        day.n_slots,
        day.n_tables,
        frozenset(day.breaks),
        fixed=_fixed(day, meetings, {guest.key for guest in guests}),
        before=seats_of(one for one in meetings if not one.is_fixed),
    )


def seats_of(meetings: Iterable[Meeting]) -> tuple[Seat, ...]:
    """Return meetings as seats."""
    return tuple(
        Seat(one.first_id, one.second_id, one.slot, one.table, one.language) for one in meetings
    )


def _fixed(day: MeetingDay, meetings: Iterable[Meeting], keys: set[int]) -> tuple[Seat, ...]:
    """Return what stays; a meeting that took place, or did not, stays as well."""
    return seats_of(
        one
        for one in meetings
        if one.is_fixed
        and is_inside(day, one.slot, one.table)
        and {one.first_id, one.second_id} <= keys
    )


# --- Plan the meetings of a day: computed without a lock, stored only if nothing changed meanwhile


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


# --- Change a plan by hand: looked through before it is stored, so that a plan stays right --------


# A slot that no day has: there a meeting waits while two change places.
_ASIDE = 30_000


@dataclass(frozen=True, slots=True)
class Place:
    """A slot and a table, both from 1."""

    slot: int
    table: int


def problems_of(meeting: Meeting, to: Place, *, swap: bool = False) -> tuple[Wrong, ...]:
    """Say what a move would break that holds now; nothing if it can be made."""
    seats = {one.pk: seats_of([one])[0] for one in meeting.day.meetings.all()}
    hall = _unfixed(hall_of(meeting.day))
    before = set(check_meetings(hall, list(seats.values())))
    after = set(check_meetings(hall, _moved(seats, meeting, to, swap=swap)))
    return tuple(sorted(after - before))


def _unfixed(hall: Hall) -> Hall:
    """Let fixed meetings go by the same rules: they are moved by hand too."""
    return replace(hall, fixed=(), before=())


def _moved(seats: dict[int, Seat], meeting: Meeting, to: Place, *, swap: bool) -> list[Seat]:
    own = seats[meeting.pk]
    there = _at(seats, to) if swap else None
    moved = {**seats, meeting.pk: replace(own, slot=to.slot, table=to.table)}
    if there is not None and there != meeting.pk:
        moved[there] = replace(seats[there], slot=own.slot, table=own.table)
    return list(moved.values())


def _at(seats: dict[int, Seat], to: Place) -> int | None:
    return next((pk for pk, s in seats.items() if (s.slot, s.table) == (to.slot, to.table)), None)


@transaction.atomic
def move_meeting(meeting: Meeting, to: Place, *, swap: bool = False) -> tuple[Wrong, ...]:
    """Move a meeting and fix it there; return what stands against it, and then nothing moves.

    With ``swap`` a meeting that is there takes the old place.
    """
    locked(meeting.day)
    fresh = _fresh(meeting)
    wrong = problems_of(fresh, to, swap=swap)
    if wrong:
        return wrong
    there = fresh.day.meetings.filter(slot=to.slot, table=to.table).exclude(pk=fresh.pk).first()
    old = Place(fresh.slot, fresh.table)
    if there is not None:
        _put(there, Place(_ASIDE, 1), fix=False)
    _put(fresh, to, fix=True)
    if there is not None:
        _put(there, old, fix=True)
    return ()


def _put(meeting: Meeting, place: Place, *, fix: bool) -> None:
    meeting.slot, meeting.table, meeting.is_fixed = place.slot, place.table, fix
    meeting.save(update_fields=["slot", "table", "is_fixed"])


@transaction.atomic
def fix_meeting(meeting: Meeting, *, fix: bool) -> None:
    """Let a new plan leave a meeting where it is, or let it move again."""
    locked(meeting.day)
    Meeting.objects.filter(pk=meeting.pk).update(is_fixed=fix)


@transaction.atomic
def drop_meeting(meeting: Meeting) -> None:
    """Take a meeting out of the plan; a new plan may bring it back."""
    locked(meeting.day)
    _fresh(meeting).delete()


def free_places(meeting: Meeting) -> Sequence[Place]:
    """List the places to which a meeting can move as it is, by slot and table."""
    day = meeting.day
    seats = {one.pk: seats_of([one])[0] for one in day.meetings.all()}
    hall = _unfixed(hall_of(day))
    before = set(check_meetings(hall, list(seats.values())))
    own = seats[meeting.pk]
    taken = {(seat.slot, seat.table) for seat in seats.values()}
    found = []
    for slot in hall.open_slots:
        # Who is free does not depend on the table: one look a slot is enough.
        tables = [n for n in range(1, day.n_tables + 1) if (slot, n) not in taken]
        if not tables:
            continue
        moved = {**seats, meeting.pk: replace(own, slot=slot, table=tables[0])}
        if not set(check_meetings(hall, list(moved.values()))) - before:
            found += [Place(slot, table) for table in tables]
    return found


def _fresh(meeting: Meeting) -> Meeting:
    rows = Meeting.objects.select_related("day__project", "first__organisation")
    fresh = rows.filter(pk=meeting.pk).first()
    if fresh is None:
        raise StateError("meetings.changed")
    return fresh
