"""What was asked for, checked: guests, pins, pairs to keep apart."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from alpclusters.analysis.errors import AnalysisError, DuplicateError, Where
from alpclusters.analysis.rotation.fields import IntArray, check_count
from alpclusters.analysis.rotation.languages import MAX_TABLES, BoolArray

# --- Wishes that contradict each other or cannot be met -------------------------------------------


class PinConflict(AnalysisError):  # noqa: N818 - the name is part of the interface
    """Two pins exclude each other; ``found`` names guests, round and table."""


class ApartInfeasible(AnalysisError):  # noqa: N818 - the name is part of the interface
    """Guests who must never share a table are too many; ``found`` names them."""


# --- What was asked for, checked: guests, pins, pairs to keep apart -------------------------------


Guest = Hashable
Pins = Mapping[Any, int]  # by guest, or by (guest, round); a mapping's keys allow no variance
Pairs = Iterable[Collection[Guest]]
MAX_GUESTS = 5_000
MAX_ROUNDS = 30
CLIQUE_STEPS = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Wishes:
    """Checked arguments as arrays.

    Attributes
    ----------
    guests : tuple
        Ids in order; 1, 2, ... if only a number was given.
    tables, rounds : int
    pins : array of shape (n_guests, n_rounds)
        The pinned table from 0, -1 where free.
    apart : array of shape (n_guests, n_guests)
        True for pairs that must never share a table.
    """

    guests: tuple[Guest, ...]
    tables: int
    rounds: int
    pins: IntArray
    apart: BoolArray

    @property
    def n(self) -> int:
        """How many guests."""
        return len(self.guests)


def check_wishes(
    guests: int | Sequence[Guest],
    tables: int,
    rounds: int,
    *,
    pins: Pins | None,
    apart: Pairs | None,
) -> Wishes:
    """Refuse what cannot be meant and turn the rest into arrays.

    Raises
    ------
    AnalysisError
        No guest, table or round, too many, or no whole number; an unknown guest, table, round.
    DuplicateError
        A guest twice.
    PinConflict
        Two tables for a guest in one round, a table pinned beyond its seats, or two guests to
        keep apart pinned together.
    ApartInfeasible
        More guests who all avoid one another than there are tables.
    """
    people = _guests(guests)
    check_count(tables, "tables", most=MAX_TABLES)
    check_count(rounds, "rounds", most=MAX_ROUNDS)
    places = {guest: row for row, guest in enumerate(people)}
    wishes = Wishes(
        people,
        int(tables),
        int(rounds),
        _pins(pins or {}, places, tables=tables, rounds=rounds),
        _apart(apart or (), places),
    )
    _check_capacity(wishes)
    _check_pinned_together(wishes)
    _check_clique(wishes)
    return wishes


def _guests(guests: int | Sequence[Guest]) -> tuple[Guest, ...]:
    if isinstance(guests, str) or not isinstance(guests, Sequence | np.ndarray):
        return tuple(range(1, check_count(guests, "guests", most=MAX_GUESTS) + 1))
    people = tuple(guests)
    check_count(len(people), "guests", most=MAX_GUESTS)
    if len(set(people)) != len(people):
        code = "seat.duplicate_guest"
        raise DuplicateError(code, where=Where(argument="guests", row=_second(people)))
    return people


def _second(people: Sequence[Guest]) -> int:
    return next(row for row, guest in enumerate(people) if guest in people[:row])


def _pins(pins: Pins, places: Mapping[Guest, int], *, tables: int, rounds: int) -> IntArray:
    found = np.full((len(places), rounds), -1, dtype=np.int64)
    for key, table in pins.items():
        guest, chosen = _pinned(key, places, rounds=rounds)
        place = check_count(table, "pins", most=tables) - 1
        for round_ in chosen:
            _pin(found, guest, round_, place)
    return found


def _pinned(key: Guest, places: Mapping[Guest, int], *, rounds: int) -> tuple[int, range]:
    """Return the row of the guest and the rounds; a guest alone is pinned in all of them."""
    if key in places:
        return places[key], range(rounds)
    if isinstance(key, tuple) and len(key) == 2 and key[0] in places:  # noqa: PLR2004 - a pair
        guest, round_ = key
        first = check_count(round_, "pins", most=rounds) - 1
        return places[guest], range(first, first + 1)
    code = "seat.unknown_guest"
    raise AnalysisError(code, where=Where(argument="pins"), found=str(key))


def _pin(found: IntArray, guest: int, round_: int, table: int) -> None:
    if found[guest, round_] not in (-1, table):
        code = "seat.pin_twice"
        raise PinConflict(code, found=str(guest + 1), values={"n": round_ + 1})
    found[guest, round_] = table


def _apart(pairs: Pairs, places: Mapping[Guest, int]) -> BoolArray:
    found = np.zeros((len(places), len(places)), dtype=np.bool_)
    for pair in pairs:
        members = tuple(pair)
        if len(members) != 2 or members[0] == members[1]:  # noqa: PLR2004 - a pair
            code = "seat.not_a_pair"
            raise AnalysisError(code, where=Where(argument="apart"), found=str(members))
        for guest in members:
            if guest not in places:
                code = "seat.unknown_guest"
                raise AnalysisError(code, where=Where(argument="apart"), found=str(guest))
        a, b = (places[guest] for guest in members)
        found[a, b] = found[b, a] = True
    return found


def _check_capacity(wishes: Wishes) -> None:
    """Refuse more pins than balanced tables have seats."""
    size, larger = divmod(wishes.n, wishes.tables)
    for round_, column in enumerate(wishes.pins.T):
        pinned = np.bincount(column[column >= 0], minlength=wishes.tables)
        over = np.flatnonzero(pinned > size)
        too_full = pinned > size + (larger > 0)
        if too_full.any() or len(over) > larger:
            table = int(np.argmax(pinned))
            who = ", ".join(str(guest + 1) for guest in np.flatnonzero(column == table))
            code = "seat.pins_exceed_table"
            expected = f"{table + 1}: {size + (larger > 0)}"
            raise PinConflict(code, found=who, expected=expected, values={"n": round_ + 1})


def _check_pinned_together(wishes: Wishes) -> None:
    for a, b in np.argwhere(np.triu(wishes.apart)):
        both = (wishes.pins[a] == wishes.pins[b]) & (wishes.pins[a] >= 0)
        if both.any():
            code = "seat.pins_against_apart"
            n = int(np.argmax(both)) + 1
            raise PinConflict(code, found=f"{a + 1}, {b + 1}", values={"n": n})


def _check_clique(wishes: Wishes) -> None:
    clique = _clique_above(wishes.apart, wishes.tables)
    if clique:
        code = "seat.apart_too_many"
        who = ", ".join(str(guest + 1) for guest in clique)
        raise ApartInfeasible(code, found=who, expected=str(wishes.tables))


def _clique_above(apart: BoolArray, size: int) -> list[int]:
    """Find more than ``size`` guests who all avoid one another; gives up after 20,000 steps."""
    keep = np.flatnonzero(apart.sum(axis=1) >= size)
    steps = iter(range(CLIQUE_STEPS))

    def grow(clique: list[int], left: list[int]) -> list[int]:
        if len(clique) > size:
            return clique
        for place, guest in enumerate(left):
            if len(clique) + len(left) - place <= size or next(steps, None) is None:
                return []
            rest = [other for other in left[place + 1 :] if apart[guest, other]]
            found = grow([*clique, guest], rest)
            if found:
                return found
        return []

    return grow([], [int(guest) for guest in keep])
