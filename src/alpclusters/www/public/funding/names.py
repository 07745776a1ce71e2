"""What the values of the catalogue are called."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.funding.domain.themes import theme_label
from alpclusters.platform.funding.models import Status
from alpclusters.platform.funding.models.catalogue import Level
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.funding_places import place_name as named_place
from alpclusters.www.public.funding.queries import Facet, Order, Shown, Timing

# Where programmes of the Union fund: in all of it.
EVERYWHERE: Final = "EU"
FACETS: Final[Mapping[Facet, Any]] = {
    Facet.STATUS: _("Can one apply?"),
    Facet.LEVEL: _("Level"),
    Facet.COUNTRY: _("Country"),
    Facet.REGION: _("Region"),
    Facet.KIND: _("Kind of body"),
    Facet.CATEGORY: _("Kind of cost"),
    Facet.THEME: _("Theme"),
    Facet.PERIOD: _("Programme period"),
    Facet.STANDING: _("How sure"),
}
SHOWN: Final[Mapping[Shown, Any]] = {
    Shown.OFFERS: _("Offers"),
    Shown.CALLS: _("Calls for proposals"),
    Shown.PROGRAMMES: _("Programmes"),
}
ORDERS: Final[Mapping[Order, Any]] = {
    Order.CLOSING: _("by deadline"),
    Order.NAME: _("by name"),
    Order.CHANGED: _("last changed first"),
}
TIMINGS: Final[Mapping[str, Any]] = {
    Timing.OPEN: pgettext_lazy("call for proposals", "open"),
    Timing.UPCOMING: pgettext_lazy("call for proposals", "upcoming"),
    Timing.CLOSED: pgettext_lazy("call for proposals", "closed"),
    Timing.UNKNOWN: pgettext_lazy("call for proposals", "no days known"),
}
# Tone and icon of a badge; the word says it.
TIMING_LOOKS: Final[Mapping[str, tuple[str, str]]] = {
    Timing.OPEN: ("good", "check"),
    Timing.UPCOMING: ("info", "clock"),
    Timing.CLOSED: ("", "lock"),
    Timing.UNKNOWN: ("unv", "circle-help"),
}
KINDS: Final[Mapping[str, Any]] = {
    "public": pgettext_lazy("kind of partner", "public body"),
    "research": pgettext_lazy("kind of partner", "research"),
    "cluster": pgettext_lazy("kind of partner", "cluster organisation"),
    "sme": pgettext_lazy("kind of partner", "small or medium-sized firm"),
    "large": pgettext_lazy("kind of partner", "large firm"),
    "other": pgettext_lazy("kind of partner", "other body"),
}
CATEGORIES: Final[Mapping[str, Any]] = {
    "staff": pgettext_lazy("cost category", "staff"),
    "overheads": pgettext_lazy("cost category", "overheads"),
    "travel": pgettext_lazy("cost category", "travel"),
    "external": pgettext_lazy("cost category", "external services"),
    "equipment": pgettext_lazy("cost category", "equipment"),
    "training": pgettext_lazy("cost category", "training"),
    "fairs": pgettext_lazy("cost category", "fairs"),
    "investment": pgettext_lazy("cost category", "investment"),
    "other": pgettext_lazy("cost category", "other costs"),
}
ORIGINS: Final[Mapping[str, Any]] = {
    "union_central": _("European Union, managed centrally"),
    "union_shared": _("European Union, managed with the Member States (ERDF)"),
    "national": pgettext_lazy("origin of money", "State"),
    "regional": pgettext_lazy("origin of money", "region"),
    "ch": pgettext_lazy("origin of money", "Switzerland"),
    "private": pgettext_lazy("origin of money", "private"),
}
_FIXED: Final[Mapping[Facet, Mapping[str, Any]]] = {
    Facet.STATUS: TIMINGS,
    Facet.LEVEL: dict(Level.choices),
    Facet.KIND: KINDS,
    Facet.CATEGORY: CATEGORIES,
    Facet.STANDING: dict(Status.choices),
}
_ARTICLE: Final = re.compile(r"GB-(?P<number>\d+[a-d]?)(?P<rest>.*)")
_PARTS: Final[Mapping[str, Any]] = {
    "i": _("investment"),
    "o": _("operation"),
    "fundamental": _("fundamental research"),
    "industrial": _("industrial research"),
    "experimental": _("experimental development"),
    "feasibility": _("feasibility study"),
}


def value_name(facet: Facet, value: str) -> Any:
    """Return what a value of a filter is called; what is not known names itself."""
    if facet in {Facet.COUNTRY, Facet.REGION}:
        return place_name(value)
    if facet is Facet.THEME:
        return theme_name(value)
    return _FIXED.get(facet, {}).get(value, value)


def fixed_order(facet: Facet) -> list[str]:
    """Return the values of a filter that have an order of their own."""
    return list(_FIXED.get(facet, ()))


def theme_name(key: str) -> str:
    """Return what a theme is called; one of somebody's own names itself."""
    return theme_label(key, get_language())


def category_name(key: str) -> str:
    """Return what a kind of cost is called; one of somebody's own names itself."""
    return str(CATEGORIES.get(key, key))


def kind_name(key: str) -> str:
    """Return what a kind of body is called."""
    return str(KINDS.get(key, key))


def place_name(code: str) -> str:
    """Return a country or region by its code; regions with the code behind the name."""
    if code == EVERYWHERE:
        return gettext("European Union")
    return named_place(code, nearest_language(get_language()))


def article_name(key: str) -> str:
    """Return the rule of State aid under which something is paid."""
    if key == "DM":
        return gettext("de minimis aid")
    if key in {"none", ""}:
        return gettext("no State aid rule named")
    found = _ARTICLE.fullmatch(key)
    if not found:
        return key
    name = gettext("Art. %(number)s GBER") % {"number": found["number"]}
    part = _PARTS.get(found["rest"].strip("-'"))
    return f"{name} ({part})" if part else name
