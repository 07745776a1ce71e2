"""Halls for the tests of meetings: random small ones, and the truth by trying everything."""

from collections.abc import Iterator, Sequence
from itertools import product

from hypothesis import strategies as st

from alpclusters.analysis.meetings import Guest, Hall, Seat, Wish

CODES = ("de", "en", "it")


@st.composite
def halls(draw, *, most_guests: int = 6, most_wishes: int = 8, most_slots: int = 4) -> Hall:
    """Draw a hall with free times, limits, breaks and languages."""
    n, slots = draw(st.integers(2, most_guests)), draw(st.integers(1, most_slots))
    numbers = st.integers(1, slots)
    guests = tuple(
        Guest(
            key,
            tuple(draw(st.lists(st.sampled_from(CODES), unique=True, max_size=2))) or ("en",),
            frozenset(draw(st.sets(numbers, max_size=2))),
            draw(st.none() | st.integers(0, 3)),
        )
        for key in range(n)
    )
    pairs = [(a, b) for a in range(n) for b in range(a + 1, n)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=most_wishes))
    wishes = tuple(Wish(a, b, draw(st.integers(1, 3))) for a, b in chosen)
    breaks = frozenset(draw(st.sets(numbers, max_size=1)))
    return Hall(guests, wishes, slots, draw(st.integers(1, 3)), breaks)


def best(hall: Hall) -> tuple[int, int]:
    """Return the most people served, and the most weight with them, by trying every plan."""
    return max(_figures(hall, placed) for placed in _plans(hall))


def _plans(hall: Hall) -> Iterator[list[tuple[Wish, int]]]:
    for slots in product(*([None, *_slots(hall, wish)] for wish in hall.wishes)):
        placed = [(w, s) for w, s in zip(hall.wishes, slots, strict=True) if s is not None]
        if _holds(hall, placed):
            yield placed


def _slots(hall: Hall, wish: Wish) -> Sequence[int]:
    first, second = hall.by_key[wish.first], hall.by_key[wish.second]
    if not set(first.languages) & set(second.languages):
        return []
    gone = first.away | second.away | hall.breaks
    pinned = {seat.pair for seat in hall.fixed}
    if (min(wish.first, wish.second), max(wish.first, wish.second)) in pinned:
        return []
    return [slot for slot in range(1, hall.n_slots + 1) if slot not in gone]


def _holds(hall: Hall, placed: Sequence[tuple[Wish, int]]) -> bool:
    at = [(slot, key) for wish, slot in placed for key in (wish.first, wish.second)]
    at += [(seat.slot, key) for seat in hall.fixed for key in seat.pair]
    if len(set(at)) < len(at):
        return False
    in_slot = [slot for _wish, slot in placed] + [seat.slot for seat in hall.fixed]
    if any(in_slot.count(slot) > hall.n_tables for slot in in_slot):
        return False
    pinned = [key for seat in hall.fixed for key in seat.pair]
    met = [key for _slot, key in at]
    return all(
        guest.most is None or met.count(guest.key) <= max(guest.most, pinned.count(guest.key))
        for guest in hall.guests
    )


def _figures(hall: Hall, placed: Sequence[tuple[Wish, int]]) -> tuple[int, int]:
    pinned = {seat.pair for seat in hall.fixed}
    served = {key for wish, _slot in placed for key in (wish.first, wish.second)}
    served |= {key for pair in pinned for key in pair}
    given = [
        wish.weight
        for wish in hall.wishes
        if (min(wish.first, wish.second), max(wish.first, wish.second)) in pinned
    ]
    return len(served), sum(wish.weight for wish, _slot in placed) + sum(given)


def pin(hall: Hall, seats: Sequence[Seat]) -> Hall:
    """Return the hall with fixed meetings."""
    return Hall(
        hall.guests, hall.wishes, hall.n_slots, hall.n_tables, hall.breaks, fixed=tuple(seats)
    )


def evening(n: int = 12, *, n_slots: int = 6, n_tables: int = 4) -> Hall:
    """Build a hall in which guest k wants to meet the three after it."""
    guests = tuple(Guest(key, ("en",)) for key in range(n))
    wishes = tuple(Wish(k, (k + d) % n, 1 + d % 3) for k in range(n) for d in (1, 2, 3))
    return Hall(guests, wishes, n_slots, n_tables)
