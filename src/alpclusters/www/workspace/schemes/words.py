"""Words of joint calls: attributes, values, who decides, who binds."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from alpclusters.analysis.funding.schemes import (
    LEVELS,
    Binding,
    Change,
    Choices,
    Conflict,
    Days,
    Line,
    Span,
)
from alpclusters.platform.funding.domain.themes import theme_label
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.reports.numbers import EN_DASH, format_money, format_number
from alpclusters.www.templatetags.figures import longdate
from alpclusters.www.workspace.funding_cases.words import CATEGORIES, KINDS

ATTRIBUTE_NAMES: Final[Mapping[str, Any]] = {
    "window": gettext_lazy("Window for applications"),
    "kinds": gettext_lazy("Who is funded"),
    "categories": gettext_lazy("Which costs"),
    "themes": gettext_lazy("Themes"),
    "rate_bp": gettext_lazy("Rate of funding"),
    "grant_ct": gettext_lazy("Grant for a partner"),
    "months": gettext_lazy("Duration in months"),
    "articles": gettext_lazy("Articles of State aid"),
    "partners": gettext_lazy("Number of partners"),
    "abroad": gettext_lazy("Spending abroad"),
    "languages": gettext_lazy("Languages of applications"),
}
ABROAD: Final[Mapping[str, Any]] = {
    "no": pgettext_lazy("spending abroad", "none"),
    "yes": pgettext_lazy("spending abroad", "allowed"),
}
LEVEL_NAMES: Final[Mapping[str, Any]] = {
    "call": gettext_lazy("text of the call"),
    "agency": gettext_lazy("guideline of the agency"),
    "region": gettext_lazy("decree of the region"),
    "nation": gettext_lazy("national law"),
    "union": gettext_lazy("law of the European Union"),
}
_BY_WEIGHT: Final = {weight: key for key, weight in LEVELS.items()}
_LANGUAGE_NAMES: Final = dict(LANGUAGES)
_HUNDREDTH: Final = 100

type Value = Choices | Span | Days


def language() -> str:
    """Return the reader's language as the number formats know it."""
    return nearest_language(get_language())


def key_text(attribute: str, key: str) -> str:
    """Return the name of one key of a set."""
    if attribute == "themes":
        return theme_label(key, get_language())
    tables: dict[str, Mapping[str, Any]] = {
        "kinds": KINDS,
        "categories": CATEGORIES,
        "abroad": ABROAD,
        "languages": _LANGUAGE_NAMES,
    }
    return str(tables.get(attribute, {}).get(key, key))


def value_text(attribute: str, value: Value | None) -> str:
    """Write a value; a dash for none."""
    if value is None:
        return EN_DASH
    if isinstance(value, Choices):
        return "; ".join(sorted(key_text(attribute, key) for key in value.values))
    if isinstance(value, Days):
        return f"{longdate(value.opens)} {EN_DASH} {longdate(value.closes)}"
    return _span(attribute, value)


def _span(attribute: str, value: Span) -> str:
    low = None if value.low is None else _number(attribute, value.low)
    high = None if value.high is None else _number(attribute, value.high)
    if low is None and high is None:
        return _("any")
    if low is None:
        return _("up to %(high)s") % {"high": high}
    if high is None:
        return _("from %(low)s") % {"low": low}
    return low if low == high else f"{low} {EN_DASH} {high}"


def _number(attribute: str, value: int) -> str:
    if attribute == "rate_bp":
        exact = value / _HUNDREDTH
        return f"{format_number(exact, language(), 0 if value % _HUNDREDTH == 0 else 2)}\u00a0%"
    if attribute == "grant_ct":
        return format_money(value, "EUR", language())
    return format_number(value, language(), 0)


def binding_texts(line: Line, names: Mapping[str, str]) -> list[str]:
    """Say who narrows a value, one line a scheme."""
    return [_binding(line.attribute, one, names[one.scheme]) for one in line.binding]


def _binding(attribute: str, one: Binding, name: str) -> str:
    if one.side == "values":
        lacking = "; ".join(key_text(attribute, key) for key in one.values)
        return _("%(name)s: not %(values)s") % {"name": name, "values": lacking}
    words = _side_words(attribute)[0 if one.side == "low" else 1]
    return f"{name}: {words}"


def _side_words(attribute: str) -> Sequence[str]:
    if attribute == "window":
        return _("first day"), _("last day")
    return _("lower end"), _("upper end")


def conflict_text(conflict: Conflict) -> str:
    """Say what does not fit."""
    words = {
        "attribute": ATTRIBUTE_NAMES[conflict.attribute],
        "wanted": value_text(conflict.attribute, conflict.wanted),
        "own": value_text(conflict.attribute, conflict.own),
    }
    if conflict.against == "call":
        return _("%(attribute)s: the call asks for %(wanted)s, the scheme has %(own)s") % words
    return _("%(attribute)s: the others have %(wanted)s in common, the scheme has %(own)s") % words


def level_text(weight: int) -> str:
    """Say who decides."""
    return str(LEVEL_NAMES.get(_BY_WEIGHT.get(weight, ""), weight))


def change_text(change: Change, labels: Mapping[str, Any]) -> str:
    """Say what would change: in the words of the scheme, else by its value."""
    attribute = ATTRIBUTE_NAMES[change.attribute]
    if change.value is None:
        return _("The call takes back what it asks for: %(attribute)s") % {"attribute": attribute}
    return label_text(labels.get(change.id)) or (
        f"{attribute}: {value_text(change.attribute, change.value)}"
    )


def label_text(label: Any) -> str:
    """Return a label of people, or of the demonstration in the reader's language."""
    if isinstance(label, Mapping):
        return str(label.get(language()) or label.get("en") or "")
    return str(label or "")
