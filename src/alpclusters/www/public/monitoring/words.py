"""How a status and its reasons read, computed now or kept in a report long ago."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from alpclusters.analysis.plans import ActionState, Colour, Reason
from alpclusters.platform.evaluation.domain.records import word
from alpclusters.reports.blocks import StatusKind
from alpclusters.reports.cells import status_word
from alpclusters.reports.plan_reasons import reason_texts
from alpclusters.reports.plan_status import Standing, colour_word, status_of

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHARE: Final = re.compile(r"-?\d+\.\d{6}")
_LOOKS: Final[Mapping[StatusKind, tuple[str, str]]] = {
    StatusKind.ON_TRACK: ("check", "good"),
    StatusKind.DELAYED: ("triangle-alert", "warn"),
    StatusKind.FAR_BEHIND: ("circle-alert", "bad"),
    StatusKind.NO_REPORT: ("clock", ""),
    StatusKind.PLANNED: ("calendar", ""),
    StatusKind.DONE: ("circle-check", "info"),
    StatusKind.STOPPED: ("x", ""),
}


@dataclass(frozen=True)
class StatusBadge:
    """A status with a word, a symbol and a tone; ``detail`` says what was computed or known."""

    text: str
    icon: str
    tone: str
    detail: str


@dataclass(frozen=True)
class StoredStatus:
    """The part of a kept status that words are made of."""

    state: ActionState
    colour: Colour
    last_known: Colour | None


@dataclass(frozen=True)
class StoredStanding:
    """A kept status as `reports.plan_status` reads a computed one."""

    status: Any
    shown: Colour


def language() -> str:
    """Return the language of the page."""
    return get_language() or "en"


def here(words: Mapping[str, str] | None) -> str:
    """Return a text in the language of the page."""
    return word(words, language()) if words else ""


def status_badge(line: Standing) -> StatusBadge:
    """Return the badge of an action."""
    status = status_of(line, language())
    icon, tone = _LOOKS[status.kind]
    return StatusBadge(status_word(status, language()), icon, tone, status.detail)


def stored_badge(status: Mapping[str, Any]) -> StatusBadge:
    """Return the badge of an action as a report kept it."""
    last = status["last_known"]
    kept = StoredStatus(
        ActionState(status["state"]), Colour(status["colour"]), Colour(last) if last else None
    )
    return status_badge(StoredStanding(kept, Colour(status["shown"])))


def stored_reasons(status: Mapping[str, Any]) -> Sequence[str]:
    """Return the reasons a report kept, as sentences."""
    reasons = [
        Reason(one["key"], {name: _value(value) for name, value in one["params"].items()})
        for one in status["reasons"]
    ]
    return reason_texts(reasons, language())


def _value(value: Any) -> Any:
    """Turn the text of a canonical form back into a day or a number."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    if isinstance(value, str) and _SHARE.fullmatch(value):
        return float(value)
    return value


_STATES: Final[Mapping[str, Any]] = {
    "planned": pgettext_lazy("action", "planned"),
    "running": pgettext_lazy("action", "running"),
    "done": pgettext_lazy("action", "done"),
    "done_late": pgettext_lazy("action", "done late"),
    "stopped": pgettext_lazy("action", "stopped"),
    "undated": pgettext_lazy("action", "without dates"),
    "measured": pgettext_lazy("indicator", "measured"),
    "not_due": pgettext_lazy("indicator", "not due yet"),
    "overdue": pgettext_lazy("indicator", "overdue"),
    "no_baseline": pgettext_lazy("indicator", "no baseline"),
    "no_target": pgettext_lazy("indicator", "no target"),
    "stale": pgettext_lazy("indicator", "too old"),
}


def state_word(state: str) -> Any:
    """Return the word for where an action or indicator is in its life."""
    return _STATES.get(str(state), str(state))


_OF_PLANS: Final[Mapping[str, Any]] = {
    "complete": gettext_lazy("all actions done"),
    "ended": pgettext_lazy("action", "ended"),
}


def any_colour_word(colour: str) -> str:
    """Return the word for the colour of an action, an indicator or a whole plan."""
    if colour in _OF_PLANS:
        return str(_OF_PLANS[colour])
    return colour_word(colour, language()) if colour in set(Colour) else str(colour)
