"""Costs of a case: what is entered over several quarters becomes a line for each of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.analysis.funding.case import Conversion
from alpclusters.platform.funding.domain.casework.documents import (
    Document,
    Item,
    filled,
    item_of,
    next_id,
    put,
    quarter_start,
    without,
)

# --- Sums of a case's costs, and its lines as people wrote them: one entry over several quarters


# What the parts of one entry share.
SHARED: Final = (
    "partner",
    "wp",
    "category",
    "economic",
    "article",
    "place",
    "outside",
    "bonuses",
)


@dataclass(frozen=True, slots=True)
class Totals:
    """Cents by partner, category, work package and quarter; those without costs are left out."""

    total_ct: int
    by_partner: Mapping[str, int]
    by_category: Mapping[str, int]
    by_package: Mapping[str, int]
    by_period: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A cost as it was entered: its parts lie in quarters that follow each other."""

    key: str
    lines: tuple[Item, ...]

    @property
    def first(self) -> Item:
        """The part that stands for what all share."""
        return self.lines[0]

    @property
    def cost_ct(self) -> int:
        """All parts together."""
        return sum(line["cost_ct"] for line in self.lines)

    @property
    def start(self) -> int:
        """The first quarter."""
        return int(self.lines[0]["period"])

    @property
    def end(self) -> int:
        """The last quarter."""
        return int(self.lines[-1]["period"])

    @property
    def is_even(self) -> bool:
        """Say whether the parts are what splitting the sum gives."""
        return [line["cost_ct"] for line in self.lines] == split(self.cost_ct, len(self.lines))


def split(amount_ct: int, n: int) -> list[int]:
    """Split an amount evenly; the remainder of cents goes into the last part.

    Examples
    --------
    >>> split(100_00, 3)
    [3333, 3333, 3334]
    """
    part = amount_ct // n
    return [part] * (n - 1) + [amount_ct - part * (n - 1)]


def totals_of(document: Mapping[str, Any]) -> Totals:
    """Add up the costs of a case."""
    lines = document.get("lines", [])
    return Totals(
        total_ct=sum(line["cost_ct"] for line in lines),
        by_partner=_summed(lines, "partner"),
        by_category=_summed(lines, "category"),
        by_package=_summed(lines, "wp"),
        by_period=_summed(lines, "period"),
    )


def entries_of(document: Mapping[str, Any]) -> list[Entry]:
    """Return the lines of a case as entries, in the order of the document."""
    groups = groupby(document.get("lines", []), key=_entry_key)
    return [entry for _key, lines in groups for entry in _entries(list(lines))]


def entry_of(document: Mapping[str, Any], key: str) -> Entry | None:
    """Return the entry with a key, or None."""
    return next((entry for entry in entries_of(document) if entry.key == key), None)


def _entry_key(line: Mapping[str, Any]) -> tuple[Any, ...]:
    shared = tuple(repr(line.get(name)) for name in SHARED)
    return (stem_of(line["id"]), *shared)


def stem_of(key: str) -> str:
    """Return what the parts of one entry are called: ``L3-2`` is a part of ``L3``."""
    stem, dash, number = key.rpartition("-")
    return stem if dash and number.isdecimal() else key


def _entries(lines: Sequence[Item]) -> Iterable[Entry]:
    """Take lines with one stem as one entry if their quarters follow each other, else singly."""
    is_chain = all(line["period"] == lines[0]["period"] + place for place, line in enumerate(lines))
    if len(lines) > 1 and is_chain:
        return [Entry(stem_of(lines[0]["id"]), tuple(lines))]
    return [Entry(line["id"], (line,)) for line in lines]


def _summed(lines: Iterable[Mapping[str, Any]], name: str) -> dict[Any, int]:
    sums: dict[Any, int] = defaultdict(int)
    for line in lines:
        sums[line[name]] += line["cost_ct"]
    return dict(sums)


# --- Costs of a case: what is entered over several quarters becomes a line for each of them -------


MOST_LINES: Final = 5_000


def add_cost(document: Document, values: Mapping[str, Any]) -> str:
    """Add a cost, split over its quarters; return the key of the entry.

    Parameters
    ----------
    document : dict
        Changed in place.
    values : mapping
        ``cost_ct``, ``start`` and ``end`` (quarters), what all parts share (`SHARED`), and
        ``converted`` (a Conversion of the whole amount) where it was in another currency.
    """
    key = next_id(document, "lines")
    document["lines"] += _lines(document, key, values)
    _check_number(document)
    return key


def change_cost(document: Document, key: str, values: Mapping[str, Any]) -> None:
    """Write an entry anew, at its place; its parts are split again.

    Raises
    ------
    InputError
        ``funding_case.gone``.
    """
    place, old = _taken_out(document, key)
    new = _lines(document, key, values)
    document["lines"][place:place] = new
    _check_number(document)
    _forget_wishes(document, old - {line["id"] for line in new})


