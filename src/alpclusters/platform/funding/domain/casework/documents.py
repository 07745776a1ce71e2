"""The JSON document of a case while people work on it: lists of things with short identifiers."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final

from alpclusters.analysis.errors import InputError, Where
from alpclusters.analysis.funding.case.periods import MONTHS, Periods

SCHEMA: Final = "alpclusters-case/1"
LONGEST: Final = 40
type Document = dict[str, Any]
type Item = dict[str, Any]

LISTS: Final = (
    "undertakings",
    "partners",
    "work_packages",
    "lines",
    "offers",
    "links",
    "wishes",
    "scenarios",
)
# What the identifiers of each list begin with.
PREFIXES: Final[Mapping[str, str]] = {
    "undertakings": "U",
    "partners": "P",
    "work_packages": "WP",
    "lines": "L",
}


def empty_document(
    title: str, *, start: dt.date, count: int, is_simulated: bool = False
) -> Document:
    """Return a case with a title and quarters, and nothing in it.

    Parameters
    ----------
    title : str
    start : date
        A day in the first quarter.
    count : int
        Quarters; cut to 1 to 40.
    is_simulated : bool
    """
    return {
        "schema": SCHEMA,
        "title": title,
        "currency": "EUR",
        "periods": {
            "start": quarter_start(start).isoformat(),
            "length": "quarter",
            "count": min(max(count, 1), LONGEST),
        },
        "rulebook": "by-date",
        "is_simulated": is_simulated,
        "project": {},
        "undertakings": [],
        "partners": [],
        "work_packages": [],
        "lines": [],
        "offers": [],
        "links": [],
        "wishes": [],
        "scenarios": [],
        "solver": {"seed": 1, "theme_filter": True},
    }


def with_lists(document: Document) -> Document:
    """Give a document the lists it may lack, in place: the format leaves empty ones out."""
    for name in LISTS:
        document.setdefault(name, [])
    document.setdefault("project", {})
    document.setdefault("solver", {})
    return document


def quarter_start(day: dt.date) -> dt.date:
    """Return the first day of the calendar's quarter that holds a day."""
    return dt.date(day.year, (day.month - 1) // MONTHS * MONTHS + 1, 1)


def quarters_between(first: dt.date, last: dt.date) -> int:
    """Count the quarters from one day to another, both ends included."""
    start, end = quarter_start(first), quarter_start(last)
    return ((end.year - start.year) * 12 + end.month - start.month) // MONTHS + 1


def periods_of(document: Mapping[str, Any]) -> Periods:
    """Return the quarters of a case."""
    periods = document["periods"]
    return Periods(dt.date.fromisoformat(periods["start"]), periods["count"])


def find(document: Mapping[str, Any], kind: str, key: str) -> Item | None:
    """Return the thing of a list that has an identifier, or None."""
    return next((item for item in document.get(kind, []) if item.get("id") == key), None)


def item_of(document: Mapping[str, Any], kind: str, key: str) -> Item:
    """Return the thing of a list that has an identifier.

    Raises
    ------
    InputError
        ``funding_case.gone``: nobody has it, or somebody removed it.
    """
    found = find(document, kind, key)
    if found is None:
        raise InputError("funding_case.gone", where=Where(path=f"/{kind}"), found=key)
    return found


def next_id(document: Mapping[str, Any], kind: str) -> str:
    """Return an identifier that nothing in a list has."""
    return next_free(PREFIXES[kind], (item["id"] for item in document.get(kind, [])))


def next_free(prefix: str, taken: Iterable[str]) -> str:
    """Return ``P1``, ``P2``, ... above all numbers taken; parts (``L1-2``) count as well."""
    numbers = [0]
    for key in taken:
        digits = key.removeprefix(prefix).split("-")[0]
        if key.startswith(prefix) and digits.isdecimal():
            numbers.append(int(digits))
    return f"{prefix}{max(numbers) + 1}"


def put(document: Document, kind: str, item: Item) -> None:
    """Write a thing over the one with its identifier, or at the end of the list."""
    items = document[kind]
    place = next((k for k, old in enumerate(items) if old["id"] == item["id"]), None)
    if place is None:
        items.append(item)
    else:
        items[place] = item


def without(items: Iterable[Item], **values: str) -> list[Item]:
    """Return the things of a list that do not have all of these values."""
    return [item for item in items if any(item.get(k) != v for k, v in values.items())]


def filled(**values: Any) -> Item:
    """Return a record without what is unknown or empty; 0 and False stay."""
    return {k: v for k, v in values.items() if v is not None and v not in ("", [], (), {})}
