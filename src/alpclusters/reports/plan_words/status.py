"""Where an action of a plan stands in words and shapes, and why."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Protocol

from alpclusters.analysis.plans import ActionState, ActionStatus, Colour, Reason
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Status, StatusKind
from alpclusters.reports.cells import status_word
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_integer, format_number, format_percent

if TYPE_CHECKING:
    from alpclusters.analysis.plans import PlanSummary


# --- Where an action of a plan stands, in one word with one shape: the same on page and paper -----


# What needs attention stands first: late, unknown, at risk, on track; then what is over.
ORDER: Final = (
    StatusKind.FAR_BEHIND,
    StatusKind.NO_REPORT,
    StatusKind.DELAYED,
    StatusKind.ON_TRACK,
    StatusKind.PLANNED,
    StatusKind.DONE,
    StatusKind.STOPPED,
)
_BY_COLOUR: Final[Mapping[Colour, StatusKind]] = {
    Colour.RED: StatusKind.FAR_BEHIND,
    Colour.GREY: StatusKind.NO_REPORT,
    Colour.YELLOW: StatusKind.DELAYED,
    Colour.GREEN: StatusKind.ON_TRACK,
    Colour.BLUE: StatusKind.DONE,
    Colour.NONE: StatusKind.STOPPED,
}


class Standing(Protocol):
    """An action or its outline: computed status and what is shown."""

    @property
    def status(self) -> ActionStatus: ...  # noqa: D102 - a field

    @property
    def shown(self) -> Colour: ...  # noqa: D102 - a field


def kind_of(line: Standing) -> StatusKind:
    """Return the kind of status that is shown for an action."""
    if line.status.state is ActionState.PLANNED and line.shown is Colour.GREEN:
        return StatusKind.PLANNED
    return _BY_COLOUR[line.shown]


def status_of(line: Standing, language: str) -> Status:
    """Return the status of an action with its word and, where it is stale, the last known one."""
    kind = kind_of(line)
    return Status(kind, _own_word(line, kind, language), _detail(line, language))


def _own_word(line: Standing, kind: StatusKind, language: str) -> str:
    text = translator(language)
    if line.status.state is ActionState.UNDATED:
        return text.gettext("no dates")
    if line.status.state is ActionState.DONE_LATE:
        return text.gettext("done late")
    if line.status.state is ActionState.PLANNED and kind is StatusKind.DELAYED:
        return text.gettext("planned, will be late")
    if line.status.state is ActionState.PLANNED and kind is StatusKind.FAR_BEHIND:
        return text.gettext("planned, will be very late")
    return ""


def _detail(line: Standing, language: str) -> str:
    last = line.status.last_known
    if last is not None:
        word = colour_word(last, language)
        return translator(language).gettext("last known: %(word)s") % {"word": word}
    if line.shown is not line.status.colour:
        word = colour_word(line.status.colour, language)
        return translator(language).gettext("computed: %(word)s") % {"word": word}
    return ""


def colour_word(colour: Colour | str, language: str) -> str:
    """Return the word of a colour."""
    return status_word(Status(_BY_COLOUR[Colour(colour)]), language)


def colour_kind(colour: Colour | str) -> StatusKind:
    """Return the kind of status of a colour."""
    return _BY_COLOUR[Colour(colour)]


def by_urgency[Line: Standing](lines: Iterable[Line]) -> list[Line]:
    """Sort lines red, grey, yellow, green, planned, done, stopped; else they keep their order."""
    return sorted(lines, key=lambda line: ORDER.index(kind_of(line)))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many actions of a plan stand how."""

    n: int
    by_kind: Mapping[StatusKind, int]

    def of(self, *kinds: StatusKind) -> int:
        """Return how many stand in one of these ways."""
        return sum(self.by_kind.get(kind, 0) for kind in kinds)


def count_kinds(lines: Iterable[Standing]) -> Counts:
    """Count the lines of a plan by their status."""
    found: dict[StatusKind, int] = {}
    n = 0
    for n, line in enumerate(lines, start=1):  # noqa: B007 - the last number is the count
        kind = kind_of(line)
        found[kind] = found.get(kind, 0) + 1
    return Counts(n, found)


