"""What changed between two reports, in words: status first, then dates, money, texts."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alpclusters.analysis.plans import Change, Colour, diff_snapshots
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.policy.domain.monitoring.formats import comparable
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_money, format_number, format_percent
from alpclusters.reports.plan_fields import field_name, thing_name
from alpclusters.www.components.compare import compare
from alpclusters.www.components.parts import Side
from alpclusters.www.public.monitoring.words import any_colour_word, language, state_word

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
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
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
