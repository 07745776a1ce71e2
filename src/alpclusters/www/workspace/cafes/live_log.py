"""The undo list of the live cockpit: what was done, the newest first, and the way back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from alpclusters.platform.cafe.domain.commands import find_command
from alpclusters.platform.cafe.domain.helps import open_among
from alpclusters.platform.cafe.domain.log import (
    Line,
    dependents_among,
    gather_marks,
    in_order,
    is_host_mark,
    lines_of,
)
from alpclusters.platform.cafe.models import AlpCafe, Entry
from alpclusters.www.workspace.cafes.log_words import describe, describe_mark, describe_marks

SHOWN: Final = 8


@dataclass(frozen=True)
class LogLine:
    """A command in the undo list, or what the host of a table marked one after the other.

    Attributes
    ----------
    entry, last : Entry
        The command, and the last undo of it; of several marks those of the newest.
    marks : tuple of LogLine
        The single marks, newest first; empty for every other command.
    """

    entry: Entry
    last: Entry
    what: str
    holds: bool
    is_final: bool
    has_dependents: bool
    marks: tuple["LogLine", ...] = ()

    @property
    def key(self) -> str:
        """Name several marks by the first one: the host may mark more."""
        return f"marks-{self.marks[-1].entry.number}" if self.marks else ""


class LiveLog:
    """The log of an AlpCafé, read once."""

    def __init__(self, cafe: AlpCafe) -> None:
        self.cafe = cafe

    @cached_property
    def lines(self) -> list[LogLine]:
        """The latest commands, newest first."""
        return [self._gathered(group) for group in self._shown]

    @cached_property
    def latest(self) -> LogLine | None:
        """What Undo takes back first: the last command of a facilitator, never one of a host."""
        own = (line for line in self._all if line.holds and line.entry.by_table is None)
        found = next(own, None)
        line = self._single(found, describe(found.entry)) if found else None
        return line if line and not line.is_final else None

    @cached_property
    def calls(self) -> list[LogLine]:
        """The tables that wait for help; the way back says that somebody has gone there."""
        return [self._single(line, describe(line.entry)) for line in open_among(self._all)]

    @cached_property
    def _all(self) -> list[Line]:
        return lines_of(self.cafe)

    @cached_property
    def _in_order(self) -> list[Line]:
        return in_order(self._all)

    @cached_property
    def _shown(self) -> list[list[Line]]:
        return gather_marks(self._all)[:SHOWN]

    @cached_property
    def _guests(self) -> Mapping[int, int]:
        """Numbers on the name cards, where a mark is shown at all."""
        if not any(is_host_mark(line.entry) for group in self._shown for line in group):
            return {}
        return dict(self.cafe.guests.values_list("pk", "number"))

    def _gathered(self, group: Sequence[Line]) -> LogLine:
        newest = group[0]
        if len(group) == 1:
            return self._single(newest, describe_mark(newest.entry, self._guests))
        holding = [line for line in group if line.holds]
        guests = {line.entry.arguments.get("guest") for line in holding or group}
        return LogLine(
            newest.entry,
            newest.last,
            describe_marks(newest.entry.by_table or 0, len(guests)),
            holds=bool(holding),
            is_final=self.cafe.is_sealed,
            has_dependents=False,
            marks=tuple(self._single(m, describe_mark(m.entry, self._guests)) for m in group),
        )

    def _single(self, line: Line, what: str) -> LogLine:
        return LogLine(
            line.entry,
            line.last,
            what,
            line.holds,
            is_final=self.cafe.is_sealed or find_command(line.entry.command).is_final,
            has_dependents=bool(dependents_among(line.last, self._in_order)),
        )
