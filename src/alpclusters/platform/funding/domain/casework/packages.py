"""Work packages of a case, and the quarters in which all of it happens."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from alpclusters.analysis.errors import StateError
from alpclusters.platform.funding.domain.casework.documents import (
    Document,
    filled,
    item_of,
    next_id,
    put,
    quarter_start,
    without,
)


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
