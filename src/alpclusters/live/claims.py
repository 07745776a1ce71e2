"""The number of a name card that a phone claims: what becomes of places and seats.

Whoever says "My name card has number 12" goes by the tables of card 12 from now on. The seats of
rounds that are over go along, so that nobody counts twice; in the round that is on the tables of
the card count, unless the person has sat down already.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

# A seat: table and state.
type Seat = tuple[int, str]
type Seats = Mapping[int, Seat]

ARRIVED: Final = frozenset({"here", "moved"})


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim since the rows were read: its place in the order, who, which places, when.

    Attributes
    ----------
    seq, person : int
    place, before : int, int or None
        The rows of the place that is claimed and of the one the person had.
    round : int
        The round at the tables at that moment; 0 outside the rounds.
    """

    seq: int
    person: int
    place: int
    before: int | None
    round: int


@dataclass(frozen=True, slots=True)
class Carried:
    """What changes in the rows of two places.

    Attributes
    ----------
    taken : mapping of int to Seat
        By round: the seats of the claimed place as they are from now on.
    given_up : list of int
        Rounds whose seat of the old place is gone.
    freed : list of int
        Rounds in which the old place waits for its guest again.
    """

    taken: dict[int, Seat]
    given_up: list[int]
    freed: list[int]


def carry(old: Seats, new: Seats, *, current: int, is_old_named: bool) -> Carried:
    """Say what becomes of the seats when a person changes from one place to another.

    Parameters
    ----------
    old, new : mapping of int to Seat
        By round, of the place the person had and of the one the person claims.
    current : int
        The round at the tables; 0 outside the rounds.
    is_old_named : bool
        The old place has a name card of somebody, who may still come.

    Examples
    --------
    >>> carry({1: (7, "here"), 2: (8, "expected")}, {2: (9, "expected")}, current=2,
    ...       is_old_named=False)
    Carried(taken={1: (7, 'here')}, given_up=[1, 2], freed=[])
    """
    taken = {
        r: _as_used(seat, new.get(r)) for r, seat in old.items() if _goes(r, old, new, current)
    }
    if current in new and current not in taken and new[current][1] == "absent":
        taken[current] = (new[current][0], "expected")
    freed = [current] if is_old_named and current in old else []
    return Carried(taken, [r for r in sorted(old) if r not in freed], freed)


def _goes(round_index: int, old: Seats, new: Seats, current: int) -> bool:
    if round_index not in new:
        return True
    if new[round_index][1] in ARRIVED:
        return False
    return round_index != current or old[round_index][1] in ARRIVED


def _as_used(seat: Seat, planned: Seat | None) -> Seat:
    table, state = seat
    is_elsewhere = planned is not None and planned[0] != table and state == "here"
    return (table, "moved") if is_elsewhere else seat
