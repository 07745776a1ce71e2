"""Everything of one person, for the person's own phone."""

from typing import Any, Final

from alpclusters.analysis.small_groups import told_count
from alpclusters.live import tables
from alpclusters.live.memory import Event, Person
from alpclusters.live.stores import Store, json_value
from alpclusters.platform.cafe.domain.orders import kept_order

type Me = dict[str, Any]


def rows_of(store: Store, person: Person) -> Me:
    """Read a person's rows; who has only just joined has none."""
    if person.is_fresh:
        return dict(_NOTHING, profile=_profile(_silent(person)))
    pk = person.id
    feedback = tables.feedback_of(store, pk)
    profile = tables.profile_of(store, pk)
    return {
        "profile": _profile(profile[0] if profile else _silent(person)),
        "answers": _answers(tables.answers_of(store, pk)),
        "comments": {str(measure): text for measure, text in tables.comments_of(store, pk)},
        "top3": {str(r): json_value(keys) for r, keys in tables.top_threes_of(store, pk)},
        "cards": [_card(row) for row in tables.cards_of(store, pk)],
        "supported": [row[0] for row in tables.supported_by(store, pk)],
        "feedback": _feedback(feedback[0]) if feedback else None,
    }


def me_of(event: Event, person: Person, rows: Me, *, seq: int, state: Me) -> Me:
    """Put together what the database and memory know of a person."""
    place = event.places.get(person.guest or 0)
    return {
        "seq": seq,
        # The drawer in which a phone keeps what this person has not sent yet.
        "person": person.pid[:12],
        "event": state,
        "number": place.number if place else None,
        # There are name cards with numbers: a phone may say which one its person has.
        "numbers": bool(event.places),
        "language": person.language,
        **rows,
        "top3": _top_three(event, rows["top3"]),
        "cards": [_shown_card(event, card) for card in rows["cards"]],
        "order": kept_order(person.order, event.measures, person.id),
        "seat": _seat(event, person),
        "seats": _seats(event, person),
    }


_NOTHING: Final[Me] = {
    "answers": {"1": {}, "2": {}},
    "comments": {},
    "top3": {},
    "cards": [],
    "supported": [],
    "feedback": None,
}


def _profile(row: tuple[Any, ...]) -> Me:
    region, role, level, experience, language, no_research = row
    return {
        "region": region or "",
        "role": role,
        "level": level,
        "experience": experience,
        "language": language,
        "no_research": bool(no_research),
    }


def _silent(person: Person) -> tuple[Any, ...]:
    return ("", "", "", "", person.language, False)


def _answers(rows: list[tuple[Any, ...]]) -> dict[str, dict[str, int | None]]:
    found: dict[str, dict[str, int | None]] = {"1": {}, "2": {}}
    for round_, measure, criterion, value, cannot_judge in rows:
        mine = found.setdefault(str(round_), {})
        mine.pop(f"{measure}:{criterion}", None)
        if value is not None or cannot_judge:
            mine[f"{measure}:{criterion}"] = value
    return found


def _card(row: tuple[Any, ...]) -> Me:
    names = ("id", "text", "language", "author", "photo", "state", "round", "supports")
    return dict(zip(names, row, strict=True))


def _shown_card(event: Event, card: Me) -> Me:
    """Hide how many stand behind a card until the harvest of its round, and below five."""
    is_talk = event.phase in {"seating", "talk"} and card["round"] >= event.round_index
    return {**card, "supports": None if is_talk else told_count(card["supports"]) or None}


def _feedback(row: tuple[Any, ...]) -> Me:
    return {**json_value(row[0]), "text": row[1], "language": row[2]}


def _top_three(event: Event, chosen: dict[str, list[str]]) -> dict[str, list[int]]:
    rows = {key: pk for pk, key in event.measures.items()}
    return {r: [rows[key] for key in keys if key in rows] for r, keys in chosen.items()}


def _seat(event: Event, person: Person) -> Me | None:
    table = event.table_of(person, event.round_index)
    if table is None or table not in event.tables:
        return None
    found = event.tables[table]
    state = event.seats[event.round_index][person.guest or 0][1]
    return {
        "round": event.round_index,
        "table": found.number,
        "number": found.number,
        "host": found.host,
        "topic": found.topic,
        "languages": found.languages,
        "way": found.way,
        "here": state in {"here", "moved"},
    }


def _seats(event: Event, person: Person) -> list[list[int]]:
    found = []
    for round_index in sorted(event.seats):
        table = event.table_of(person, round_index)
        if table in event.tables:
            found.append([round_index, event.tables[table].number])
    return found
