"""Seat plans as they are stored: all of analysis.rotation's plan, and whose rows they are.

Rows are guests by number, columns are rounds, entries count the tables of the plan from 0; an
entry of -1 is no seat. ``tables`` says which table of the hall each of them is.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from alpclusters.analysis.conventions import Conventions
from alpclusters.analysis.rotation import Advice, Certificate, Languages, Reason, SeatPlan, certify
from alpclusters.analysis.rotation.certificate import SpreadBound
from alpclusters.analysis.rotation.results import frozen, rounds_of

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
