"""Seat plans as they are stored: all of analysis.rotation's plan, and whose rows they are.

Rows are guests by number, columns are rounds, entries count the tables of the plan from 0; an
entry of -1 is no seat. ``tables`` says which table of the hall each of them is.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from alpclusters.analysis.conventions import Conventions
from alpclusters.analysis.rotation import Advice, Certificate, Languages, Reason, SeatPlan, certify
from alpclusters.analysis.rotation.certificate import SpreadBound
from alpclusters.analysis.rotation.results import frozen, rounds_of
from alpclusters.platform.cafe.models import Guest, Participant, Table

type PlanData = dict[str, Any]
type Word = list[int | None]

FORMAT: Final = 1


def write_plan(plan: SeatPlan, *, tables: Sequence[int]) -> PlanData:
    """Return a plan whose guests are numbers as plain values for a row of the database."""
    return {
        "format": FORMAT,
        "plan": plan.as_record(),
        "numbers": [int(str(guest)) for guest in plan.guests],
        "tables": list(tables),
        "seats": plan.seats.tolist(),
        "spare": plan.spare.tolist(),
        "freed": [list(word) for word in plan.freed],
        "planned": plan.planned.as_record(),
        "languages": _languages_record(plan.languages),
        # Places for those who come late, each with a card: number -> entries of the rounds.
        "reserved": {},
    }


def read_plan(data: PlanData) -> SeatPlan:
    """Return the plan of a stored row, so that people can be added and taken out."""
    record = data["plan"]
    seats = _array(data["seats"], len(data["planned"]["sizes"]))
    n_tables = len(data["tables"])
    return SeatPlan(
        seats=frozen(seats),
        tables=n_tables,
        guests=tuple(data["numbers"]),
        certificate=certify(rounds_of(seats, n_tables)),
        planned=_certificate(data["planned"]),
        lower_bound=record["lower_bound"],
        spread_bound=_spread_bound(record),
        prefer=record.get("prefer", "few"),
        bound_kind=record["bound_kind"],
        revisit_bound=record["revisit_bound"],
        languages=_languages(data["languages"]),
        wrong_language_seats=record["wrong_language_seats"],
        wrong_language_bound=record["wrong_language_bound"],
        interpreters={code: tuple(n) for code, n in record["interpreters"].items()},
        unserved=record["unserved"],
        method=record["method"],
        reasons=tuple(Reason(*_coded(item)) for item in record["reasons"]),
        advice=tuple(Advice(*_coded(item)) for item in record["advice"]),
        spare=frozen(_array(data["spare"], seats.shape[1])),
        freed=tuple(tuple(word) for word in data["freed"]),
        seed=record["seed"],
        iterations=record["iterations"],
        conventions=_conventions(record),
    )


def words_of(data: PlanData) -> dict[int, Word]:
    """Return the table number of each round by the number of the guest, reserved places too."""
    rows = dict(zip(data["numbers"], data["seats"], strict=True))
    rows |= {int(number): word for number, word in data["reserved"].items()}
    return {number: numbered(data, word) for number, word in rows.items()}


def numbered(data: PlanData, word: Sequence[int]) -> Word:
    """Return the numbers of the tables of one row; None where there is no seat."""
    return [data["tables"][place] if place >= 0 else None for place in word]


def _array(rows: Sequence[Sequence[int]], rounds: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.array(rows, dtype=np.int64).reshape(len(rows), rounds)


def _languages_record(languages: Languages | None) -> dict[str, Any] | None:
    if languages is None:
        return None
    return {
        "guests": [sorted(spoken) for spoken in languages.guests],
        "tables": list(languages.tables),
        "event": None if languages.event is None else sorted(languages.event),
    }


def _languages(record: Mapping[str, Any] | None) -> Languages | None:
    if record is None:
        return None
    return Languages.of(record["guests"], record["tables"], event=record["event"])


def _certificate(record: Mapping[str, Any]) -> Certificate:
    return Certificate(
        guests=record["guests"],
        repeats=record["repeats"],
        revisits=record["revisits"],
        max_meetings=record["max_meetings"],
        pairs_met=record["pairs_met"],
        sizes=tuple(tuple(sizes) for sizes in record["sizes"]),
    )


def _spread_bound(record: Mapping[str, Any]) -> SpreadBound:
    """Return the bound; plans made before there was one had the fewest repeats as their aim."""
    repeats = record.get("spread_bound", record["lower_bound"])
    return SpreadBound(repeats, record.get("often_bound", 0))


def _coded(item: Mapping[str, Any]) -> tuple[str, tuple[tuple[str, int], ...]]:
    values = tuple((name, value) for name, value in item.items() if name != "code")
    return item["code"], values


def _conventions(record: Mapping[str, Any]) -> Conventions:
    stored = record["conventions"]
    thresholds = tuple(stored.get("thresholds", {}).items())
    return Conventions(
        method=stored["method"],
        seed=stored.get("seed"),
        draws=stored.get("draws"),
        thresholds=thresholds,
    )


# --- Which phone takes which place of the plan: own languages first, places without a name first


# A named place has a name card, and most likely its person needs no phone to find the table.
NAMED: Final = 1_000.0
# One round at a table in a language that is not the phone's.
FOREIGN_ROUND: Final = 10.0
FOREIGN_GUEST: Final = 100.0


def match_places(
    people: Sequence[Participant],
    places: Sequence[Guest],
    words: Mapping[int, Word],
    spoken_at: Mapping[int, Sequence[str]],
) -> list[tuple[Participant, Guest]]:
    """Give each person at most one place, the sum of what is amiss as small as possible.

    Parameters
    ----------
    people, places : sequences
        Where there are more people than places, the last people get none.
    words : mapping of int to sequence of int
        Tables of a place by the guest's number.
    spoken_at : mapping of int to sequence of str
        Languages of a table by its number.
    """
    from scipy.optimize import linear_sum_assignment

    seated = people[: len(places)]
    if not seated:
        return []
    costs = _costs(seated, places, words, spoken_at)
    rows, columns = linear_sum_assignment(costs)
    chosen = zip(rows.tolist(), columns.tolist(), strict=True)
    return [(seated[row], places[column]) for row, column in chosen]


def _costs(
    people: Sequence[Participant],
    places: Sequence[Guest],
    words: Mapping[int, Word],
    spoken_at: Mapping[int, Sequence[str]],
) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    # People of one language cost the same, so that a full hall takes five rows of work.
    rows = {
        language: [
            _cost(language, place, words.get(place.number, []), spoken_at) + order / len(places)
            for order, place in enumerate(places)
        ]
        for language in {person.language for person in people}
    }
    return np.array([rows[person.language] for person in people])


def _cost(language: str, place: Guest, word: Word, spoken_at: Mapping[int, Sequence[str]]) -> float:
    cost = NAMED if place.name else 0.0
    if place.languages and language not in place.languages:
        cost += FOREIGN_GUEST
    foreign = [t for t in word if t is not None and language not in spoken_at.get(t, [language])]
    return cost + FOREIGN_ROUND * len(foreign)


# --- Which tables need an interpreter, from who sits there ----------------------------------------


def tables_in_need(
    pairs: Iterable[tuple[Guest, Table]], event: Sequence[str]
) -> dict[str, list[int]]:
    """Return for each language the numbers of the tables that need an interpreter of it.

    A table works in its first language. For those who do not speak it the language that most
    of them speak is taken first, ties by code, until all are served. Nothing is known of
    guests or tables without a language, and who speaks none of the event cannot be served.
    """
    needs: dict[int, list[set[str]]] = {}
    for guest, table in pairs:
        spoken = set(guest.languages) & set(event)
        if spoken and table.languages and table.languages[0] not in spoken:
            needs.setdefault(table.number, []).append(spoken)
    found: dict[str, list[int]] = {}
    for number in sorted(needs):
        for language in _cover(needs[number]):
            found.setdefault(language, []).append(number)
    return dict(sorted(found.items()))


def _cover(needs: Sequence[set[str]]) -> list[str]:
    chosen = []
    left = list(needs)
    while left:
        counts = Counter(language for need in left for language in need)
        best = min(counts, key=lambda code: (-counts[code], code))
        chosen.append(best)
        left = [need for need in left if best not in need]
    return chosen
