"""Programmes and offers from files of one's own; a file verifies nothing."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.errors import InputError, RecordError, Where
from alpclusters.analysis.funding.eligibility.not_entered import NOT_ENTERED
from alpclusters.platform.funding.domain.importing.chances import CHANCE_CELLS, chance_terms
from alpclusters.platform.funding.domain.importing.reports import CatalogueReport, RowReport
from alpclusters.platform.funding.domain.importing.storing import store
from alpclusters.platform.funding.models import Call, Offer, Programme, Status
from alpclusters.sources.catalogue_files import CatalogueEntry, read_catalogue_file

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
