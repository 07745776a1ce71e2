"""Places and seats in memory: what a claim changes there, and how it is taken back."""

from alpclusters.live.claims import Claim, Seat, carry
from alpclusters.live.memory import Event


def take_place(event: Event, person: int, place: int) -> int | None:
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


def give_back(event: Event, person: int, place: int, before: int | None) -> None:
    """Take a claim back that could not be stored."""
    if place in event.places and event.places[place].participant == person:
        event.places[place].participant = None
    if before in event.places:
        event.places[before].participant = person
    if person in event.people:
        event.people[person].guest = before


def carry_seats(event: Event, old: int | None, new: int, current: int) -> None:
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


def place_at(event: Event, person: int, seq: int) -> int | None:
    """Return the place a person had when a command was taken: a later claim may be noted."""
    later = [c for c in event.claims.values() if c.person == person and c.seq > seq]
    if later:
        return min(later, key=lambda claim: claim.seq).before
    return event.people[person].guest


def claim_again(event: Event, claim: Claim) -> None:
    """Do a claim that rows read from the database may not have yet."""
    if claim.person in event.people and claim.place in event.places:
        old = take_place(event, claim.person, claim.place)
        carry_seats(event, old, claim.place, claim.round)


def _seats_of(event: Event, place: int | None) -> dict[int, Seat]:
    return {r: seats[place] for r, seats in event.seats.items() if place in seats}
