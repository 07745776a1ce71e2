"""Where an action of a plan stands, in one word with one shape: the same on page and paper."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from alpclusters.analysis.plans import ActionState, ActionStatus, Colour
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Status, StatusKind
from alpclusters.reports.cells import status_word

if TYPE_CHECKING:
    from datetime import date

    from alpclusters.analysis.plans import PlanSummary

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
