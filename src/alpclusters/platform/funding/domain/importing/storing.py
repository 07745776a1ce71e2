"""One imported entry stored: new, changed, left, or kept beside what people wrote."""

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from django.db import transaction
from django.db.models import Q

from alpclusters.analysis.errors import InputError, RecordError, Where
from alpclusters.analysis.funding.eligibility.fields import NOT_ENTERED
from alpclusters.platform.funding.domain.entries import (
    IMPORT,
    SEED,
    Entry,
    EntryError,
    change_entry,
    create_entry,
    patch_between,
    propose_change,
)
from alpclusters.platform.funding.domain.entry_records import entry_record
from alpclusters.platform.funding.models import (
    Call,
    ChangeProposal,
    EntryVersion,
    Offer,
    Programme,
    Status,
)
from alpclusters.sources.catalogue_files import CatalogueEntry, read_catalogue_file

# --- What an import did, row by row ---------------------------------------------------------------


type Outcome = Literal["new", "changed", "unchanged", "proposed", "rejected"]

ACCEPTED: Final[tuple[Outcome, ...]] = ("new", "changed", "unchanged", "proposed")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class RowReport:
    """One row of the file: what became of it, or why not.

    Attributes
    ----------
    line : int
    key : str
    outcome : str
    error : InputError or None
        Where it was rejected.
    """

    line: int
    key: str
    outcome: Outcome
    file: str = ""
    error: InputError | None = None

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Place and code of everything that is wrong."""
        if isinstance(self.error, EntryError):
            return [(one.pointer, one.code) for one in self.error.faults]
        return [(self.error.where.field or "", self.error.code)] if self.error else []


@dataclass(frozen=True, slots=True)
class CatalogueReport:
    """Every row of an import; ``n_repeats`` rows said what another one says."""

    rows: Sequence[RowReport]
    n_repeats: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are, and what became of them."""
        found = Counter(row.outcome for row in self.rows)
        outcomes: dict[str, int] = {name: found[name] for name in (*ACCEPTED, "rejected")}
        return {"rows": len(self.rows) + self.n_repeats, **outcomes, "repeats": self.n_repeats}

    @property
    def reasons(self) -> dict[str, int]:
        """How often each code is the reason of a rejection."""
        return dict(Counter(code for row in self.rows for _place, code in row.reasons))


def report_files(report: CatalogueReport) -> dict[str, str]:
    """Return the texts of ``accepted.csv`` and ``rejected.csv``."""
    accepted = [[r.file, r.line, r.key, r.outcome] for r in report.rows if not r.error]
    rejected = [
        [r.file, r.line, r.key, place, code] for r in report.rows for place, code in r.reasons
    ]
    return {
        "accepted.csv": _csv(["file", "line", "key", "outcome"], accepted),
        "rejected.csv": _csv(["file", "line", "key", "place", "reason"], rejected),
    }


