"""Changes that somebody proposes and somebody else decides."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.domain.entries.changing import (
    RELATIONS,
    Entry,
    EntryError,
    EntryFault,
    change_entry,
)
from alpclusters.platform.funding.domain.entry_records import entry_record
from alpclusters.platform.funding.models import ChangeProposal, EntryVersion

# --- The difference of two records as a JSON patch (RFC 6902), and its way back -------------------
#
# Only ``add``, ``remove`` and ``replace`` are written, and a value in a list is never patched
# singly: a list is replaced as a whole, so that two changes of one list are a conflict and not a
# puzzle.


type Operation = dict[str, Any]
_ABSENT: Final = object()
_MOST: Final = 500


def patch_between(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Operation]:
    """Return the operations that turn one record into another, sorted by path.

    Parameters
    ----------
    old, new : mapping
        JSON objects.

    Examples
    --------
    >>> patch_between({"a": 1, "t": {"x": 2}}, {"a": 1, "t": {"x": 3}, "b": None})
    [{'op': 'add', 'path': '/b', 'value': None}, {'op': 'replace', 'path': '/t/x', 'value': 3}]
    """
    return sorted(_between(old, new, ""), key=lambda one: str(one["path"]))


def _between(old: Mapping[str, Any], new: Mapping[str, Any], at: str) -> Iterator[Operation]:
    for name in {**old, **new}:
        path = f"{at}/{_escaped(name)}"
        before, after = old.get(name, _ABSENT), new.get(name, _ABSENT)
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            yield from _between(before, after, path)
        elif after is _ABSENT:
            yield {"op": "remove", "path": path}
        elif before is _ABSENT:
            yield {"op": "add", "path": path, "value": deepcopy(after)}
        elif before != after or type(before) is not type(after):
            yield {"op": "replace", "path": path, "value": deepcopy(after)}


def apply_patch(record: Mapping[str, Any], patch: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return a record with a patch applied; what it names must be there.

    Raises
    ------
    ValueError
        An operation that is none of the three, or a path that the record does not have.
    """
    if len(patch) > _MOST:
        raise ValueError(len(patch))
    changed: dict[str, Any] = deepcopy(dict(record))
    for operation in patch:
        _apply(changed, operation)
    return changed


def _apply(record: dict[str, Any], operation: Mapping[str, Any]) -> None:
    *way, last = parts_of(operation["path"])
    place = record
    for name in way:
        place = place[name] if name in place else _missing(operation)
        if not isinstance(place, dict):
            _missing(operation)
    is_there = last in place
    if operation["op"] == "remove" and is_there:
        del place[last]
    elif operation["op"] == "add" or (operation["op"] == "replace" and is_there):
        place[last] = deepcopy(operation["value"])
    else:
        _missing(operation)


def value_at(record: Mapping[str, Any], path: str) -> Any:
    """Return what stands at a path, None where there is nothing."""
    place: Any = record
    for name in parts_of(path):
        if not isinstance(place, Mapping) or name not in place:
            return None
        place = place[name]
    return place


def parts_of(path: str) -> list[str]:
    """Return the names of a JSON Pointer.

    Raises
    ------
    ValueError
        It does not begin with a slash.
    """
    if not path.startswith("/"):
        raise ValueError(path)
    return [one.replace("~1", "/").replace("~0", "~") for one in path[1:].split("/")]


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _missing(operation: Mapping[str, Any]) -> Any:
    raise ValueError(operation["path"])


# --- Two records side by side, field by field -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field with its value before and after; None is nothing."""

    path: str
    before: Any
    after: Any


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    """Return the fields in which two records differ, by path."""
    return tuple(
        FieldChange(one["path"], value_at(old, one["path"]), value_at(new, one["path"]))
        for one in patch_between(old, new)
    )


# --- Changes that somebody proposes and somebody else decides -------------------------------------


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
