"""The log of an AlpCafé: what was done, what of it holds, what rests on what."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from alpclusters.platform.cafe.domain.commands import Change, Order, rested_on, written
from alpclusters.platform.cafe.models import AlpCafe, Entry

# What a host does for every guest of every round.
MARK: Final = "mark_seat"


@dataclass(frozen=True, slots=True)
class Line:
    """A command with what became of it.

    Attributes
    ----------
    entry : Entry
        As it was done first.
    last : Entry
        The entry itself, or the last undo of it: the one that can be undone now.
    holds : bool
        Whether the command is in force: undone never, or undone and done again.
    """

    entry: Entry
    last: Entry
    holds: bool


def write_entry(order: Order, name: str, change: Change, *, undoes: Entry | None) -> Entry:
    """Write one entry; its number is the revision the AlpCafé has after it."""
    entry: Entry = Entry.objects.create(
        cafe=order.cafe,
        number=order.cafe.revision,
        command=name,
        arguments=dict(order.arguments),
        before=change.before,
        after=change.after,
        touches=change.touches,
        by=order.by,
        by_table=order.by_table,
        at=order.now,
        undoes=undoes,
    )
    return entry


def lines_of(cafe: AlpCafe) -> list[Line]:
    """Return the commands of an AlpCafé, newest first, in one query."""
    return lines_from(list(cafe.entries.select_related("by")))


def lines_from(entries: Sequence[Entry]) -> list[Line]:
    """Join commands with their undos, newest command first."""
    undone_by = {entry.undoes_id: entry for entry in entries if entry.undoes_id is not None}
    lines = []
    for entry in reversed(entries):
        if entry.undoes_id is not None:
            continue
        last, holds = entry, True
        while last.pk in undone_by:
            last, holds = undone_by[last.pk], not holds
        lines.append(Line(entry, last, holds))
    return lines


def gather_marks(lines: Iterable[Line]) -> list[list[Line]]:
    """Put together what the host of a table marked between two commands of facilitators.

    Parameters
    ----------
    lines : iterable of Line
        Newest first, as `lines_from` returns them.

    Returns
    -------
    list of list of Line
        Newest first. The marks of a table stand where the newest of them does; every other
        command stands by itself.
    """
    gathered: list[list[Line]] = []
    marks: dict[int, list[Line]] = {}
    for line in lines:
        table = line.entry.by_table
        if table is None:
            marks = {}
        if not is_host_mark(line.entry) or table is None:
            gathered.append([line])
        elif table in marks:
            marks[table].append(line)
        else:
            marks[table] = [line]
            gathered.append(marks[table])
    return gathered


def is_host_mark(entry: Entry) -> bool:
    """Say whether a host told whether a guest is there."""
    return entry.command == MARK and entry.by_table is not None


def dependents(entry: Entry, entries: Sequence[Entry]) -> list[Entry]:
    """Return what has to be undone before an entry, newest first.

    A later command depends on an earlier one if it touched, or rests on, what that one wrote;
    and on what depends on it in turn. What was undone changes nothing any more. Who does a command
    again needs what it was built on: commands before it that were undone since are done again
    first, and those that hold again stay.
    """
    return dependents_among(entry, in_order(lines_from(entries)))


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Sort commands by what happened to them last, oldest first."""
    return sorted(lines, key=lambda line: line.last.number)


def dependents_among(entry: Entry, lines: Sequence[Line]) -> list[Entry]:
    """Return the same from the lines as `in_order` sorts them, for many entries at once."""
    place = bisect_right(lines, entry.number, key=lambda line: line.last.number)
    own = lines[place - 1]
    touched = written(entry.touches)
    found: list[Entry] = []
    for line in lines[place:]:
        is_ground = not own.holds and line.entry.number < own.entry.number
        if line.holds != is_ground and touched & rested_on(line.last.touches):
            touched |= written(line.last.touches)
            found.append(line.last)
    return found[::-1]


def display_name(entry: Entry) -> str:
    """Return who did it, as colleagues in the hall know them; empty for hosts and nobody."""
    if entry.by is None:
        return ""
    return entry.by.get_full_name().strip() or str(entry.by)