def _csv(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([[_safe(cell) for cell in row] for row in rows])
    return text.getvalue()


def _safe(cell: object) -> object:
    """Keep a spreadsheet from reading a foreign text as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


# --- One imported entry stored: new, changed, left, or kept beside what people wrote --------------


_RELATION: Final[Mapping[type, str]] = {Programme: "programme", Call: "call", Offer: "offer"}


def store(
    model: type[Entry],
    key: str,
    record: Mapping[str, Any],
    *,
    programme: Programme | None,
    file: str,
    now: dt.datetime,
) -> Outcome:
    """Store what a file says of an entry.

    What a person changed is never overwritten: there the file's words wait as a proposal, once.

    Raises
    ------
    EntryError
        The record has faults; nothing is stored.
    """
    source = f"{IMPORT}{file}"
    entry: Entry | None = model._default_manager.filter(key=key).first()
    if entry is None:
        create_entry(model, record, key=key, programme=programme, source=source, by=None, now=now)
        return "new"
    if _differs(entry, record) and _is_of_people(entry):
        return _propose(entry, record, source=source, now=now)
    changed = change_entry(entry, record, version=entry.version, source=source, by=None, now=now)
    return "changed" if changed.version != entry.version else "unchanged"


def _differs(entry: Entry, record: Mapping[str, Any]) -> bool:
    there = entry_record(entry)
    return any(there.get(name) != value for name, value in record.items() if name in there)


def _is_of_people(entry: Entry) -> bool:
    """Say whether a person wrote any version; an account that is gone leaves its source."""
    theirs = Q(made_by__isnull=False) | Q(proposal__isnull=False)
    theirs |= ~Q(source=SEED) & ~Q(source__startswith=IMPORT)
    return EntryVersion.objects.filter(theirs, **{_RELATION[type(entry)]: entry}).exists()


def _propose(entry: Entry, record: Mapping[str, Any], *, source: str, now: dt.datetime) -> Outcome:
    there = entry_record(entry)
    patch = patch_between(there, {**there, **record})
    # One that was refused is not proposed again either.
    same = ChangeProposal.objects.filter(**{_RELATION[type(entry)]: entry}, patch=patch)
    if same.exists():
        return "unchanged"
    propose_change(entry, record, version=entry.version, source=source, note="", by=None, now=now)
    return "proposed"


# --- How an offer is awarded and its chance as cells of a table, out of its terms and back --------


AWARD: Final = "award"
_PREFIX: Final = "success_"
_SUCCESS: Final = ("granted", "applied", "share_bp", "source", "checked_on")
CHANCE_CELLS: Final = (AWARD, *(f"{_PREFIX}{name}" for name in _SUCCESS))


def chance_cells(terms: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cells of an offer; None where its terms say nothing.

    Examples
    --------
    >>> chance_cells({"success": {"share_bp": 1200, "source": "Report"}})["success_share_bp"]
    1200
    """
    success = terms.get("success") or {}
    found = {f"{_PREFIX}{name}": success.get(name) for name in _SUCCESS}
    return {AWARD: terms.get(AWARD), **found}


def chance_terms(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the terms that the cells of a row say; without any of them nothing.

    Examples
    --------
    >>> chance_terms({"award": "competitive", "success_share_bp": 1200})
    {'award': 'competitive', 'success': {'share_bp': 1200}}
    """
    said = {name: fields[name] for name in CHANCE_CELLS if fields.get(name) not in (None, "")}
    success = {name.removeprefix(_PREFIX): value for name, value in said.items() if name != AWARD}
    award = {AWARD: said[AWARD]} if AWARD in said else {}
    return {**award, "success": success} if success else award


# --- Programmes and offers from files of one's own; a file verifies nothing -----------------------


# What an import never says: whether it is sure, and what is counted elsewhere.
_LEFT_OUT: Final = frozenset({"key", "programme", "status", "version", "updated_at", "page"})


def import_programmes(path: Path, *, now: dt.datetime) -> CatalogueReport:
    """Store the programmes of a file; see `read_catalogue_file` for its forms.

    Raises
    ------
    FileFormatError
    """
    return _import(path, Programme, now)


def import_offers(path: Path, *, now: dt.datetime) -> CatalogueReport:
    """Store the offers of a file; each names its programme by key, and its call if it has one.

    Raises
    ------
    FileFormatError
    """
    return _import(path, Offer, now)


def _import(path: Path, model: Any, now: dt.datetime) -> CatalogueReport:
    return CatalogueReport([_row(one, model, path.name, now) for one in read_catalogue_file(path)])


def _row(one: CatalogueEntry | RecordError, model: Any, file: str, now: dt.datetime) -> RowReport:
    if isinstance(one, RecordError):
        return RowReport(one.where.line or 0, "", "rejected", file, one)
    key = str(one.fields.get("key") or "")
    try:
        with transaction.atomic():
            programme = _programme(one, file) if model is Offer else None
            record = _record(one.fields, model)
            if not key:
                raise _error("catalogue.no_key", one, file, "key")
            if record.get("call"):
                _require_call(one, programme, file)
            outcome = store(model, key, record, programme=programme, file=file, now=now)
    except InputError as error:
        return RowReport(one.line, key, "rejected", file, error)
    return RowReport(one.line, key, outcome, file)


def _record(fields: Mapping[str, Any], model: Any) -> dict[str, Any]:
    record = {name: value for name, value in fields.items() if name not in _LEFT_OUT}
    record["status"] = Status.UNVERIFIED.value
    if model is Offer:
        record = _with_chance(record, key=str(fields.get("key") or ""))
    if model is Offer and isinstance(record.get("terms"), dict):
        # A file that names no condition: there may be some.
        record["terms"] = {"eligibility": dict(NOT_ENTERED), **record["terms"]}
    return record


def _with_chance(fields: Mapping[str, Any], *, key: str) -> dict[str, Any]:
    """Put the cells of a chance into the terms: those of the row, else those that stand."""
    record = {name: value for name, value in fields.items() if name not in CHANCE_CELLS}
    said = chance_terms(fields)
    terms = record.get("terms")
    if not said or not isinstance(terms, dict | None):
        return record
    if terms is None:
        known = Offer.objects.filter(key=key).first()
        terms = known.terms if known else {}
    return {**record, "terms": {**terms, **said}}


def _programme(one: CatalogueEntry, file: str) -> Programme:
    key = str(one.fields.get("programme") or "")
    found = Programme.objects.filter(key=key).first()
    if found is None:
        raise _error("catalogue.no_programme", one, file, "programme", key)
    return found


def _require_call(one: CatalogueEntry, programme: Programme | None, file: str) -> None:
    key = str(one.fields["call"])
    if not Call.objects.filter(key=key, programme=programme).exists():
        raise _error("catalogue.no_call", one, file, "call", key)


def _error(code: str, one: CatalogueEntry, file: str, field: str, found: str = "") -> RecordError:
    return RecordError(code, where=Where(file=file, line=one.line, field=field), found=found)
