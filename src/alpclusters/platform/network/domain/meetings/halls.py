"""A day of meetings as the analysis plans it, and its meetings as seats."""

from collections.abc import Iterable

from alpclusters.analysis.meetings import Guest, Hall, Seat, Wish
from alpclusters.platform.network.domain.meetings.days import is_inside
from alpclusters.platform.network.domain.meetings.wishes import mutual_pairs
from alpclusters.platform.network.models import Attendance, Meeting, MeetingDay


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
