"""Changes that somebody proposes and somebody else decides."""

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.domain.entries.changing import RELATIONS, change_entry
from alpclusters.platform.funding.domain.entries.patches import (
    apply_patch,
    patch_between,
    value_at,
)
from alpclusters.platform.funding.domain.entries.writing import Entry, EntryError, EntryFault
from alpclusters.platform.funding.domain.entry_records import entry_record
from alpclusters.platform.funding.models import ChangeProposal, EntryVersion

DECIDED: Final = "funding_proposal.decided"
CONFLICT: Final = "funding_proposal.conflict"
STATE: Final = ChangeProposal.State


@transaction.atomic
def propose_change(
    entry: Entry,
    record: Mapping[str, Any],
    *,
    version: int,
    source: str,
    note: str,
    by: User | None,
    now: dt.datetime,
) -> ChangeProposal:
    """Propose what a record says of an entry; it is tried and nothing of it is kept.

    Raises
    ------
    EntryError
        The record has faults, or says what the entry says already.
    """
    old = record_at(entry, version)
    patch = patch_between(old, {**old, **record})
    if not patch:
        raise EntryError([EntryFault("", "nothing_changed")])
    _try(entry, {**old, **record}, by=by, now=now)
    relation: dict[str, Any] = {RELATIONS[type(entry)]: entry}
    return ChangeProposal.objects.create(
        **relation,
        patch=patch,
        base_version=version,
        source=source[:300],
        note=note,
        proposed_by=by,
        proposed_at=now,
    )


@transaction.atomic
def accept_proposal(
    proposal: ChangeProposal,
    *,
    answer: str,
    by: User,
    now: dt.datetime,
    is_checked: bool = False,
) -> ChangeProposal:
    """Carry a proposal out as a new version.

    Parameters
    ----------
    proposal : ChangeProposal
    answer : str
        What the one who proposed it reads.
    by, now
        Who and when.
    is_checked : bool
        Whether the entry was compared with its source today: then the day is kept as well.

    Raises
    ------
    StateError
        It is decided, or the entry says something else by now in one of its fields.
    EntryError
        The entry would have faults; nothing is stored.
    """
    waiting = _waiting(proposal)
    if conflicts_of(waiting):
        raise StateError(CONFLICT)
    entry = waiting.entry
    today = {"checked_on": now.date().isoformat()} if is_checked else {}
    change_entry(
        entry,
        {**apply_patch(entry_record(entry), waiting.patch), **today},
        version=entry.version,
        source=waiting.source,
        by=by,
        now=now,
        proposal=waiting,
    )
    return _decide(waiting, STATE.ACCEPTED, answer, by, now)


@transaction.atomic
def refuse_proposal(
    proposal: ChangeProposal, *, answer: str, by: User, now: dt.datetime
) -> ChangeProposal:
    """Leave the entry as it is, with an answer.

    Raises
    ------
    StateError
        It is decided.
    """
    return _decide(_waiting(proposal), STATE.REFUSED, answer, by, now)


def conflicts_of(proposal: ChangeProposal) -> list[str]:
    """Return the paths on which the entry changed since the proposal was written."""
    entry = proposal.entry
    if entry.version == proposal.base_version:
        return []
    old, new = record_at(entry, proposal.base_version), entry_record(entry)
    return [
        one["path"]
        for one in proposal.patch
        if value_at(old, one["path"]) != value_at(new, one["path"])
    ]


def _waiting(proposal: ChangeProposal) -> ChangeProposal:
    """Lock a proposal; two who decide at once meet here."""
    locked = ChangeProposal.objects.select_for_update().get(pk=proposal.pk)
    if locked.state != STATE.WAITING:
        raise StateError(DECIDED, found=locked.state)
    return locked


def _decide(
    proposal: ChangeProposal, state: str, answer: str, by: User, now: dt.datetime
) -> ChangeProposal:
    proposal.state, proposal.answer = state, answer
    proposal.decided_by, proposal.decided_at = by, now
    proposal.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    return proposal


def record_at(entry: Entry, version: int) -> dict[str, Any]:
    """Return what an entry said in one of its versions.

    Raises
    ------
    EntryVersion.DoesNotExist
        It never had such a version.
    """
    if entry.version == version:
        return entry_record(entry)
    relation: dict[str, Any] = {RELATIONS[type(entry)]: entry}
    kept: dict[str, Any] = EntryVersion.objects.get(**relation, number=version).data
    return kept


class _Tried(Exception):  # noqa: N818 - no error: it takes a trial back
    """A change was tried and went well."""


def _try(entry: Entry, record: Mapping[str, Any], *, by: User | None, now: dt.datetime) -> None:
    """Change the entry in a transaction that is taken back, to find faults early."""
    with suppress(_Tried), transaction.atomic():
        change_entry(entry, record, version=entry.version, source="", by=by, now=now)
        raise _Tried
    entry.refresh_from_db()
