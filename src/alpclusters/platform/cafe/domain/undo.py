"""Undo: an entry of its own that makes hold again what held before another one."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.domain.commands import Change, Order, find_command
from alpclusters.platform.cafe.domain.log import dependents
from alpclusters.platform.cafe.domain.running import lock_cafe, record, require_unsealed
from alpclusters.platform.cafe.models import AlpCafe, Entry


@transaction.atomic
def undo(
    cafe: AlpCafe, entry: Entry, *, by: User | None, now: datetime, together: bool = False
) -> list[Entry]:
    """Undo an entry; an undo can be undone in its turn, and then the command holds again.

    Parameters
    ----------
    cafe : AlpCafe
    entry : Entry
        One that was not undone; of an undone command, its last undo.
    by : User or None
    now : datetime
    together : bool, default False
        Undo first what depends on it.

    Returns
    -------
    list of Entry
        The new entries, in order.

    Raises
    ------
    StateError
        ``cafe.undo_dependents`` (values: ``n`` and the numbers of the entries),
        ``cafe.undone_before``, ``cafe.final``, ``cafe.sealed``.
    """
    current = lock_cafe(cafe)
    require_unsealed(current)
    entries = list(current.entries.order_by("number"))
    _require_undoable(entry, entries)
    waiting = dependents(entry, entries)
    if waiting and not together:
        numbers = " ".join(str(one.number) for one in waiting)
        raise StateError("cafe.undo_dependents", values={"n": len(waiting), "numbers": numbers})
    return [_undo_one(current, one, by=by, now=now) for one in [*waiting, entry]]


def dependents_of(cafe: AlpCafe, entry: Entry) -> list[Entry]:
    """Return what would have to be undone with an entry, newest first."""
    return dependents(entry, list(cafe.entries.order_by("number")))


def _require_undoable(entry: Entry, entries: Sequence[Entry]) -> None:
    if any(one.undoes_id == entry.pk for one in entries):
        raise StateError("cafe.undone_before", found=entry.command)
    if find_command(entry.command).is_final:
        raise StateError("cafe.final", found=entry.command)


def _undo_one(cafe: AlpCafe, entry: Entry, *, by: User | None, now: datetime) -> Entry:
    known = find_command(entry.command)
    if known.revert is None:
        raise StateError("cafe.final", found=entry.command)
    known.revert(cafe, entry.before, entry.after, now)
    change = Change(before=entry.after, after=entry.before, touches=entry.touches)
    order = Order(cafe, entry.arguments, now, by, None)
    return record(order, known, change, undoes=entry)
