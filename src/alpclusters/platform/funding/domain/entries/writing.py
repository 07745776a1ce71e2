"""A record written into its entry: checked as a whole, stored as a whole."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

from alpclusters.analysis.errors import InputError
from alpclusters.platform.fields import fields_of
from alpclusters.platform.funding.domain.case_offers.faults import check_terms
from alpclusters.platform.funding.domain.case_offers.searching import search_fields
from alpclusters.platform.funding.domain.entry_records import entry_record
from alpclusters.platform.funding.models import Call, Offer, Parameter, Programme
from alpclusters.platform.funding.models.catalogue import NEW
from alpclusters.platform.languages.text import TranslatedText, field_of, write_input

type Entry = Programme | Call | Offer
# Who writes does not choose these: the key is the address for good.
FIXED: Final = frozenset(
    field.name
    for model in (Programme, Call, Offer)
    for field in fields_of(model, lambda one: one.part in {NEW, ""})
)
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")
_NUMBERS: Final = frozenset({"eur", "chf", "percent", "count", "months"})


@dataclass(frozen=True, slots=True)
class EntryFault:
    """What is wrong where: a JSON Pointer into the record, a code, and a sentence if one is known.

    Codes of terms are those of the reader of cases, with what their sentences name in ``params``.
    """

    pointer: str
    code: str
    message: str = ""
    params: Mapping[str, str | int] = field(default_factory=dict)


class EntryError(InputError):
    """A record that cannot be stored, with all faults; nothing was stored.

    Attributes
    ----------
    faults : tuple of EntryFault
    """

    def __init__(self, faults: Sequence[EntryFault]) -> None:
        super().__init__("funding.entry_faults", values={"n": len(faults)})
        self.faults = tuple(faults)


def write_record(entry: Entry, record: Mapping[str, Any]) -> None:
    """Write a record into an entry and store it; the version is the caller's.

    Raises
    ------
    EntryError
        With every fault; the entry in the database is as it was.
    """
    fields = {n: v for n, v in record.items() if n not in FIXED and n != "parameters"}
    faults = [*_set(entry, fields), *_of_terms(entry), *_of_figures(record)]
    if not faults:
        faults = _of_fields(entry)
    if faults:
        raise EntryError(faults)
    if isinstance(entry, Offer):
        _keep_searchable(entry)
    entry.save()
    if not isinstance(entry, Offer) and "parameters" in record:
        _store_figures(entry, record["parameters"])


def _set(entry: Entry, fields: Mapping[str, Any]) -> list[EntryFault]:
    known = entry_record(entry)
    faults: list[EntryFault] = []
    for name, value in fields.items():
        if name not in known:
            faults.append(EntryFault(f"/{name}", "unknown_field"))
            continue
        try:
            write_input(entry, name, _value(entry, name, value))
        except (TypeError, ValueError, LookupError, models.ObjectDoesNotExist):
            faults.append(EntryFault(f"/{name}", "wrong_type"))
    return faults


def _value(entry: Entry, name: str, value: Any) -> Any:
    try:
        field = field_of(entry, name)
    except FieldDoesNotExist:
        return value
    if field.is_relation:
        return field.related_model.objects.get(key=value) if value else None
    if isinstance(field, models.DateField):
        return dt.date.fromisoformat(value) if value else None
    if isinstance(field, models.TimeField):
        return dt.time.fromisoformat(value) if value else None
    if isinstance(field, models.CharField | models.TextField | TranslatedText):
        return _text(value)
    return value


def _text(value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError
    return value


def _of_terms(entry: Entry) -> list[EntryFault]:
    if not isinstance(entry, Offer):
        return []
    if not isinstance(entry.terms, dict):
        return [EntryFault("/terms", "wrong_type")]
    unsourced = list(_unsourced(entry.terms))
    found = check_terms(entry.terms, level=entry.programme.level, key=entry.key)
    return unsourced + [
        EntryFault(f"/terms{one.pointer}", one.code, params=one.params)
        for one in found
        if not (unsourced and one.pointer.startswith("/success"))
    ]


def _unsourced(terms: Mapping[str, Any]) -> Iterator[EntryFault]:
    """Yield what a chance lacks: the catalogue takes none without its source and the day."""
    if terms.get("success_bp") is not None:
        yield EntryFault("/terms/success_bp", "own_estimate")
    success = terms.get("success")
    if not isinstance(success, dict):
        return
    for name in ("source", "checked_on"):
        if not str(success.get(name) or "").strip():
            yield EntryFault(f"/terms/success/{name}", "unsourced_chance")


def _of_fields(entry: Entry) -> list[EntryFault]:
    try:
        entry.full_clean()
    except ValidationError as error:
        return [
            EntryFault("" if name == "__all__" else f"/{name}", "invalid", message)
            for name, messages in error.message_dict.items()
            for message in messages
        ]
    return []


def _of_figures(record: Mapping[str, Any]) -> list[EntryFault]:
    rows = record.get("parameters", [])
    if not isinstance(rows, list):
        return [EntryFault("/parameters", "wrong_type")]
    return [
        EntryFault(f"/parameters/{k}/value", "not_a_number")
        for k, row in enumerate(rows)
        if row.get("unit") in _NUMBERS and row.get("value") and not _NUMBER.fullmatch(row["value"])
    ]


def _keep_searchable(offer: Offer) -> None:
    found = search_fields(offer.terms)
    offer.kinds, offer.categories, offer.themes = found.kinds, found.categories, found.themes
    offer.best_rate_bp, offer.cap_ct = found.best_rate_bp, found.cap_ct


def _store_figures(entry: Programme | Call, rows: Sequence[Mapping[str, Any]]) -> None:
    there = entry.parameters.all()
    where: dict[str, Any] = {"programme": entry}
    if isinstance(entry, Programme):
        there = there.filter(call__isnull=True)
    else:
        where = {"programme": entry.programme, "call": entry}
    there.delete()
    figures = [Parameter(**where, order=k, **_figure(row)) for k, row in enumerate(rows)]
    _check_figures(figures)
    Parameter.objects.bulk_create(figures)


def _figure(row: Mapping[str, Any]) -> dict[str, Any]:
    day = row.get("checked_on")
    return {**row, "checked_on": dt.date.fromisoformat(day) if day else None}


def _check_figures(figures: Sequence[Parameter]) -> None:
    faults = []
    for k, figure in enumerate(figures):
        try:
            figure.clean_fields(exclude=["programme", "call"])
        except ValidationError as error:
            faults += [
                EntryFault(f"/parameters/{k}/{name}", "invalid", message)
                for name, messages in error.message_dict.items()
                for message in messages
            ]
    if faults:
        raise EntryError(faults)
