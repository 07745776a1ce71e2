"""What one can ask the catalogue, as an address and back; what its values are called."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.funding.domain.lists import theme_label
from alpclusters.platform.funding.domain.staleness import end_of_period
from alpclusters.platform.funding.models import Status
from alpclusters.platform.funding.models.catalogue import Level
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.funding_words.conditions import place_name as named_place
from alpclusters.www.public.addresses import (
    chosen_in,
    one_of,
    page_number,
    with_query,
    words_in,
    write_chosen,
)
from alpclusters.www.worlds import asked_in, write_world

# --- What one can ask the catalogue, as an address and back ---------------------------------------


SIZE: Final = 20


class Shown(StrEnum):
    """Which entries the list shows."""

    OFFERS = "offers"
    CALLS = "calls"
    PROGRAMMES = "programmes"


class Facet(StrEnum):
    """A filter, named as in the address."""

    STATUS = "status"
    LEVEL = "level"
    COUNTRY = "country"
    REGION = "region"
    KIND = "kind"
    CATEGORY = "category"
    THEME = "theme"
    PERIOD = "period"
    STANDING = "standing"


class Timing(StrEnum):
    """Whether somebody can apply."""

    OPEN = "open"
    UPCOMING = "upcoming"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Order(StrEnum):
    """How hits are sorted; each order is total."""

    CLOSING = "closing"
    NAME = "name"
    CHANGED = "changed"


@dataclass(frozen=True)
class FundingQuery:
    """A search: what, words, filters, order, page."""

    shown: Shown = Shown.OFFERS
    text: str = ""
    chosen: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    order: Order = Order.CLOSING
    page: int = 1
    size: int = SIZE
    simulated: bool | None = None


@dataclass(frozen=True)
class FundingResult:
    """What a search found.

    Attributes
    ----------
    query : FundingQuery
        With a page that exists.
    ids : sequence of int
        All hits in their order.
    facets : mapping
        Hits per value of each filter, under all other filters.
    """

    query: FundingQuery
    ids: Sequence[int]
    facets: Mapping[Facet, Counter[str]]

    @property
    def total(self) -> int:
        """How many entries fit."""
        return len(self.ids)

    @property
    def page_ids(self) -> Sequence[int]:
        """Those of the page."""
        start = (self.query.page - 1) * self.query.size
        return self.ids[start : start + self.query.size]


def read_query(parameters: QueryDict) -> FundingQuery:
    """Read a search; what the catalogue does not know is left out."""
    return FundingQuery(
        shown=one_of(Shown, parameters.get("show", ""), Shown.OFFERS),
        text=words_in(parameters),
        chosen=chosen_in(parameters, Facet),
        order=one_of(Order, parameters.get("sort", ""), Order.CLOSING),
        page=page_number(parameters.get("page", "")),
        simulated=asked_in(parameters),
    )


def write_query(query: FundingQuery) -> str:
    """Write a search; what is usual is left out, so that one search has one address."""
    parameters = QueryDict(mutable=True)
    if query.shown != Shown.OFFERS:
        parameters["show"] = query.shown.value
    if query.text:
        parameters["q"] = query.text
    write_chosen(parameters, query.chosen, Facet)
    if query.order != Order.CLOSING:
        parameters["sort"] = query.order.value
    write_world(parameters, query.simulated)
    return parameters.urlencode()


def address(name: str, query: FundingQuery, *args: object) -> str:
    """Return the address of a page with a search behind it."""
    return with_query(reverse(name, args=args), write_query(query))


# --- What the values of the catalogue are called --------------------------------------------------


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


# --- The permanent addresses of entries -----------------------------------------------------------


def programme_url(key: str) -> str:
    """Return the page of a programme."""
    return reverse("public:programme", args=[key])


def call_url(key: str) -> str:
    """Return the page of a call."""
    return reverse("public:call", args=[key])


def offer_url(key: str) -> str:
    """Return the page of an offer."""
    return reverse("public:offer", args=[key])


# --- Whether somebody can apply today -------------------------------------------------------------


def timing_of_days(opens: dt.date | None, closes: dt.date | None, today: dt.date) -> Timing:
    """Return what the days of a call say; both ends count, without days nobody knows."""
    if closes is not None and closes < today:
        return Timing.CLOSED
    if opens is not None and opens > today:
        return Timing.UPCOMING
    return Timing.UNKNOWN if opens is None and closes is None else Timing.OPEN


def timing_of_programme(
    timings: Iterable[Timing], ends_on: dt.date | None, period: str, today: dt.date
) -> Timing:
    """Return the best of its calls; without one, whether its period is over."""
    found = set(timings)
    for timing in (Timing.OPEN, Timing.UPCOMING):
        if timing in found:
            return timing
    return Timing.CLOSED if is_past(ends_on, period, today) else Timing.UNKNOWN


def is_past(ends_on: dt.date | None, period: str, today: dt.date) -> bool:
    """Say whether the time of a programme is over; unknown is not over."""
    end = ends_on or end_of_period(period)
    return end is not None and end < today
