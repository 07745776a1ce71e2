"""Change an entry: one transaction, one version, one line of the feed."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.domain.entries.writing import Entry, write_record
from alpclusters.platform.funding.domain.entry_records import entry_record
from alpclusters.platform.funding.models import Call, ChangeProposal, EntryVersion, Offer, Programme

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
