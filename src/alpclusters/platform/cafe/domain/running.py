"""The one door of everything that facilitators and hosts do in an AlpCafé.

One transaction: the row is locked, a command that saw an older state is refused, the command
changes rows, the revision goes up, an entry is written that can undo it. After the commit the
live process is woken and tells every screen.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.domain.commands import (
    Change,
    Command,
    Order,
    find_command,
    rested_on,
    written,
)
from alpclusters.platform.cafe.domain.log import display_name, write_entry
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