def plan_word(summary: "PlanSummary", language: str) -> str:
    """Return the word for a plan as a whole."""
    text = translator(language)
    words = {
        "green": text.gettext("on track"),
        "yellow": text.gettext("delayed"),
        "red": text.gettext("far behind"),
        "grey": text.gettext("no current report"),
        "complete": text.gettext("all actions done"),
        "ended": text.gettext("ended"),
    }
    return words[str(summary.colour)]


def forecast_of(line: Standing) -> "date | None":
    """Return the computed end of an action that is still open."""
    is_open = line.status.state in {ActionState.PLANNED, ActionState.RUNNING}
    return line.status.forecast if is_open else None


# --- Why an action or an indicator stands as it does: the keys of the computation as sentences


type Names = Mapping[str, str]
"""What the actions that a sentence names are called, by their key."""

# Sentences without a count, or with numbers in brackets.
_PLAIN: Final[Mapping[str, str]] = {
    "undated": _("Start or end is missing, so nothing can be computed."),
    "done": _("Done in time."),
    "done_undated": _("Done. Without a planned end nobody can say whether in time."),
    "stopped": _("Stopped on %(on)s."),
    "on_time": _("At the pace so far it will be finished in time."),
    "mark_done": _("Everything is reported as reached. Is it done?"),
    "waiting": _("It waits for an action before it, which is expected to end on %(ready)s."),
    "progress_from_milestones": _(
        "No figure was reported; the progress is the weight of the milestones reached."
    ),
    "progress_missing": _("No progress has been reported."),
    "progress_clamped": _("The figure that was reported is no share of the way and was cut."),
    "progress_differs": _(
        "The report says %(reported)s, the milestones say %(milestones)s. The report counts."
    ),
    "predecessor_stopped": _("An action before it was stopped: %(action)s."),
    "predecessor_undated": _("An action before it has no dates: %(action)s."),
    # Indicators.
    "gap_green": _("Reached %(progress)s of the way, expected %(expected)s."),
    "gap_yellow": _("Behind: reached %(progress)s of the way, expected %(expected)s."),
    "gap_red": _("Far behind: reached %(progress)s of the way, expected %(expected)s."),
    "held_green": _("The value is held: %(value)s, target %(target)s."),
    "held_yellow": _("The value is not quite held: %(value)s, target %(target)s."),
    "held_red": _("The value is not held: %(value)s, target %(target)s."),
    "not_held": _("The value is not held: %(value)s, target %(target)s."),
    "not_due": _("No value yet; the first is due on %(due)s."),
    "overdue": _("No value has been reported; it was due on %(due)s."),
    "no_baseline": _("There is no baseline, so no progress can be computed."),
    "no_target": _("There is no target, so no progress can be computed."),
    # A plan as a whole.
    "no_actions": _("The plan has no actions."),
    "all_complete": _("All actions are done."),
    "all_ended": _("No action is open any more; actions that were stopped: %(stopped)s."),
    "grey_share": _("For more than half of the weight nobody has reported (%(share)s)."),
    "critical_red": _("A critical action is far behind."),
    "red_share": _("Actions that are far behind carry %(share)s of the weight."),
    "some_late": _("Of the weight, %(red)s is far behind and %(yellow)s delayed."),
    "few_late": _("Of the weight, %(yellow)s is delayed."),
}


def reason_text(reason: Reason, language: str, names: Names | None = None) -> str:
    """Return a reason as a sentence.

    Parameters
    ----------
    reason : Reason
        From the status of an action or indicator.
    language : str
    names : mapping, optional
        Codes or titles of other actions by their key.

    Notes
    -----
    A key that has no sentence yet is shown as it is: better a bare word than a missing reason.
    """
    params = {**reason.params}
    if "action" in params:
        params["action"] = (names or {}).get(str(params["action"]), str(params["action"]))
    counted = _COUNTED.get(reason.key)
    if counted is not None:
        return counted(params, language)
    sentence = _PLAIN.get(reason.key)
    if sentence is None:
        return reason.key.replace("_", " ")
    return translator(language).gettext(sentence) % _printed(params, language)


