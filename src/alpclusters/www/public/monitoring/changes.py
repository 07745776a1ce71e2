"""What changed between two reports, in words: status with reasons, dates, money, texts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from alpclusters.analysis.plans import ActionState, Change, Colour, Reason, diff_snapshots
from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.policy.domain.monitoring.verifying import comparable
from alpclusters.reports.blocks import StatusKind
from alpclusters.reports.cells import status_word
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_money, format_number, format_percent
from alpclusters.reports.plan_words.figures import field_name, thing_name
from alpclusters.reports.plan_words.status import Standing, colour_word, reason_texts, status_of
from alpclusters.www.components.marked_text import compare
from alpclusters.www.components.parts import Side

# --- How a status and its reasons read, computed now or kept in a report long ago -----------------


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


# --- What changed between two reports, in words: status first, then dates, money, texts -----------


# What changes with every report and says nothing about the plan.
IGNORED: Final = (
    "reasons", "at", "number", "software", "format", "round", "corrects", "severity",
    "progress_source", "convention", "digest", "version", "published_at", "created_at", "slug",
    "money", "money_sums", "translations", "way", "source_key", "forecast", "delay_days", "ready",
    "rules", "overall", "report", "expected", "expected_progress", "gap", "values",
)  # fmt: skip
GROUPS: Final[Mapping[str, Any]] = {
    "status": gettext_lazy("Status"),
    "object": gettext_lazy("Added and removed"),
    "date": gettext_lazy("Dates"),
    "money": gettext_lazy("Money"),
    "figure": gettext_lazy("Other figures"),
    "text": gettext_lazy("Texts"),
}
_NUMBER: Final = re.compile(r"-?\d+\.\d+")
_LANGUAGES: Final = dict(LANGUAGES)
_COLOURS: Final = frozenset({"shown", "colour", "last_known", "computed"})
_SHORT: Final = 60


@dataclass(frozen=True)
class ChangeView:
    """One change: of what, before and after; long texts word by word."""

    code: str
    thing: Any
    field: Any
    language: str
    kind: str
    old: str
    new: str
    sides: Sequence[Side] = ()


@dataclass(frozen=True)
class ChangeGroup:
    """The changes of one kind."""

    key: str
    title: Any
    changes: Sequence[ChangeView]
    n: int

    @property
    def n_more(self) -> int:
        """How many are not shown."""
        return self.n - len(self.changes)


def change_groups(
    old: Mapping[str, Any], new: Mapping[str, Any], *, most: int
) -> list[ChangeGroup]:
    """Return the changes by kind, at most so many of each."""
    found = diff_snapshots(comparable(old, new), new, ignore=IGNORED)
    currencies = {**_currencies(old), **_currencies(new)}
    names = {**_names(old), **_names(new)}
    groups = []
    for key, title in GROUPS.items():
        mine = [one for one in found if one.group == key and _says_something(one)]
        if mine:
            views = [change_view(one, currencies, names) for one in mine[:most]]
            groups.append(ChangeGroup(key, title, views, len(mine)))
    return groups


def _says_something(change: Change) -> bool:
    """Leave out the computed colour where it is shown as well, and empty against nothing."""
    if change.thing == "actions" and change.field == "status.colour":
        return False
    return bool(change.old) or bool(change.new)


def _currencies(content: Mapping[str, Any]) -> dict[str, str]:
    """Return the currency of each amount by uuid."""
    return {
        line["uuid"]: line["currency"]
        for action in content["actions"]
        for line in (*action["costs"], *action["funding"])
    }


def _names(content: Mapping[str, Any]) -> dict[str, str]:
    """Name the things that have no code, by uuid."""
    milestones = [line for action in content["actions"] for line in action["milestones"]]
    return {line["uuid"]: _name(line) for line in (*content["indicators"], *milestones)}


def change_view(
    change: Change, currencies: Mapping[str, str], names: Mapping[str, str]
) -> ChangeView:
    """Put a change into words."""
    leaf = change.field.rpartition(".")[2]
    code = leaf if leaf in _LANGUAGES else ""
    currency = currencies.get(change.uuid, "")
    old, new = (_words(change, value, currency) for value in (change.old, change.new))
    is_long = change.group == "text" and max(len(old), len(new)) > _SHORT and old and new
    return ChangeView(
        code=change.code,
        thing=_thing(change, names),
        field=field_name(change.thing, change.field),
        language=code,
        kind=change.kind,
        old=old,
        new=new,
        sides=_sides(old, new, code) if is_long else (),
    )


def _thing(change: Change, names: Mapping[str, str]) -> str:
    name = names.get(change.uuid, "")
    return f"{name} ({thing_name(change.thing)})" if name else str(thing_name(change.thing))


def _sides(old: str, new: str, code: str) -> Sequence[Side]:
    left, right = compare(old, new)
    return (Side(_("Before"), left, code), Side(_("After"), right, code))


def _words(change: Change, value: Any, currency: str) -> str:
    if value in (None, "", [], {}):
        return "–"
    if change.kind != "changed":
        return _name(value)
    leaf = change.field.rpartition(".")[2]
    if leaf in _COLOURS:
        return _colour(change, value)
    if leaf == "state":
        return str(state_word(value))
    if leaf.endswith("_cents"):
        return format_money(int(value), currency, language())
    return _figure(leaf, value)


def _colour(change: Change, value: str) -> str:
    """An indicator without a colour is not due; an action without one was stopped."""
    if change.thing == "indicators" and value == Colour.NONE:
        return str(state_word("not_due"))
    return any_colour_word(value)


def _name(whole: Any) -> str:
    """Name an object that came or went by its title, text or body."""
    for key in ("title", "name", "text", "body", "source", "code", "year"):
        value = whole.get(key)
        if isinstance(value, Mapping):
            value = value.get(language()) or value.get("en") or next(iter(value.values()), "")
        if value:
            return str(value)
    return "–"


def _figure(leaf: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return "; ".join(_figure("", item) for item in value)
    if isinstance(value, Mapping):
        return ", ".join(_figure(key, item) for key, item in value.items() if item)
    text = str(value)
    if _DAY.fullmatch(text):
        return format_date(date.fromisoformat(text), language())
    if not _NUMBER.fullmatch(text):
        return text
    is_share = leaf == "progress"
    write = format_percent if is_share else format_number
    return write(float(text), language())
