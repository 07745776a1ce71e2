"""Change an entry: one transaction, one version, one line of the feed."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models, transaction

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.fields import fields_of
from alpclusters.platform.funding.domain.case_offers import check_terms, search_fields
from alpclusters.platform.funding.domain.entry_records import entry_record
from alpclusters.platform.funding.models import (
    Call,
    ChangeProposal,
    EntryVersion,
    Offer,
    Parameter,
    Programme,
)
from alpclusters.platform.funding.models.catalogue import NEW
from alpclusters.platform.languages.text import TranslatedText, field_of, write_input

# --- A record written into its entry: checked as a whole, stored as a whole -----------------------


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


# --- Change an entry: one transaction, one version, one line of the feed --------------------------


CHANGED: Final = "funding_entry.changed_meanwhile"
RELATIONS: Final[Mapping[type, str]] = {Programme: "programme", Call: "call", Offer: "offer"}


@transaction.atomic
def change_entry(
    entry: Entry,
    record: Mapping[str, Any],
    *,
    version: int,
    source: str,
    by: User | None,
    now: dt.datetime,
    proposal: ChangeProposal | None = None,
) -> Entry:
    """Store what a record says of an entry; equal records make no version.

    Parameters
    ----------
    entry : Programme, Call or Offer
    record : mapping
        As of `entry_record`; names that are left out stay as they are.
    version : int
        The version that the person saw.
    source : str
        What says so.
    by, now
        Who and when.
    proposal : ChangeProposal, optional
        Where the change comes from.

    Raises
    ------
    StateError
        Somebody changed the entry meanwhile.
    EntryError
        The record has faults; nothing is stored.
    """
    locked: Entry = type(entry)._default_manager.select_for_update().get(pk=entry.pk)
    if locked.version != version:
        raise StateError(CHANGED, found=str(version), expected=str(locked.version))
    before = entry_record(locked)
    locked.version += 1
    locked.updated_at = now
    write_record(locked, record)
    if entry_record(locked) == before:
        type(entry)._default_manager.filter(pk=entry.pk).update(
            version=version, updated_at=entry.updated_at
        )
        return entry
    keep_version(locked, source=source, by=by, now=now, proposal=proposal)
    return locked


@transaction.atomic
def check_again(entry: Entry, *, by: User, now: dt.datetime) -> Entry:
    """Say that an entry was compared with its source today and is still right."""
    locked: Entry = type(entry)._default_manager.select_for_update().get(pk=entry.pk)
    today = {"checked_on": now.date().isoformat()}
    source = locked.source
    return change_entry(locked, today, version=locked.version, source=source, by=by, now=now)


@transaction.atomic
def create_entry(
    model: type[Entry],
    record: Mapping[str, Any],
    *,
    key: str,
    programme: Programme | None = None,
    source: str,
    by: User | None,
    now: dt.datetime,
) -> Entry:
    """Store a new entry with its first version.

    Parameters
    ----------
    model : type
        `Programme`, `Call` or `Offer`.
    record : mapping
        As of `entry_record`.
    key : str
        Its address for good.
    programme : Programme, optional
        Whose call or offer it is.
    source, by, now
        What says so, who and when.

    Raises
    ------
    EntryError
        The record has faults, or the key is taken; nothing is stored.
    """
    where: dict[str, Any] = {} if programme is None else {"programme": programme}
    entry: Entry = model(key=key, updated_at=now, **where)
    write_record(entry, record)
    keep_first(entry, source=source, by=by, now=now)
    return entry


def keep_first(entry: Entry, *, source: str, by: User | None, now: dt.datetime) -> None:
    """Store the first version of an entry that is new."""
    keep_version(entry, source=source, by=by, now=now)


def keep_version(
    entry: Entry,
    *,
    source: str,
    by: User | None,
    now: dt.datetime,
    proposal: ChangeProposal | None = None,
) -> None:
    """Keep what an entry says under its number; the number is the caller's."""
    relation: dict[str, Any] = {RELATIONS[type(entry)]: entry}
    EntryVersion.objects.create(
        **relation,
        number=entry.version,
        data=entry_record(entry),
        source=source[:300],
        proposal=proposal,
        made_by=by,
        made_at=now,
    )


# --- Who compared an entry with its source: read from the versions that the entry keeps -----------


type Checker = Literal["person", "import", "delivered"]
SEED: Final = "seed"
IMPORT: Final = "import: "


@dataclass(frozen=True, slots=True)
class Check:
    """Where the day of the last check is from; the person has no name once the account is gone."""

    by: Checker
    name: str = ""


def check_of(entry: Entry) -> Check | None:
    """Return who said on which day an entry was checked; None where no version says (1 query).

    Parameters
    ----------
    entry : Programme, Call or Offer
        Of the versions with its day of check, the first in a row up to the newest counts.
    """
    if entry.checked_on is None:
        return None
    day, found = entry.checked_on.isoformat(), None
    rows = EntryVersion.objects.filter(**{RELATIONS[type(entry)]: entry})
    for version in rows.select_related("made_by").order_by("-number"):
        if version.data.get("checked_on") != day:
            break
        found = version
    return _check(found) if found else None


def _check(version: EntryVersion) -> Check:
    if version.made_by is not None:
        return Check("person", str(version.made_by))
    if version.source == SEED:
        return Check("delivered")
    return Check("import" if version.source.startswith(IMPORT) else "person")
