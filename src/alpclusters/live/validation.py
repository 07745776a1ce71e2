"""Whether a command is taken now: phase, sheet, seat, card; answered from memory alone."""

from collections.abc import Callable
from typing import Any, Final

from alpclusters.live.commands import Body, Command, RefusedError
from alpclusters.live.memory import Event, Person
from alpclusters.live.words import AT_TABLES, BEFORE_TALK, GRACE_MS, PAPER, keys_of

type Found = dict[str, Any]
"""What the writer found out itself; it stands in the journal beside the body."""

_NOTHING: Final[Found] = {}


def judge(event: Event, person: Person, command: Command, *, now: int, source: str) -> Found:
    """Say what is to be stored beside the body of a command.

    Parameters
    ----------
    event, person : Event, Person
        Where and who, as memory knows them.
    command : Command
        What was sent, in its normal form.
    now : int
        The time of the process in milliseconds.
    source : str
        ``phone``, ``proxy`` or ``paper``; paper is entered when the event is over.

    Raises
    ------
    RefusedError
        Why it is not taken.
    """
    _require(not person.has_left, "gone")
    if source == PAPER:
        _require(not event.is_sealed or command.kind in _ON_PAPER, "gone")
    else:
        _require(event.is_open or event.phase == "draft", "gone")
        _require(event.is_open, "closed")
    return _JUDGES[command.kind](event, person, command.body, now, source)


def _rate(event: Event, _person: Person, body: Body, now: int, source: str) -> Found:
    found = _in_rating(event, body["r"], now, source)
    _require(body["m"] in event.measures and body["c"] in event.criteria, "not_on_sheet")
    value = body.get("v")
    _require(value is None or event.criteria[body["c"]].accepts(value), "off_scale")
    return found


def _top3(event: Event, _person: Person, body: Body, now: int, source: str) -> Found:
    _in_rating(event, body["r"], now, source)
    _require(bool(event.row["has_top_three"]), "not_on_sheet")
    _require(set(body["measures"]) <= set(event.measures), "not_on_sheet")
    return _NOTHING


def _comment(event: Event, _person: Person, body: Body, now: int, source: str) -> Found:
    _in_rating(event, None, now, source)
    _require(body["m"] in event.measures, "not_on_sheet")
    return _NOTHING


def _in_rating(event: Event, round_: int | None, now: int, source: str) -> Found:
    """Require that answers of a round are taken; say whether one is informed or late."""
    stopped = event.moment("input_stopped_at")
    is_late = stopped is not None and now > stopped
    if source != PAPER:
        _require(event.rating_round is not None, "closed")
        _require(round_ in {None, event.rating_round}, "closed")
        if is_late and stopped is not None:
            in_time = now <= stopped + GRACE_MS and not event.was_released(now, stopped)
            _require(in_time, "closed")
    marks = {"late": is_late, "informed": event.was_released(now)}
    return {name: True for name, holds in marks.items() if holds}


def _card(event: Event, person: Person, body: Body, _now: int, _source: str) -> Found:
    _in_talk(event)
    card = event.cards.get(body["id"])
    if card is not None:
        _require(card.participant == person.id, "not_your_card")
        _require(card.state != "grouped", "grouped")
        _require(card.state != "hidden", "hidden")
        return _NOTHING
    last = event.round_index or int(event.row["n_rounds"])
    round_index = body["round"] if 1 <= body["round"] <= last else last
    found: Found = {"round": round_index}
    table = event.table_of(person, round_index)
    if table is not None:
        found["table"] = event.tables[table].number if table in event.tables else None
    return found


def _card_gone(event: Event, person: Person, body: Body, _now: int, _source: str) -> Found:
    _in_talk(event)
    card = event.cards.get(body["id"])
    if card is None:
        raise RefusedError("unknown_card")
    _require(card.participant == person.id, "not_your_card")
    _require(card.state != "grouped", "grouped")
    _require(card.state != "hidden", "hidden")
    return _NOTHING


def _support(event: Event, person: Person, body: Body, _now: int, _source: str) -> Found:
    _in_talk(event)
    card = event.cards.get(body["id"])
    if card is None or card.state == "hidden":
        raise RefusedError("unknown_card")
    _require(card.participant != person.id, "own_card")
    return _NOTHING


def _profile(event: Event, _person: Person, body: Body, _now: int, _source: str) -> Found:
    _require(not body.get("region") or body["region"] in event.regions, "unknown_region")
    for name, table in (("role", "roles"), ("level", "levels"), ("experience", "experience")):
        _require(not body.get(name) or body[name] in keys_of(table), "unknown_choice")
    return _NOTHING


def _here(event: Event, person: Person, body: Body, _now: int, _source: str) -> Found:
    _require(event.phase in AT_TABLES and body["round"] <= event.round_index, "closed")
    _require(event.table_of(person, body["round"]) is not None, "no_seat")
    return _NOTHING


def _place(event: Event, person: Person, body: Body, _now: int, _source: str) -> Found:
    place = next((p for p in event.places.values() if p.number == body["number"]), None)
    if place is None:
        raise RefusedError("unknown_number")
    holder = event.people.get(place.participant or 0)
    is_free = holder is None or holder is person or holder.has_left
    _require(is_free, "number_taken")
    return {"round": event.round_index if event.phase in AT_TABLES else 0}


def _feedback(event: Event, _person: Person, _body: Body, _now: int, source: str) -> Found:
    _require(source == PAPER or event.phase == "feedback", "closed")
    return _NOTHING


def _leave(_event: Event, _person: Person, _body: Body, _now: int, _source: str) -> Found:
    return _NOTHING


def _order(event: Event, _person: Person, body: Body, now: int, source: str) -> Found:
    _in_rating(event, 1, now, source)
    _require(set(body["measures"]) == set(event.measures), "not_on_sheet")
    return _NOTHING


_JUDGES: Final[dict[str, Callable[[Event, Person, Body, int, str], Found]]] = {
    "rate": _rate,
    "comment": _comment,
    "top3": _top3,
    "card": _card,
    "card_gone": _card_gone,
    "support": _support,
    "profile": _profile,
    "here": _here,
    "place": _place,
    "feedback": _feedback,
    "leave": _leave,
    "order": _order,
}
_ON_PAPER: Final = frozenset({"rate", "top3", "comment", "profile", "feedback"})


def _in_talk(event: Event) -> None:
    in_talk = bool(event.row["in_hall"]) and event.phase not in BEFORE_TALK
    _require(in_talk, "closed")


def _require(holds: bool, code: str) -> None:  # noqa: FBT001 - read as a sentence
    if not holds:
        raise RefusedError(code)
