"""One imported entry stored: new, changed, left, or kept beside what people wrote."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Q

from alpclusters.platform.funding.domain.entries import (
    IMPORT,
    SEED,
    Entry,
    change_entry,
    create_entry,
    patch_between,
    propose_change,
)
from alpclusters.platform.funding.domain.entry_records import entry_record
from alpclusters.platform.funding.domain.importing.reports import Outcome
from alpclusters.platform.funding.models import Call, ChangeProposal, EntryVersion, Offer, Programme

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
