"""Costs of a case: what is entered over several quarters becomes a line for each of them."""

from collections.abc import Mapping
from typing import Any, Final

from alpclusters.analysis.errors import InputError, Where
from alpclusters.analysis.funding.case.records import Conversion
from alpclusters.platform.funding.domain.casework.documents import (
    Document,
    Item,
    filled,
    item_of,
    next_id,
)
from alpclusters.platform.funding.domain.casework.totals import SHARED, entry_of, split

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
