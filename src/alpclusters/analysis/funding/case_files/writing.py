"""A case as plain data again, always in the same form, and its fingerprint."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from typing import Any

from alpclusters.analysis.funding.case import Case, Offer, Partner
from alpclusters.analysis.funding.case_files.format import SCHEMA


def case_data(case: Case) -> dict[str, Any]:
    """Return a case as the plain data of its format.

    Parameters
    ----------
    case : Case

    Returns
    -------
    dict
        What `read_case` reads back to an equal case. Members that have their usual value are left
        out, so that a later version of the format keeps the fingerprint of an old case.

    Examples
    --------
    >>> from alpclusters.analysis.funding.case import Periods
    >>> case = Case("Pilot", Periods(dt.date(2025, 1, 1), 4), (), (), (), (), ())
    >>> case_data(case)["periods"]
    {'start': '2025-01-01', 'length': 'quarter', 'count': 4}
    """
    data = _record(case)
    data["periods"] = {
        "start": case.periods.start.isoformat(),
        "length": "quarter",
        "count": case.periods.count,
    }
    return {"schema": SCHEMA, "currency": case.currency, **data}


def case_digest(case: Case) -> str:
    """Return the SHA-256 of a case in its one form.

    Parameters
    ----------
    case : Case

    Returns
    -------
    str
        64 hexadecimal digits; equal for files that say the same, whatever their layout.

    Examples
    --------
    >>> from alpclusters.analysis.funding.case import Periods
    >>> case = Case("Pilot", Periods(dt.date(2025, 1, 1), 4), (), (), (), (), ())
    >>> len(case_digest(case))
    64
    """
    text = json.dumps(case_data(case), sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _record(record: Any) -> dict[str, Any]:
    kind = type(record)
    return {
        one.name: _value(kind, one.name, getattr(record, one.name))
        for one in fields(record)
        if getattr(record, one.name) != _usual(one)
    }


def _usual(one: Field[Any]) -> object:
    if one.default_factory is not MISSING:
        return one.default_factory()
    # A field that must be there equals nothing and is always written.
    return object() if one.default is MISSING else one.default


def _value(kind: type, name: str, value: Any) -> Any:
    if kind is Offer and name == "window":
        return {"from": value[0], "to": value[1]}
    if kind is Partner and name == "sites":
        return [{"nuts": code, "vintage": vintage} for code, vintage in value]
    return _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return _record(value) if hasattr(value, "__dataclass_fields__") else value
