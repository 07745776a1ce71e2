"""What the screens of an AlpCafé are told, from memory: numbers and names of phases, no results."""

import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from alpclusters.analysis.small_groups import in_steps
from alpclusters.live.memory import Event

PRESENT_S: Final = 45.0
_MINUTE_S: Final = 60.0

type State = dict[str, Any]


def state_of(event: Event, view: str, *, now: int, codes_slow: bool, trouble: str = "") -> State:
    """Return the state of one view.

    Parameters
    ----------
    event : Event
        The AlpCafé.
    view : str
        ``participant``, ``host``, ``facilitator`` or ``beamer``.
    now : int
        The time of the process in milliseconds.
    codes_slow : bool
        Whether typed codes wait.
    trouble : str
        Why nothing can be taken: ``journal``, ``disk``, or empty.
    """
    codes = "slow" if codes_slow else "ok"
    return _common(event, now) | {"trouble": trouble} | _VIEWS[view](event, codes)


def _common(event: Event, now: int) -> State:
    row = event.row
    stopped = row["input_stopped_at"] is not None
    return {
        "rev": row["revision"],
        "content": row["content_revision"],
        "phase": event.phase,
        "round": event.round_index,
        "ends": event.moment("ends_at"),
        "paused": row["paused_left_ms"],
        "now": now,
        "stopped": stopped,
        "takes": None if stopped else event.rating_round,
        "screen": row["screen"],
        "announcement": row["announcement"],
        "released": event.released(now),
        "sealed": event.is_sealed,
    }


def _participant(_event: Event, _codes: str) -> State:
    return {}


def _host(event: Event, _codes: str) -> State:
    return {
        "people": len(event.people),
        "seats": _seats(event),
        "cards": _cards_by_table(event),
        "help": sorted(event.help),
    }


def _facilitator(event: Event, codes: str) -> State:
    round_ = event.rating_round or 1
    standing = event.standing
    return {
        "people": len(event.people),
        "present": _present(event),
        "unsent": sum(1 for person in event.people.values() if person.unsent),
        "ratings": standing.n_answers(round_),
        "answered": standing.n_people(round_),
        "top3": standing.n_top_three(round_),
        "cards": _n_cards(event),
        "help": sorted(event.help),
        "joins_per_minute": _joins_per_minute(event),
        "codes": codes,
        "tables": _arrived(event),
    }


def _beamer(event: Event, codes: str) -> State:
    return {
        "people": in_steps(len(event.people)),
        "cards": _n_cards(event),
        "codes": codes,
    }


_VIEWS: Final[Mapping[str, Callable[[Event, str], State]]] = {
    "participant": _participant,
    "host": _host,
    "facilitator": _facilitator,
    "beamer": _beamer,
}


def _seats(event: Event) -> dict[str, list[list[Any]]]:
    """Return who sits at each table in this round: place, number, languages, state."""
    found: dict[str, list[list[Any]]] = {str(t.number): [] for t in event.tables.values()}
    for guest, (table, state) in event.seats.get(event.round_index, {}).items():
        place = event.places.get(guest)
        if place is not None and table in event.tables:
            number = str(event.tables[table].number)
            found[number].append([guest, place.number, place.languages, state])
    return found


def _arrived(event: Event) -> dict[str, list[int]]:
    return {
        number: [len(rows), sum(1 for row in rows if row[3] in {"here", "moved"})]
        for number, rows in _seats(event).items()
    }


def _cards_by_table(event: Event) -> dict[str, int]:
    found = {table.id: 0 for table in event.tables.values()}
    for card in event.cards.values():
        if card.table in found and card.state != "hidden":
            found[card.table] += 1
    return {str(event.tables[table].number): n for table, n in found.items()}


def _n_cards(event: Event) -> int:
    return sum(1 for card in event.cards.values() if card.state != "hidden")


def _present(event: Event) -> int:
    since = time.monotonic() - PRESENT_S
    return sum(1 for person in event.people.values() if person.seen > since)


def _joins_per_minute(event: Event) -> int:
    since = time.monotonic() - _MINUTE_S
    event.joined_at[:] = [at for at in event.joined_at if at > since]
    return len(event.joined_at)