def remove_cost(document: Document, key: str) -> None:
    """Remove an entry with all its parts."""
    _place, old = _taken_out(document, key)
    _forget_wishes(document, old)


def converted(document: Mapping[str, Any], key: str) -> tuple[str, int, str, str] | None:
    """Return currency, amount, rate and day of an entry that was in another currency."""
    entry = entry_of(document, key)
    parts = [line.get("converted") for line in entry.lines] if entry else []
    if not parts or any(part is None for part in parts):
        return None
    known = [part for part in parts if part is not None]
    amount = sum(part["amount_ct"] for part in known)
    return known[0]["currency"], amount, known[0]["rate"], known[0]["rate_on"]


def _lines(document: Mapping[str, Any], key: str, values: Mapping[str, Any]) -> list[Item]:
    item_of(document, "partners", values["partner"])
    item_of(document, "work_packages", values["wp"])
    n = values["end"] - values["start"] + 1
    foreign: Conversion | None = values.get("converted")
    shares = split(foreign.amount_ct, n) if foreign else [0] * n
    return [
        filled(
            id=key if n == 1 else f"{key}-{place + 1}",
            **{name: values.get(name) for name in SHARED},
            period=values["start"] + place,
            cost_ct=cost,
            converted=_part(foreign, share) if foreign else None,
        )
        for place, (cost, share) in enumerate(zip(split(values["cost_ct"], n), shares, strict=True))
    ]


def _part(whole: Conversion, amount_ct: int) -> Item:
    return {
        "currency": whole.currency,
        "amount_ct": amount_ct,
        "rate": whole.rate,
        "rate_on": whole.rate_on.isoformat(),
    }


def _taken_out(document: Document, key: str) -> tuple[int, set[str]]:
    entry = entry_of(document, key)
    if entry is None:
        raise InputError("funding_case.gone", where=Where(path="/lines"), found=key)
    ids = {line["id"] for line in entry.lines}
    place = next(k for k, line in enumerate(document["lines"]) if line["id"] in ids)
    document["lines"] = [line for line in document["lines"] if line["id"] not in ids]
    return place, ids


def _forget_wishes(document: Document, lines: set[str]) -> None:
    document["wishes"] = [w for w in document["wishes"] if w.get("line") not in lines]


def _check_number(document: Mapping[str, Any]) -> None:
    n = len(document["lines"])
    if n > MOST_LINES:
        where = Where(path="/lines")
        raise InputError(
            "funding_case.too_many_lines", where=where, found=str(n), expected=str(MOST_LINES)
        )


# --- Work packages of a case, and the quarters in which all of it happens -------------------------


def add_package(document: Document, values: Mapping[str, Any]) -> str:
    """Add a work package; return its identifier."""
    key = next_id(document, "work_packages")
    document["work_packages"].append(_package(key, values))
    return key


def change_package(document: Document, key: str, values: Mapping[str, Any]) -> None:
    """Write new values over a work package's."""
    item_of(document, "work_packages", key)
    put(document, "work_packages", _package(key, values))


def remove_package(document: Document, key: str) -> None:
    """Remove a work package with its costs."""
    item_of(document, "work_packages", key)
    lines = {line["id"] for line in document["lines"] if line["wp"] == key}
    document["work_packages"] = without(document["work_packages"], id=key)
    document["lines"] = without(document["lines"], wp=key)
    document["wishes"] = [w for w in document["wishes"] if w.get("line") not in lines]


def set_frame(document: Document, *, title: str, start: dt.date, count: int) -> None:
    """Say what the case is called and in which quarters it happens.

    Costs and work packages keep their numbers of quarters: with a later start all of it moves.

    Raises
    ------
    StateError
        ``funding_case.periods_used``: something lies behind the new end.
    """
    last = max(_used_periods(document), default=0)
    if last >= count:
        expected = str(last + 1)
        raise StateError("funding_case.periods_used", found=str(count), expected=expected)
    document["title"] = title
    document["periods"] = {
        "start": quarter_start(start).isoformat(),
        "length": "quarter",
        "count": count,
    }


def _package(key: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return filled(
        id=key,
        title=values["title"],
        themes=list(values.get("themes") or ()),
        start=values.get("start"),
        end=values.get("end"),
    )


def _used_periods(document: Mapping[str, Any]) -> list[int]:
    lines = [line["period"] for line in document["lines"]]
    packages = [
        one[name]
        for one in document["work_packages"]
        for name in ("start", "end")
        if one.get(name) is not None
    ]
    # Windows of offers may reach beyond the project, so they are not asked.
    return [*lines, *packages]
