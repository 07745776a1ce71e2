"""What was done in an AlpCafé, in sentences, the newest first, and what can be undone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.cafe.domain.commands import (
    Line,
    dependents_among,
    find_command,
    gather_marks,
    in_order,
    is_host_mark,
    lines_of,
)
from alpclusters.platform.cafe.domain.overview import open_among
from alpclusters.platform.cafe.models import AlpCafe, Block, Entry, Phase, Screen, Seat

# --- What was done in an AlpCafé, in a sentence; and why something could not be done --------------


_PLAIN: Final = {
    "open": gettext_lazy("AlpCafé opened"),
    "stop_input": gettext_lazy("Input stopped"),
    "close": gettext_lazy("AlpCafé closed"),
    "reopen": gettext_lazy("AlpCafé opened again"),
    "pause": gettext_lazy("Timer paused"),
    "resume": gettext_lazy("Timer goes on"),
    "renew_links": gettext_lazy("Links renewed"),
    "renew_code": gettext_lazy("Code renewed"),
    "seal": gettext_lazy("AlpCafé sealed"),
    "mark_seat": gettext_lazy("Guest marked"),
    "move_guest": gettext_lazy("Guest moved to another table"),
    "walk_out": gettext_lazy("Guest has left"),
    "no_show": gettext_lazy("Guest did not come"),
    "seat_late": gettext_lazy("Late guests seated"),
    "add_card": gettext_lazy("Card added"),
    "edit_card": gettext_lazy("Card corrected"),
    "hide_card": gettext_lazy("Card hidden"),
    "show_card": gettext_lazy("Card shown again"),
    "group_cards": gettext_lazy("Cards grouped into an insight"),
    "rename_insight": gettext_lazy("Insight renamed"),
    "ungroup_card": gettext_lazy("Card taken out of an insight"),
    "link_insight": gettext_lazy("Insight linked to a measure"),
    "join_similar": gettext_lazy("Similar cards joined"),
    "reject_similar": gettext_lazy("Cards are not similar"),
    "withdraw_summary": gettext_lazy("Summary taken back"),
    "hand_over": gettext_lazy("Summary handed over"),
    "set_margins": gettext_lazy("Shares of groups outside the room changed"),
    "call_for_help": gettext_lazy("Help called to the table"),
}


def describe(entry: Entry) -> str:
    """Say what an entry did; an undo is told as what it undoes."""
    made = _TOLD.get(entry.command)
    told = made(entry) if made else ""
    return told or str(_PLAIN.get(entry.command, entry.command))


def describe_marks(table: int, n: int) -> str:
    """Say how many guests the host of a table marked."""
    told = ngettext(
        "Table %(table)s: %(n)s guest marked", "Table %(table)s: %(n)s guests marked", n
    )
    return told % {"table": table, "n": n}


def describe_mark(entry: Entry, guests: Mapping[int, int]) -> str:
    """Say what a host marked; ``guests`` has the number on the name card of each guest."""
    guest, state = entry.arguments.get("guest"), entry.arguments.get("state")
    if guest not in guests or state not in Seat.State.values:
        return describe(entry)
    return f"{_('Guest %(n)s') % {'n': guests[guest]}} · {Seat.State(state).label}"


def phase_name(phase: str, round_index: int = 0) -> str:
    """Name a phase, with its round where it has one."""
    label = str(Phase(phase).label)
    if not round_index:
        return label
    return _("round %(n)s: %(phase)s") % {"n": round_index, "phase": label}


def _phase(entry: Entry) -> str:
    found = entry.after if entry.undoes_id is None else entry.before
    if "phase" not in found:
        return ""
    if found["phase"] == Phase.CLOSED:
        return str(_PLAIN["close"])
    return _("Phase: %(name)s") % {"name": phase_name(found["phase"], found["round_index"])}


def _minutes(entry: Entry) -> str:
    n = int(entry.arguments.get("minutes") or 0)
    return ngettext("%(n)s minute more", "%(n)s minutes more", n) % {"n": n} if n else ""


def _end(entry: Entry) -> str:
    n = entry.arguments.get("minutes")
    if n is None:
        return _("Timer removed")
    return ngettext("Timer set to %(n)s minute", "Timer set to %(n)s minutes", n) % {"n": n}


def _screen(entry: Entry) -> str:
    wanted = str(entry.arguments.get("screen", ""))
    if wanted not in Screen.values:
        return ""
    return _("Big screen: %(what)s") % {"what": Screen(wanted).label}


def _announcement(entry: Entry) -> str:
    text = str(entry.arguments.get("text", ""))
    return _("Announcement: %(text)s") % {"text": text} if text else _("Announcement removed")


def _release(entry: Entry) -> str:
    return _("Released: %(block)s") % {"block": _block(entry)}


def _withdrawal(entry: Entry) -> str:
    return _("Hidden again: %(block)s") % {"block": _block(entry)}


def _person_mark(entry: Entry) -> str:
    about = (entry.after if entry.undoes_id is None else entry.before).get("about")
    if about is None:
        return _("Mark “about the person” taken back")
    return _("Marked as about the person") if about else _("Marked as an opinion")


def _block(entry: Entry) -> str:
    found = str(entry.arguments.get("block") or entry.after.get("block") or "")
    return str(Block(found).label) if found in Block.values else found


_TOLD: Final[dict[str, Callable[[Entry], str]]] = {
    "next": _phase,
    "go_to": _phase,
    "extend": _minutes,
    "set_end": _end,
    "screen": _screen,
    "announce": _announcement,
    "release": _release,
    "withdraw": _withdrawal,
    "mark_person": _person_mark,
}


# --- why not ------------------------------------------------------------------------------

_REASONS: Final = {
    "cafe.not_in_preparation": gettext_lazy("The AlpCafé was opened before."),
    "cafe.nothing_to_rate": gettext_lazy("Choose at least one measure and one criterion first."),
    "cafe.not_open": gettext_lazy("The AlpCafé is not open."),
    "cafe.not_closed": gettext_lazy("The AlpCafé is not closed."),
    "cafe.sealed": gettext_lazy("The AlpCafé is sealed: nothing can be changed any more."),
    "cafe.at_the_end": gettext_lazy("There is no further phase."),
    "cafe.no_such_step": gettext_lazy("This AlpCafé does not have this phase."),
    "cafe.here_already": gettext_lazy("The AlpCafé is in this phase already."),
    "cafe.no_input_now": gettext_lazy("Nobody rates at the moment."),
    "cafe.input_stopped_before": gettext_lazy("The input was stopped before."),
    "cafe.no_timer": gettext_lazy("No timer is running."),
    "cafe.not_paused": gettext_lazy("The timer is not paused."),
    "cafe.minutes": gettext_lazy("Write whole minutes from 1 to 240."),
    "cafe.no_such_screen": gettext_lazy("Choose what the big screen shows."),
    "cafe.announcement": gettext_lazy("An announcement has at most 200 characters."),
    "cafe.released_before": gettext_lazy("This block is released already."),
    "cafe.not_released": gettext_lazy("This block is not released."),
    "cafe.too_few": gettext_lazy(
        "Fewer than 5 people are behind this block; it would give them away."
    ),
    "cafe.not_yet": gettext_lazy("Results can be released from the phase “results” on."),
    "cafe.no_such_block": gettext_lazy("This AlpCafé does not have this block of results."),
    "cafe.no_comments": gettext_lazy("Choose the comments that everybody may read."),
    "cafe.undone_before": gettext_lazy("This was undone before."),
    "cafe.final": gettext_lazy("This cannot be undone."),
    "cafe.unknown_seat": gettext_lazy("This guest has no such seat."),
    "cafe.nobody_waits": gettext_lazy("Everybody who has joined has a place, or there is no plan."),
}


def reason(error: AlpClustersError, entry: Entry | None = None) -> str:
    """Say why a command was refused; ``entry`` is what came first, where a screen was behind."""
    if error.code == "cafe.stale":
        return _stale(error, entry)
    return str(_REASONS.get(error.code, error.code))


def _stale(error: AlpClustersError, entry: Entry | None) -> str:
    name = str(error.values.get("by") or "")
    what = describe(entry) if entry else ""
    values: dict[str, Any] = {"name": name, "what": what}
    if name and what:
        return _("%(name)s was first – %(what)s. Look at the screen and decide again.") % values
    if what:
        return _("Somebody was first – %(what)s. Look at the screen and decide again.") % values
    return _("The AlpCafé has changed meanwhile. Look at the screen and decide again.")


# --- The undo list of the live cockpit: what was done, the newest first, and the way back ---------


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
