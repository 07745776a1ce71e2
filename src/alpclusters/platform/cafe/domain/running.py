"""The one door of everything that facilitators and hosts do in an AlpCafé.

One transaction: the row is locked, a command that saw an older state is refused, the command
changes rows, the revision goes up, an entry is written that can undo it. After the commit the
live process is woken and tells every screen.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.domain.commands import (
    Change,
    Command,
    Order,
    dependents,
    display_name,
    find_command,
    rested_on,
    write_entry,
    written,
)
from alpclusters.platform.cafe.domain.waking import wake
from alpclusters.platform.cafe.models import AlpCafe, Entry
from alpclusters.platform.history import sign

# The sheet of the phones is another one after these.
CHANGES_CONTENT: Final = frozenset({"open"})


@transaction.atomic
def act(
    cafe: AlpCafe,
    command: str,
    arguments: Mapping[str, Any] | None = None,
    *,
    seen: int | None,
    by: User | None,
    by_table: int | None = None,
    now: datetime,
) -> Entry:
    """Carry out a command.

    Parameters
    ----------
    cafe : AlpCafe
    command : str
        A registered name (`commands.register`).
    arguments : mapping, optional
        JSON values.
    seen : int or None
        The revision that the screen showed; None skips the check (a person without a screen).
    by, by_table
        The person with an account, or the table whose host acts.
    now : datetime

    Returns
    -------
    Entry
        With what is needed to undo it.

    Raises
    ------
    StateError
        ``cafe.stale`` with the entry that came first, ``cafe.sealed``, or what the command says.
    """
    known = find_command(command)
    current = lock_cafe(cafe)
    require_unsealed(current)
    if known.is_strict:
        _refuse_stale(current, seen)
    order = Order(current, dict(arguments or {}), now, by, by_table)
    change = known.apply(order)
    if not known.is_strict:
        _refuse_stale(current, seen, touches=change.touches)
    return record(order, known, change)


def record(order: Order, known: Command, change: Change, *, undoes: Entry | None = None) -> Entry:
    """Save the AlpCafé with a new revision, write the entry and wake the live process."""
    cafe = order.cafe
    cafe.revision += 1
    if known.name in CHANGES_CONTENT:
        cafe.content_revision += 1
    sign(cafe, order.by)
    cafe.save()
    entry = write_entry(order, known.name, change, undoes=undoes)
    transaction.on_commit(lambda: wake(cafe.pk))
    return entry


def lock_cafe(cafe: AlpCafe) -> AlpCafe:
    """Read the AlpCafé for a change: of two who press at once the second sees the first."""
    return AlpCafe.everything.select_for_update(of=("self",)).get(pk=cafe.pk)


def require_unsealed(cafe: AlpCafe) -> None:
    """Refuse everything once the AlpCafé is final.

    Raises
    ------
    StateError
        ``cafe.sealed``.
    """
    if cafe.is_sealed:
        raise StateError("cafe.sealed")


def _refuse_stale(cafe: AlpCafe, seen: int | None, *, touches: list[str] | None = None) -> None:
    if seen is None or seen == cafe.revision:
        return
    later = list(cafe.entries.filter(number__gt=seen).select_related("by"))
    if touches is not None:
        mine = rested_on(touches)
        later = [entry for entry in later if mine & written(entry.touches)]
        if not later:
            return
    raise _stale(cafe, later)


def _stale(cafe: AlpCafe, later: list[Entry]) -> StateError:
    last = later[-1] if later else None
    values: dict[str, str | int] = {"revision": cafe.revision, "phase": cafe.phase}
    if last is not None:
        values |= {"entry": last.pk, "by": display_name(last), "command": last.command}
    return StateError("cafe.stale", values=values)


# --- Undo: an entry of its own that makes hold again what held before another one -----------------


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
