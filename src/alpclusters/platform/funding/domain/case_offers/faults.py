"""Terms as the reader of cases takes them: checked before they are stored."""

import datetime as dt
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from alpclusters.analysis.funding.case_files import CaseError, read_case

_PREFIX: Final = "/offers/0"
# A small valid case around the offer; faults elsewhere in it cannot be.
_SHELL: Final[Mapping[str, Any]] = {
    "schema": "alpclusters-case/1",
    "title": "terms",
    "currency": "EUR",
    "periods": {"start": "2021-01-01", "length": "quarter", "count": 4},
    "undertakings": [],
    "partners": [],
    "work_packages": [],
    "lines": [],
}


@dataclass(frozen=True, slots=True)
class TermFault:
    """What is wrong where in the terms (JSON pointer into them)."""

    pointer: str
    code: str
    params: Mapping[str, str | int]


def check_terms(
    terms: Mapping[str, Any], *, level: str = "regional", key: str = "offer"
) -> tuple[TermFault, ...]:
    """Return everything that the reader of cases would refuse in the terms of an offer.

    Terms without rates are no fault: nobody knows the rate yet, and no case can take the offer.

    Parameters
    ----------
    terms : mapping
        Terms of an offer as the catalogue keeps them.
    level : str
        Level of its programme.
    key : str
        Its key.
    """
    kept = {name: value for name, value in terms.items() if name not in {"starts", "ends"}}
    offer = {
        "id": key,
        "programme": "programme",
        "level": level,
        "rates": [{"bp": 0}],
        **deepcopy(kept),
        "window": {"from": 0, "to": 0},
    }
    return (*_bad_days(terms), *_read({**_SHELL, "offers": [offer]}))


def _read(data: dict[str, Any]) -> tuple[TermFault, ...]:
    try:
        read_case(data)
    except CaseError as error:
        return tuple(
            TermFault(fault.pointer.removeprefix(_PREFIX), fault.code, dict(fault.params))
            for fault in error.faults
            if fault.pointer.startswith(_PREFIX) and fault.code != "unknown_ref"
        )
    return ()


def _bad_days(terms: Mapping[str, Any]) -> tuple[TermFault, ...]:
    faults = [
        TermFault(f"/{name}", "bad_date", {"found": str(terms[name])})
        for name in ("starts", "ends")
        if terms.get(name) is not None and _day(terms[name]) is None
    ]
    first, last = _day(terms.get("starts")), _day(terms.get("ends"))
    if first and last and last < first:
        faults.append(TermFault("/ends", "window_reversed", {}))
    return tuple(faults)


def _day(written: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        return None
