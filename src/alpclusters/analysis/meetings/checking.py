"""Look through a plan without the planner: it shares no code with it beyond the records."""

from collections import Counter
from collections.abc import Iterator, Sequence

from alpclusters.analysis.meetings.problem import Hall, Seat, Wish

type Wrong = tuple[str, int, int]


def check_meetings(hall: Hall, seats: Sequence[Seat]) -> tuple[tuple[str, int, int], ...]:
    """List what is wrong with a plan as (code, slot, key of a guest or table); nothing, if right.

    Codes: ``"outside"`` a slot or table that is not there, ``"break"``, ``"away"``, ``"twice"``
    somebody in two meetings at once, ``"table"`` taken twice, ``"again"`` a pair that meets twice,
    ``"limit"`` more meetings than wanted, ``"unwished"`` a pair without a wish, ``"language"``,
    ``"moved"`` a fixed meeting elsewhere.

    Parameters
    ----------
    hall : Hall
    seats : sequence of Seat
        A plan, whoever made it.

    Returns
    -------
    tuple of (str, int, int)
        Sorted; the slot is 0 where a mistake concerns the whole day.

    Examples
    --------
    >>> from alpclusters.analysis.meetings import Guest
    >>> people = (Guest(1, ("en",)), Guest(2, ("en",), away=frozenset({1})))
    >>> check_meetings(Hall(people, (Wish(1, 2),), 2, 1), [Seat(1, 2, 1, 1, "en")])
    (('away', 1, 2),)
    """
    wrong = [*_rooms(hall, seats), *_people(hall, seats), *_twice(seats), *_limits(hall, seats)]
    return tuple(sorted({*wrong, *_moved(hall, seats)}))


def _pair(one: Seat | Wish) -> tuple[int, int]:
    return min(one.first, one.second), max(one.first, one.second)


def _rooms(hall: Hall, seats: Sequence[Seat]) -> Iterator[Wrong]:
    for seat in seats:
        if not (1 <= seat.slot <= hall.n_slots and 1 <= seat.table <= hall.n_tables):
            yield "outside", seat.slot, seat.table
        if seat.slot in hall.breaks:
            yield "break", seat.slot, seat.table


def _people(hall: Hall, seats: Sequence[Seat]) -> Iterator[Wrong]:
    guests = {guest.key: guest for guest in hall.guests}
    fixed = {_pair(seat) for seat in hall.fixed}
    wished = {_pair(wish) for wish in hall.wishes} | fixed
    for seat in seats:
        first, second = pair = _pair(seat)
        if pair not in wished:
            yield "unwished", seat.slot, first
        if pair in fixed or not {first, second} <= guests.keys():
            continue
        spoken = set(guests[first].languages) & set(guests[second].languages)
        if hall.needs_language and seat.language not in spoken:
            yield "language", seat.slot, first
        yield from (("away", seat.slot, key) for key in pair if seat.slot in guests[key].away)


def _twice(seats: Sequence[Seat]) -> Iterator[Wrong]:
    times = Counter((seat.slot, key) for seat in seats for key in _pair(seat))
    tables = Counter((seat.slot, seat.table) for seat in seats)
    pairs = Counter(_pair(seat) for seat in seats)
    yield from (("twice", slot, key) for (slot, key), n in times.items() if n > 1)
    yield from (("table", slot, table) for (slot, table), n in tables.items() if n > 1)
    yield from (("again", 0, first) for (first, _second), n in pairs.items() if n > 1)


def _limits(hall: Hall, seats: Sequence[Seat]) -> Iterator[Wrong]:
    counts = Counter(key for seat in seats for key in _pair(seat))
    fixed = Counter(key for seat in hall.fixed for key in _pair(seat))
    for guest in hall.guests:
        most = hall.n_slots if guest.most is None else guest.most
        if counts[guest.key] > max(most, fixed[guest.key]):
            yield "limit", 0, guest.key


def _moved(hall: Hall, seats: Sequence[Seat]) -> Iterator[Wrong]:
    where = {(_pair(seat), seat.slot, seat.table) for seat in seats}
    for seat in hall.fixed:
        if (_pair(seat), seat.slot, seat.table) not in where:
            yield "moved", seat.slot, _pair(seat)[0]
