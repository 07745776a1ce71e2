"""The number of a name card that a phone claims: what becomes of places and seats.

Whoever says "My name card has number 12" goes by the tables of card 12 from now on. The seats of
rounds that are over go along, so that nobody counts twice; in the round that is on the tables of
the card count, unless the person has sat down already.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from alpclusters.live.memory import Event

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


def take_place(event: "Event", person: int, place: int) -> int | None:
    """Give a person a place in memory and return the one before.

    Who has it by the site's choice, made at the same moment, gets the other one.
    """
    actor, wanted = event.people[person], event.places[place]
    old = event.places.get(actor.guest or 0)
    if old is wanted:
        return None
    other = event.people.get(wanted.participant or 0)
    if old is not None:
        old.participant = other.id if other else None
    if other is not None:
        other.guest = old.id if old else None
    wanted.participant, actor.guest = person, place
    return old.id if old else None


def give_back(event: "Event", person: int, place: int, before: int | None) -> None:
    """Take a claim back that could not be stored."""
    if place in event.places and event.places[place].participant == person:
        event.places[place].participant = None
    if before in event.places:
        event.places[before].participant = person
    if person in event.people:
        event.people[person].guest = before


def carry_seats(event: "Event", old: int | None, new: int, current: int) -> None:
    """Change the seats in memory, as `seating.take_place` does in the database; twice is once."""
    place = event.places.get(old or 0)
    is_named = place is not None and place.is_named
    seats = _seats_of(event, old), _seats_of(event, new)
    found = carry(*seats, current=current, is_old_named=is_named)
    for round_index, seat in found.taken.items():
        event.seats.setdefault(round_index, {})[new] = seat
    for round_index in found.given_up:
        event.seats[round_index].pop(old or 0, None)
    for round_index in found.freed:
        event.set_seat(round_index, old or 0, "expected")


def place_at(event: "Event", person: int, seq: int) -> int | None:
    """Return the place a person had when a command was taken: a later claim may be noted."""
    later = [c for c in event.claims.values() if c.person == person and c.seq > seq]
    if later:
        return min(later, key=lambda claim: claim.seq).before
    return event.people[person].guest


def claim_again(event: "Event", claim: Claim) -> None:
    """Do a claim that rows read from the database may not have yet."""
    if claim.person in event.people and claim.place in event.places:
        old = take_place(event, claim.person, claim.place)
        carry_seats(event, old, claim.place, claim.round)


def _seats_of(event: "Event", place: int | None) -> dict[int, Seat]:
    return {r: seats[place] for r, seats in event.seats.items() if place in seats}
