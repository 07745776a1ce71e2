"""What a command does to memory: noted in advance where later commands depend on it, else after.

In advance (`reserve`), because commands of one phone come in one request: the key, a new card, a
dropped card, a person who leaves. Each can be taken back. Afterwards (`settle`), when it is
durable: counts, seats, people.
"""

import time
from collections.abc import Callable, Mapping
from typing import Final

from alpclusters.live.claims import Claim
from alpclusters.live.line import Ticket
from alpclusters.live.memory import CardState, Event, Known, Person
from alpclusters.live.placing import carry_seats, give_back, place_at, take_place
from alpclusters.live.records import Record

type Undo = Callable[[], None]


def reserve(event: Event, ticket: Ticket) -> None:
    """Note in advance what the next command may depend on."""
    ticket.undo += reserve_in_memory(event, ticket.item.record, ticket.item.person)
    event.keys[ticket.item.record.key].ticket = ticket


def reserve_in_memory(event: Event, record: Record, person: int | None) -> list[Undo]:
    """Note a command in advance and return what takes it back."""
    event.keys[record.key] = Known(record.digest, record.seq)
    note = _RESERVES.get(record.kind)
    undo: list[Undo] = [lambda: _drop_key(event, record.key)]
    return undo if note is None else [*undo, note(event, record, person or 0)]


def settle(event: Event, record: Record, *, person: int | None, row: int | None) -> set[str]:
    """Take over a durable command and return what to tell: ``state``, ``cards``, ``me:<id>``."""
    known = event.keys.get(record.key)
    if known is not None:
        known.ticket = None
    if record.kind == "join" and row is not None:
        return _joined(event, record, row)
    actor = event.people.get(person or 0)
    if actor is None:
        return set()
    actor.is_fresh = False
    told = _SETTLES[record.kind](event, record, actor)
    if actor.devices > 1 or record.found.get("source"):
        told = told | {f"me:{actor.id}"}
    return told


# ---- in advance ----------------------------------------------------------------------------


def _join_before(event: Event, record: Record, _person: int) -> Undo:
    order = record.body["order"]
    event.deal.note(order)
    return lambda: event.deal.forget(order)


def _card_before(event: Event, record: Record, person: int) -> Undo:
    key = record.body["id"]
    if key in event.cards:
        return lambda: None
    table = next((t.id for t in event.tables.values() if t.number == record.found.get("table")), 0)
    event.cards[key] = CardState(person, table or None, "shown", record.seq)
    return lambda: _pop(event.cards, key)


def _card_gone_before(event: Event, record: Record, _person: int) -> Undo:
    key = record.body["id"]
    card = event.cards.pop(key)
    event.dropped[key] = record.seq

    def undo() -> None:
        event.cards[key] = card
        event.dropped.pop(key, None)

    return undo


def _place_before(event: Event, record: Record, person: int) -> Undo:
    number = record.body["number"]
    place = next(p.id for p in event.places.values() if p.number == number)
    before = take_place(event, person, place)
    current = record.found.get("round", 0)
    event.claims[record.key] = Claim(record.seq, person, place, before, current)

    def undo() -> None:
        event.claims.pop(record.key, None)
        give_back(event, person, place, before)

    return undo


def _leave_before(event: Event, _record: Record, person: int) -> Undo:
    event.people[person].has_left = True

    def undo() -> None:
        event.people[person].has_left = False

    return undo


def _drop_key(event: Event, key: str) -> None:
    event.keys.pop(key, None)


def _pop(cards: dict[str, CardState], key: str) -> None:
    cards.pop(key, None)


_RESERVES: Final[Mapping[str, Callable[[Event, Record, int], Undo]]] = {
    "join": _join_before,
    "card": _card_before,
    "card_gone": _card_gone_before,
    "place": _place_before,
    "leave": _leave_before,
}


# ---- afterwards ----------------------------------------------------------------------------


def _joined(event: Event, record: Record, row: int) -> set[str]:
    body = record.body
    person = Person(row, record.pid, body["language"], body["recovery"], is_fresh=True)
    person.order = body["order"]
    event.people[row] = person
    event.tokens[record.pid] = row
    event.joined_at.append(time.monotonic())
    return {"state"}


def _counted(event: Event, record: Record, actor: Person) -> set[str]:
    event.standing.count(record.kind, actor.id, record.body)
    return {"state"}


def _quiet(_event: Event, _record: Record, _actor: Person) -> set[str]:
    return set()


def _cards(_event: Event, _record: Record, _actor: Person) -> set[str]:
    return {"state", "cards"}


def _support(_event: Event, _record: Record, _actor: Person) -> set[str]:
    return {"cards"}


def _device(event: Event, record: Record, actor: Person) -> set[str]:
    event.tokens[record.body["token"]] = actor.id
    actor.devices += 1
    return set()


def _profile(_event: Event, record: Record, actor: Person) -> set[str]:
    actor.language = record.body.get("language", actor.language)
    actor.is_fresh = False
    return set()


def _here(event: Event, record: Record, actor: Person) -> set[str]:
    guest = place_at(event, actor.id, record.seq)
    if guest is None:
        return set()
    body = record.body
    (event.help.discard if body["here"] else event.help.add)(guest)
    state = "here" if body["here"] else "expected"
    seat = event.seats.get(body["round"], {}).get(guest)
    if seat is not None and seat[1] != "moved":
        event.set_seat(body["round"], guest, state)
        event.arrivals[body["round"], guest] = (record.seq, state)
    return {"state"}


def _place(event: Event, record: Record, actor: Person) -> set[str]:
    claim = event.claims.get(record.key)
    if claim is not None:
        carry_seats(event, claim.before, claim.place, claim.round)
    return {"state", f"me:{actor.id}"}


def _order(event: Event, record: Record, actor: Person) -> set[str]:
    event.deal.forget(actor.order)
    actor.order = record.body["measures"]
    event.deal.note(actor.order)
    return set()


def _leave(event: Event, _record: Record, actor: Person) -> set[str]:
    event.people.pop(actor.id, None)
    event.left.add(actor.id)
    event.deal.forget(actor.order)
    event.tokens = {h: pk for h, pk in event.tokens.items() if pk != actor.id}
    event.standing.forget(actor.id)
    for key in [k for k, c in event.cards.items() if c.participant == actor.id]:
        event.cards.pop(key)
    for place in event.places.values():
        if place.participant == actor.id:
            place.participant = None
    return {"state", "cards", f"me:{actor.id}"}


_SETTLES: Final[Mapping[str, Callable[[Event, Record, Person], set[str]]]] = {
    "rate": _counted,
    "top3": _counted,
    "comment": _quiet,
    "card": _cards,
    "card_gone": _cards,
    "support": _support,
    "profile": _profile,
    "here": _here,
    "place": _place,
    "feedback": _quiet,
    "leave": _leave,
    "order": _order,
    "device": _device,
}
