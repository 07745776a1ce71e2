"""Who may apply: a condition as nested sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from alpclusters.analysis.funding.eligibility import field_of
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.territory.models import ProgrammeArea
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_money, format_number
from alpclusters.www.public.funding.fields import field_label
from alpclusters.www.public.funding.names import (
    category_name,
    kind_name,
    place_name,
    region_names,
    size_name,
    theme_name,
)

CODED: Final = {"eq": ["offer.conditions_coded", True]}
_NAMED: Final[Mapping[str, Any]] = {
    "kind": kind_name,
    "size": size_name,
    "themes": theme_name,
    "technologies": theme_name,
    "categories": category_name,
}


@dataclass(frozen=True)
class ConditionView:
    """A sentence, and the conditions it gathers."""

    text: str
    parts: Sequence["ConditionView"] = ()
    is_open: bool = False


@dataclass(frozen=True)
class Places:
    """The names that a condition needs, looked up once."""

    regions: Mapping[str, str]
    areas: Mapping[str, str]

    @classmethod
    def of(cls, *expressions: Mapping[str, Any]) -> "Places":
        """Look up regions and areas of conditions (two queries at most)."""
        found = [territory for one in expressions for territory in _territories(one)]
        codes = {c for t in found for c in (*t.get("nuts", ()), *t.get("except", ()))}
        keys = {t["area"] for t in found if "area" in t}
        areas = ProgrammeArea.objects.filter(key__in=keys) if keys else ()
        return cls(region_names(codes), {area.key: area.name for area in areas})

    def listed(self, codes: Sequence[str]) -> str:
        """Return the names of places."""
        return ", ".join(place_name(code, self.regions) for code in codes)


def condition_view(expression: Mapping[str, Any], places: Places) -> ConditionView:
    """Put a condition into sentences of the reader's language.

    An expression of one's own data may be anything: what is not known is shown as it stands.
    """
    if expression == CODED:
        text = _("Further conditions of the source are not coded here: ask the programme.")
        return ConditionView(text, is_open=True)
    ((name, value),) = expression.items()
    if name in {"all", "any"}:
        return _gathered(name, value, places)
    if name == "not":
        return ConditionView(_("This must not hold:"), (condition_view(value, places),))
    if name == "const":
        return ConditionView(_("Everybody") if value else _("Nobody"))
    if name == "known":
        return ConditionView(_("Known: %(what)s") % {"what": field_label(value)})
    if name == "atleast":
        return _at_least(value, places)
    if name == "count":
        return _counted(value, places)
    if name == "within":
        return ConditionView(_within(value, places))
    return ConditionView(_compared(name, *value))


def _gathered(name: str, parts: Sequence[Mapping[str, Any]], places: Places) -> ConditionView:
    views = [condition_view(part, places) for part in parts]
    if len(views) == 1:
        return views[0]
    if not views:
        return ConditionView(_("Everybody") if name == "all" else _("Nobody"))
    return ConditionView(_("All of these:") if name == "all" else _("One of these:"), views)


def _at_least(value: Mapping[str, Any], places: Places) -> ConditionView:
    text = _("At least %(n)s of these:") % {"n": value["n"]}
    return ConditionView(text, [condition_view(part, places) for part in value["of"]])


def _counted(value: Mapping[str, Any], places: Places) -> ConditionView:
    n = value["ge"]
    text = ngettext("At least %(n)s partner with:", "At least %(n)s partners with:", n) % {"n": n}
    if distinct := value.get("distinct"):
        told = {"n": n, "what": field_label(distinct)}
        text = _("Partners with at least %(n)s different values of “%(what)s”, with:") % told
    return ConditionView(text, (condition_view(value["where"], places),))


def _within(value: Sequence[Any], places: Places) -> str:
    path, where = value
    label = field_label(path)
    if "area" in where:
        area = places.areas.get(where["area"], where["area"])
        return _("%(what)s: in the area %(area)s") % {"what": label, "area": area}
    told = {"what": label, "places": places.listed(where["nuts"])}
    if left_out := where.get("except"):
        told["except"] = places.listed(left_out)
        return _("%(what)s: %(places)s, but not %(except)s") % told
    return _("%(what)s: %(places)s") % told


def _compared(name: str, path: str, value: Any) -> str:
    label = field_label(path)
    if name in {"in", "hasany", "hasall"}:
        words = [value_words(path, one) for one in value]
        joined = pgettext("in a list of alternatives", " or ").join(words)
        if name == "hasall":
            joined = pgettext("in a list of all", " and ").join(words)
        return _("%(what)s: %(values)s") % {"what": label, "values": joined}
    told = {"what": label, "value": value_words(path, value)}
    return _SENTENCES[name]() % told


_SENTENCES: Final[Mapping[str, Any]] = {
    "eq": lambda: _("%(what)s: %(value)s"),
    "ne": lambda: _("%(what)s: not %(value)s"),
    "lt": lambda: _("%(what)s: less than %(value)s"),
    "le": lambda: _("%(what)s: at most %(value)s"),
    "gt": lambda: _("%(what)s: more than %(value)s"),
    "ge": lambda: _("%(what)s: at least %(value)s"),
}


def value_words(path: str, value: Any) -> str:
    """Write a value as its field is meant: an amount, a day, a word of a list."""
    language = nearest_language(get_language())
    if isinstance(value, Mapping):
        return _("the same as “%(what)s”") % {"what": field_label(str(value.get("field", "")))}
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    field = field_of(path)
    if isinstance(value, int):
        if field and field.type == "money":
            return format_money(value, "EUR", language, 2 if value % 100 else 0)
        # A year has no thousands.
        return str(value) if path.endswith(".founded") else format_number(value, language, 0)
    if field and field.type == "date":
        return _day(value, language)
    name = path.rpartition(".")[2]
    if name in {"country", "grants_from"}:
        return place_name(value, {})
    return str(_NAMED.get(name, str)(value))


def _day(value: str, language: str) -> str:
    try:
        return format_date(date.fromisoformat(value), language)
    except ValueError:
        return value


def _territories(expression: Any) -> Iterator[Mapping[str, Any]]:
    """Go through all territories that a condition names, however deep."""
    if isinstance(expression, Mapping):
        for name, value in expression.items():
            if name == "within":
                yield value[1]
            else:
                yield from _territories(value)
    elif isinstance(expression, list):
        for one in expression:
            yield from _territories(one)
