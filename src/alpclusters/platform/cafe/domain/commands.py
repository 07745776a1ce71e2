"""The commands of facilitators and hosts: each says how it is applied and how it is taken back.

A module registers its commands when it is imported; `MODULES` names the modules, and subjects above
this one add theirs with `add_commands`. ``apply`` gets
the locked AlpCafé and changes rows (the AlpCafé itself is saved by the caller); ``revert`` makes
what stood in ``before`` hold again where ``after`` holds now. Called with the two exchanged it
does the command again, so it must be written for both directions.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any, Final

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.models import AlpCafe, Entry

MODULES: Final[tuple[str, ...]] = (
    "phases",
    "screens",
    "sealing",
    "seats",
    "cards",
    "top_threes",
    "insights",
    "similar",
    "overview",
    "margins",
)
"""Modules of this folder that register commands."""
# What a command only looked at: a later change of it does not depend on the command.
LOOKED_AT: Final = "?"

type State = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """A command as it was given.

    Attributes
    ----------
    cafe : AlpCafe
        Its row is locked; `apply` sets fields, the caller saves.
    arguments : mapping
        Of the command, already known to be JSON.
    now : datetime
    by, by_table
        Who gave it: a person with an account, or the host of a table.
    """

    cafe: AlpCafe
    arguments: Mapping[str, Any]
    now: datetime
    by: User | None = None
    by_table: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a command did, in JSON.

    Attributes
    ----------
    before, after : mapping
        What `revert` needs, in the words of the command's module.
    touches : list of str
        What it wrote ("phase", "card:12"); with a leading "?" what it only rests on. A later
        command that touches what this one wrote depends on it.
    """

    before: dict[str, Any]
    after: dict[str, Any]
    touches: list[str] = field(default_factory=list)


type Apply = Callable[[Order], Change]
type Revert = Callable[[AlpCafe, State, State, datetime], None]


@dataclass(frozen=True, slots=True)
class Command:
    """A registered command.

    Attributes
    ----------
    is_strict : bool
        A command of a screen that is behind is refused. Commands of many hosts at once are not
        strict: they are refused only if somebody else touched the same thing meanwhile.
    """

    name: str
    apply: Apply
    revert: Revert | None
    is_strict: bool = True

    @property
    def is_final(self) -> bool:
        """Say whether it cannot be undone."""
        return self.revert is None


_registered: dict[str, Command] = {}
_modules: list[str] = [f"{__package__}.{name}" for name in MODULES]


def register(name: str, apply: Apply, revert: Revert | None, *, is_strict: bool = True) -> None:
    """Add a command; without ``revert`` it is final."""
    _registered[name] = Command(name, apply, revert, is_strict)


def add_commands(module: str) -> None:
    """Name a module of a subject above this one that registers commands when it is imported."""
    if module not in _modules:
        _modules.append(module)


def find_command(name: str) -> Command:
    """Return a command by its name.

    Raises
    ------
    StateError
        ``cafe.unknown_command``.
    """
    if name not in _registered:
        _load()
    if name not in _registered:
        raise StateError("cafe.unknown_command", found=name)
    return _registered[name]


def written(touches: list[str]) -> set[str]:
    """Return what was written, without what was only looked at."""
    return {touch for touch in touches if not touch.startswith(LOOKED_AT)}


def rested_on(touches: list[str]) -> set[str]:
    """Return everything that was written or looked at."""
    return {touch.removeprefix(LOOKED_AT) for touch in touches}


def _load() -> None:
    for name in _modules:
        import_module(name)


# --- The log of an AlpCafé: what was done, what of it holds, what rests on what -------------------


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


# --- Where an AlpCafé stands, as JSON that can be put back later: phase, timer, input -------------


PHASE: Final = "phase"
TIMER: Final = "timer"
INPUT: Final = "input"

_PLAIN: Final = ("phase", "round_index", "state", "paused_left_ms")
_TIMES: Final = ("opened_at", "closed_at", "input_stopped_at")
_MILLISECOND: Final = timedelta(milliseconds=1)


def stand_of(cafe: AlpCafe, now: datetime) -> dict[str, Any]:
    """Return phase, timer and input; of the timer the time that is left, not its end."""
    left = None if cafe.ends_at is None else (cafe.ends_at - now) // _MILLISECOND
    return {
        **{name: getattr(cafe, name) for name in _PLAIN},
        **{name: written_time(getattr(cafe, name)) for name in _TIMES},
        "left_ms": left,
    }


def put_back(cafe: AlpCafe, stand: Mapping[str, Any], now: datetime) -> None:
    """Set the AlpCafé to a stand; a timer goes on with the time that was left."""
    for name in _PLAIN:
        setattr(cafe, name, stand[name])
    for name in _TIMES:
        setattr(cafe, name, read_time(stand[name]))
    left = stand["left_ms"]
    cafe.ends_at = None if left is None else now + left * _MILLISECOND


def written_time(moment: datetime | None) -> str | None:
    """Write a moment as JSON has it."""
    return None if moment is None else moment.isoformat()


def read_time(text: str | None) -> datetime | None:
    """Read what `written_time` wrote."""
    return None if text is None else datetime.fromisoformat(text)
