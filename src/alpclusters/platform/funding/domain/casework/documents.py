"""The JSON document of a case while people work on it: lists of things with short identifiers."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.analysis.funding.case import MONTHS, Case, Periods
from alpclusters.analysis.funding.case_files import CaseError, CaseFault, case_warnings, read_case
from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.domain.territory import territory
from alpclusters.platform.funding.models import FundingCase
from alpclusters.platform.history import history_of, sign

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


# --- Change a case as a whole: one transaction, one version, one line in its history --------------


CHANGED: Final = "funding_case.changed_meanwhile"
_LONGEST_REASON: Final = 100
# Parts of ``taken`` by partner: the body of the directory, and what was entered for applications.
_OF_PARTNERS: Final = ("partners", "application")
type Part = Callable[[Mapping[str, Any]], Any]


def change_case(  # noqa: PLR0913 - who, when, why and from which version belong to every change
    case: FundingCase,
    change: Callable[[Document], object],
    *,
    version: int,
    by: User | None,
    now: datetime,
    reason: str,
    part: Part | None = None,
    remember: Callable[[dict[str, Any]], object] | None = None,
) -> FundingCase:
    """Change the document of a case, all of it or nothing.

    Parameters
    ----------
    case : FundingCase
    change : callable
        Changes a copy of the document in place; what it raises leaves everything as it was.
    version : int
        The version that the person saw.
    by, now
        Who and when.
    reason : str
        A key for the history, ``partner.add:P1``.
    part : callable, optional
        Takes from a document what the change rests on: if only other parts changed since
        ``version``, it is no conflict.
    remember : callable, optional
        Changes, after that, what the case keeps about catalogue and directory (``taken``).

    Raises
    ------
    StateError
        Somebody changed the same part meanwhile.
    """
    with transaction.atomic():
        # Two editors at once: the second waits here and then sees the first one's version.
        locked = FundingCase.objects.select_for_update().get(pk=case.pk)
        if locked.version != version and not _is_untouched(locked, version, part):
            raise StateError(CHANGED, found=str(version), expected=str(locked.version))
        document = with_lists(deepcopy(locked.data))
        before = deepcopy(document)
        change(document)
        wanted = deepcopy(locked.taken)
        if remember is not None:
            remember(wanted)
        _forget_partners(wanted, before, document)
        if document != before or wanted != locked.taken:
            locked.data, locked.taken = document, wanted
            keep_version(locked, by=by, now=now, reason=reason)
    return locked


def _forget_partners(taken: dict[str, Any], before: Document, after: Document) -> None:
    """Drop what is kept of removed partners: a new one may get their identifier."""
    left = {one["id"] for one in after["partners"]}
    for one in before["partners"]:
        if one["id"] not in left:
            for part in _OF_PARTNERS:
                taken.get(part, {}).pop(one["id"], None)


def keep_version(case: FundingCase, *, by: User | None, now: datetime, reason: str) -> None:
    """Store a changed case under the next number."""
    case.version += 1
    case.title = str(case.data.get("title") or case.title)[:160]
    case.updated_at = now
    sign(case, by, reason=reason[:_LONGEST_REASON])
    case.save(update_fields=["data", "taken", "title", "version", "updated_at"])


def version_data(case: FundingCase, version: int) -> dict[str, Any] | None:
    """Return the document as it was under a number, or None."""
    kept = history_of(case).filter(version=version).order_by("-history_id").first()
    return kept.data if kept else None


def _is_untouched(case: FundingCase, version: int, part: Part | None) -> bool:
    if part is None:
        return False
    before = version_data(case, version)
    return before is not None and part(before) == part(case.data)


# --- Whether a case can be computed: the reader's own word on it, and what is still missing -------


@dataclass(frozen=True, slots=True)
class CaseReport:
    """A case as it can be read, or why it cannot.

    Attributes
    ----------
    case : Case or None
        None while there are faults.
    faults : tuple of CaseFault
        Each with its place in the document.
    n_more : int
        Faults beyond those listed.
    missing : tuple of str
        What a mix needs and the document lacks: ``partners``, ``lines``, ``offers``.
    warnings : tuple of CaseFault
        What a reader should know though nothing is wrong.
    """

    case: Case | None
    faults: tuple[CaseFault, ...] = ()
    n_more: int = 0
    missing: tuple[str, ...] = ()
    warnings: tuple[CaseFault, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Say whether a mix can be computed."""
        return self.case is not None and not self.missing


def check_case(document: Mapping[str, Any]) -> CaseReport:
    """Read a document as the computation does; nothing is raised for a bad one.

    Parameters
    ----------
    document : mapping
        ``FundingCase.data``.
    """
    missing = tuple(kind for kind in ("partners", "lines", "offers") if not document.get(kind))
    try:
        case = read_case(document, territory=territory())
        return CaseReport(case, missing=missing, warnings=case_warnings(case))
    except CaseError as error:
        return CaseReport(None, error.faults, error.n_more, missing)
