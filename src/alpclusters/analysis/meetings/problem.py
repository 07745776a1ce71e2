"""What a plan of bilateral meetings is made from and what it is, and a look through it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from alpclusters.analysis.errors import AnalysisError, Where

# --- What a plan of bilateral meetings is made from, and what it is -------------------------------


Reason = Literal["no_language", "no_slot", "limit", "taken", "tables"]
VERSION: Final = "1"
# More than any hall has; a typing error would otherwise fill the memory.
MOST_SLOTS: Final = 1_000
MOST_TABLES: Final = 10_000


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who takes part.

    Attributes
    ----------
    key : int
        The caller's number.
    languages : tuple of str
        The best first.
    away : frozenset of int
        Slots, from 1, in which there is no time.
    most : int or None
        Meetings at most; None is as many as there are slots.
    """

    key: int
    languages: tuple[str, ...] = ()
    away: frozenset[int] = frozenset()
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """A pair that wants to meet.

    Attributes
    ----------
    first, second : int
        Keys of two guests.
    weight : int
        At least 1; how much it matters.
    """

    first: int
    second: int
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Seat:
    """A meeting in a plan: a wish with its slot and table, both from 1."""

    first: int
    second: int
    slot: int
    table: int
    language: str = ""

    @property
    def pair(self) -> tuple[int, int]:
        """Return the two, the smaller key first."""
        return (self.first, self.second) if self.first < self.second else (self.second, self.first)


@dataclass(frozen=True)
class Hall:
    """Guests, wishes and the room; checked when it is made.

    Attributes
    ----------
    guests : tuple of Guest
        Each key once.
    wishes : tuple of Wish
        Each pair once, in any order.
    n_slots, n_tables : int
        At least 1; at most 1,000 slots and 10,000 tables.
    breaks : frozenset of int
        Slots in which nobody meets.
    fixed : tuple of Seat
        Meetings that stay where they are; their pairs need no wish.
    before : tuple of Seat
        An earlier plan; what can stay there stays.
    needs_language : bool
        Whether a pair without a common language is left out.

    Raises
    ------
    AnalysisError
        For a key or a pair that is there twice, an unknown key, a weight below 1, more slots or
        tables than any hall has, a fixed meeting outside the room or at a time at which one of the
        two meets somebody else.
    """

    guests: tuple[Guest, ...]
    wishes: tuple[Wish, ...]
    n_slots: int
    n_tables: int
    breaks: frozenset[int] = frozenset()
    fixed: tuple[Seat, ...] = ()
    before: tuple[Seat, ...] = ()
    needs_language: bool = True

    def __post_init__(self) -> None:
        """Refuse what cannot be planned."""
        _refuse_if("n_slots", not 1 <= self.n_slots <= MOST_SLOTS)
        _refuse_if("n_tables", not 1 <= self.n_tables <= MOST_TABLES)
        _refuse_if("guests", len(self.by_key) != len(self.guests))
        pairs = [pair_of(wish) for wish in self.wishes]
        _refuse_if("wishes", len(set(pairs)) != len(pairs) or any(a == b for a, b in pairs))
        _refuse_if("wishes", any(not wish.weight >= 1 for wish in self.wishes))
        known = self.by_key.keys()
        _refuse_if("wishes", any(not {a, b} <= known for a, b in pairs))
        _refuse_if("fixed", not _fit(self.fixed, self))

    @cached_property
    def by_key(self) -> dict[int, Guest]:
        """Guests by their keys."""
        return {guest.key: guest for guest in self.guests}

    @cached_property
    def open_slots(self) -> tuple[int, ...]:
        """Slots that are no break."""
        return tuple(slot for slot in range(1, self.n_slots + 1) if slot not in self.breaks)

    def slots_of(self, first: int, second: int) -> tuple[int, ...]:
        """Return the slots in which both have time."""
        away = self.by_key[first].away | self.by_key[second].away
        return tuple(slot for slot in self.open_slots if slot not in away)

    def most_of(self, key: int) -> int:
        """Return how many meetings a guest can have at most."""
        guest = self.by_key[key]
        free = sum(slot not in guest.away for slot in self.open_slots)
        return free if guest.most is None else min(free, guest.most)

    def language_of(self, first: int, second: int) -> str:
        """Return the language the two speak best, empty if they share none."""
        mine, theirs = self.by_key[first].languages, self.by_key[second].languages
        shared = [code for code in mine if code in theirs]
        return min(
            shared, key=lambda code: (mine.index(code) + theirs.index(code), code), default=""
        )


def pair_of(wish: Wish | Seat) -> tuple[int, int]:
    """Return the two of a wish, the smaller key first."""
    return min(wish.first, wish.second), max(wish.first, wish.second)


@dataclass(frozen=True, slots=True)
class Unmet:
    """A wish that is not in the plan, and why."""

    first: int
    second: int
    weight: int
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPlan:
    """Who meets whom, when and where, and how good that is.

    Attributes
    ----------
    seats : tuple of Seat
        By slot and table.
    unmet : tuple of Unmet
        Wishes that are not met, each with its reason.
    weight, bound : int
        Sum of the weights of the met wishes; no plan with as many people served has more than
        the bound.
    n_served, n_servable : int
        Guests with at least one meeting; how many any plan could serve at most.
    n_moved : int
        Meetings of the earlier plan that are at another time, or gone.
    n_changes : int
        How often somebody changes tables between two meetings.
    is_best : bool
        Whether weight and people served reach their bounds: no plan is better.
    """

    seats: tuple[Seat, ...]
    unmet: tuple[Unmet, ...]
    weight: int
    bound: int
    n_served: int
    n_servable: int
    n_moved: int
    n_changes: int
    is_best: bool
    version: str = VERSION


def _refuse_if(argument: str, is_wrong: bool) -> None:  # noqa: FBT001 - private
    if is_wrong:
        raise AnalysisError("meetings.not_a_hall", where=Where(argument=argument))


def _fit(seats: Sequence[Seat], hall: Hall) -> bool:
    taken = [(seat.slot, key) for seat in seats for key in seat.pair]
    places = [(seat.slot, seat.table) for seat in seats]
    inside = all(
        seat.slot in hall.open_slots
        and 1 <= seat.table <= hall.n_tables
        and set(seat.pair) <= hall.by_key.keys()
        for seat in seats
    )
    pairs = [seat.pair for seat in seats]
    return inside and all(len(set(told)) == len(told) for told in (taken, places, pairs))


# --- Look through a plan without the planner: it shares no code with it beyond the records --------


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
