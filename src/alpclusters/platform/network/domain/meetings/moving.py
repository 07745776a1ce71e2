"""Change a plan by hand: looked through before it is stored, so that a plan stays right."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.meetings import Hall, Seat, check_meetings
from alpclusters.platform.network.domain.meetings.days import locked
from alpclusters.platform.network.domain.meetings.halls import hall_of, seats_of
from alpclusters.platform.network.domain.meetings.planning import Wrong
from alpclusters.platform.network.models import Meeting

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
