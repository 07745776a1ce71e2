"""Take an entry out of the catalogue, put it back, and bring an earlier version of it back."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.domain.entries.changing import (
    CHANGED,
    FIXED,
    Entry,
    change_entry,
    keep_version,
)
from alpclusters.platform.funding.domain.entries.proposing import record_at
from alpclusters.platform.funding.domain.entry_records import entry_record
from alpclusters.platform.funding.domain.staleness import is_stale
from alpclusters.platform.funding.models import Call, ChangeProposal, Offer, Programme

STANDS_SO: Final = "funding_entry.stands_so"


@transaction.atomic
def set_published(
    entry: Entry, *, is_published: bool, source: str, by: User | None, now: dt.datetime
) -> Entry:
    """Withdraw an entry, or publish it again; its versions, and the cases that took it, stay.

    Parameters
    ----------
    entry : Programme, Call or Offer
    is_published : bool
    source : str
        Why, or what says so.
    by, now
        Who and when.

    Raises
    ------
    StateError
        It stands so already: somebody was faster.
    """
    locked: Entry = type(entry)._default_manager.select_for_update().get(pk=entry.pk)
    if locked.is_published == is_published:
        raise StateError(STANDS_SO)
    locked.is_published, locked.updated_at = is_published, now
    locked.version += 1
    locked.save(update_fields=["is_published", "updated_at", "version"])
    keep_version(locked, source=source, by=by, now=now)
    return locked


def bring_back(
    entry: Entry, number: int, *, version: int, source: str, by: User | None, now: dt.datetime
) -> Entry:
    """Let an entry say again what it said in one of its versions, as a new version.

    Whether it is published stays as it is.

    Parameters
    ----------
    entry : Programme, Call or Offer
    number : int
        The version to bring back.
    version : int
        The version that the person saw.
    source : str
        What says so.
    by, now
        Who and when.

    Raises
    ------
    EntryVersion.DoesNotExist
        It never had such a version.
    StateError
        Somebody changed the entry meanwhile.
    EntryError
        What it said then is no longer possible; nothing is stored.
    """
    if entry.version != version:
        raise StateError(CHANGED, found=str(version), expected=str(entry.version))
    # An older version may say what entries no longer say.
    known = entry_record(entry).keys() - FIXED
    record = {name: value for name, value in record_at(entry, number).items() if name in known}
    return change_entry(entry, record, version=version, source=source, by=by, now=now)


# --- What waits for those who keep the catalogue: proposals, and entries nobody has looked at -----


def waiting_proposals() -> QuerySet[ChangeProposal]:
    """List the proposals that wait, the oldest first."""
    rows = ChangeProposal.objects.filter(state=ChangeProposal.State.WAITING)
    return rows.select_related("programme", "call", "offer").order_by("proposed_at", "pk")


def stale_entries(today: dt.date) -> list[Entry]:
    """List published entries that were not checked lately, never checked ones first (3 queries)."""
    rows: list[Entry] = [
        *Programme.objects.published(),
        *Call.objects.filter(is_published=True).select_related("programme"),
        *Offer.objects.published().select_related("programme", "call__programme"),
    ]
    found = [entry for entry in rows if is_stale(entry, today)]
    return sorted(found, key=lambda entry: (entry.checked_on or dt.date.min, entry.key))