def reason_texts(reasons: Sequence[Reason], language: str, names: Names | None = None) -> list[str]:
    """Return the reasons of a status in their order."""
    return [reason_text(reason, language, names) for reason in reasons]


_SHARES: Final = frozenset(
    {"progress", "reported", "milestones", "gap", "expected", "share", "red", "yellow"}
)


def _printed(params: Mapping[str, Any], language: str) -> dict[str, str]:
    return {name: _value(name, value, language) for name, value in params.items()}


def _value(name: str, value: Any, language: str) -> str:
    match value:
        case date():
            return format_date(value, language)
        case bool() | str():
            return str(value)
        case int():
            return format_integer(value, language)
        case float() if name in _SHARES:
            return format_percent(value, language)
        case float():
            return format_number(value, language)
        case _:
            return str(value)


def _days(value: Any, language: str) -> str:
    """Print a tolerance: whole days, as far as it reaches."""
    return format_integer(int(value), language)


def _delay(params: Mapping[str, Any], language: str) -> str:
    n = int(params["days"])
    return translator(language).ngettext(
        "At the pace so far it will be finished %(n)s day late (up to %(green)s still count as on "
        "track, up to %(yellow)s as delayed).",
        "At the pace so far it will be finished %(n)s days late (up to %(green)s still count as on "
        "track, up to %(yellow)s as delayed).",
        n,
    ) % {
        "n": format_integer(n, language),
        "green": _days(params["green"], language),
        "yellow": _days(params["yellow"], language),
    }


def _done_late(params: Mapping[str, Any], language: str) -> str:
    n = int(params["days"])
    text = translator(language)
    if n == 0:
        return text.gettext(_PLAIN["done"])
    sentence = text.ngettext(
        "Done %(n)s day after the planned end (up to %(tolerance)s count as in time).",
        "Done %(n)s days after the planned end (up to %(tolerance)s count as in time).",
        n,
    )
    return sentence % {
        "n": format_integer(n, language),
        "tolerance": _days(params["tolerance"], language),
    }


def _after_end(params: Mapping[str, Any], language: str) -> str:
    n = int(params["days"])
    return translator(language).ngettext(
        "The planned end was %(n)s day ago.", "The planned end was %(n)s days ago.", n
    ) % {"n": format_integer(n, language)}


def _milestone(params: Mapping[str, Any], language: str) -> str:
    n = int(params["n"])
    return translator(language).ngettext(
        "%(n)s milestone is overdue and open; it was due on %(due)s.",
        "%(n)s milestones are overdue and open; the one that weighs most was due on %(due)s.",
        n,
    ) % {"n": format_integer(n, language), "due": format_date(params["due"], language)}


def _stale(params: Mapping[str, Any], language: str) -> str:
    n = int(params["days"])
    return translator(language).ngettext(
        "Nobody has reported for %(n)s day (limit: %(limit)s), so nobody can say how it stands.",
        "Nobody has reported for %(n)s days (limit: %(limit)s), so nobody can say how it stands.",
        n,
    ) % {"n": format_integer(n, language), "limit": _days(params["limit"], language)}


def _stale_value(params: Mapping[str, Any], language: str) -> str:
    n = int(params["days"])
    return translator(language).ngettext(
        "The last value is %(n)s day old (limit: %(limit)s).",
        "The last value is %(n)s days old (limit: %(limit)s).",
        n,
    ) % {"n": format_integer(n, language), "limit": _days(params["limit"], language)}


_COUNTED: Final[Mapping[str, Callable[[Mapping[str, Any], str], str]]] = {
    "done": _done_late,
    "done_late": _done_late,
    "after_end": _after_end,
    "delay_green": _delay,
    "delay_yellow": _delay,
    "delay_red": _delay,
    "milestone_yellow": _milestone,
    "milestone_red": _milestone,
    "stale": _stale,
    "stale_value": _stale_value,
}
