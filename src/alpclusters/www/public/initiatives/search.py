"""Find initiatives: what one can ask, as an address and back; filters with counts."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from typing import Any, Final

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.sectors import parse_sector, section_of, sector_label
from alpclusters.platform.evidence.domain.search import Kind, search_evidence
from alpclusters.platform.evidence.models import Activity, Initiative, Programme
from alpclusters.platform.evidence.rules import visible_initiatives
from alpclusters.platform.languages.folding import fold
from alpclusters.platform.partnership.roles import EVERY_ROLE, Person, project_ids
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.worlds import of_world
from alpclusters.www.components.parts import Chip, FacetOption
from alpclusters.www.public.addresses import (
    chosen_in,
    one_of,
    page_number,
    with_query,
    without,
    words_in,
    write_chosen,
)
from alpclusters.www.public.directory.filters import FilterView
from alpclusters.www.public.initiatives.activities import KNOWN
from alpclusters.www.worlds import asked_in, shown, write_world

# --- What one can ask the list of initiatives, and what comes back --------------------------------


SIZE: Final = 20


class Facet(StrEnum):
    """A filter, named as in the address."""

    FAMILY = "family"
    PERIOD = "period"
    COUNTRY = "country"
    SECTOR = "sector"
    KIND = "kind"
    OUTCOME = "outcome"


class Order(StrEnum):
    """How hits are sorted; each order is total."""

    NAME = "name"
    NEWEST = "newest"
    OLDEST = "oldest"
    CHANGED = "changed"


@dataclass(frozen=True)
class InitiativeQuery:
    """A search: words, filters, order, page."""

    text: str = ""
    chosen: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    order: Order = Order.NAME
    page: int = 1
    size: int = SIZE
    simulated: bool | None = None


@dataclass(frozen=True)
class InitiativeResult:
    """What a search found.

    Attributes
    ----------
    query : InitiativeQuery
        With a page that exists, and the world that is shown.
    ids : sequence of int
        All hits in their order.
    facets : mapping
        Hits per value of each filter, under all other filters.
    """

    query: InitiativeQuery
    ids: Sequence[int]
    facets: Mapping[Facet, Counter[str]]

    @property
    def total(self) -> int:
        """How many initiatives fit."""
        return len(self.ids)

    @property
    def page_ids(self) -> Sequence[int]:
        """Those of the page."""
        start = (self.query.page - 1) * self.query.size
        return self.ids[start : start + self.query.size]


# --- A search as an address and back, and the page of an initiative -------------------------------


def read_query(parameters: QueryDict) -> InitiativeQuery:
    """Read a search; what the list does not know is left out."""
    return InitiativeQuery(
        text=words_in(parameters),
        chosen=chosen_in(parameters, Facet),
        order=one_of(Order, parameters.get("sort", ""), Order.NAME),
        page=page_number(parameters.get("page", "")),
        simulated=asked_in(parameters),
    )


def write_query(query: InitiativeQuery) -> str:
    """Write a search; what is usual is left out, so that one search has one address."""
    parameters = QueryDict(mutable=True)
    if query.text:
        parameters["q"] = query.text
    write_chosen(parameters, query.chosen, Facet)
    if query.order != Order.NAME:
        parameters["sort"] = query.order.value
    write_world(parameters, query.simulated)
    return parameters.urlencode()


def address(name: str, query: InitiativeQuery, *args: object) -> str:
    """Return the address of a page with a search behind it."""
    return with_query(reverse(name, args=args), write_query(query))


def initiative_url(key: str, activity: int | None = None) -> str:
    """Return the page of an initiative, at one of its activities if asked for."""
    anchor = f"#activity-{activity}" if activity is not None else ""
    return reverse("public:initiative", args=[key]) + anchor


# --- Find initiatives: words in five languages by the search of the evidence base, and filters


UNKNOWN: Final = "unknown"
CACHED: Final = 10_000
_ORDERS: Final[Mapping[Order, Sequence[str]]] = {
    Order.NAME: ("acronym", "pk"),
    Order.NEWEST: ("-start", "acronym", "pk"),
    Order.OLDEST: ("start", "acronym", "pk"),
    Order.CHANGED: ("-changed_at", "-pk"),
}

type Values = Mapping[Facet, frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Row:
    pk: int
    has_start: bool
    values: Values

    def fits(self, chosen: Values) -> bool:
        return all(self.values[facet] & wanted for facet, wanted in chosen.items())


def find_initiatives(query: InitiativeQuery, *, seen_by: Person) -> InitiativeResult:
    """Find the initiatives that a person may see and that fit."""
    seen = visible_initiatives(seen_by)
    is_simulated = shown(query.simulated, seen)
    rows = _rows(of_world(seen, is_simulated=is_simulated), query.order)
    if query.text:
        worded = _with_words(query.text, seen_by)
        rows = [row for row in rows if row.pk in worded]
    ids = [row.pk for row in rows if row.fits(query.chosen)]
    facets = {facet: _counted(rows, query.chosen, facet) for facet in Facet}
    last = max(1, -(-len(ids) // query.size))
    found = replace(query, page=min(query.page, last), simulated=is_simulated)
    return InitiativeResult(found, ids, facets)


def _with_words(text: str, seen_by: Person) -> set[int]:
    public_only = project_ids(seen_by, *EVERY_ROLE) == []
    hits = search_evidence(text, kinds=(Kind.INITIATIVE,), public_only=public_only)
    return set(hits.of(Kind.INITIATIVE))


def _rows(initiatives: QuerySet[Initiative], order: Order) -> list[_Row]:
    outcomes = _outcomes()
    names = (
        "pk", "start", "kind", "countries", "sectors", "programme__family",
        "programme__period",
    )  # fmt: skip
    unknown = frozenset({UNKNOWN})
    ordered = initiatives.order_by(*_ORDERS[order]).values_list(*names)
    rows = [
        _Row(pk, start is not None, {
            Facet.KIND: _one(kind),
            Facet.COUNTRY: _words(countries),
            Facet.SECTOR: _sections(tuple(map(str, sectors))),
            Facet.FAMILY: _one(family),
            Facet.PERIOD: _one(period),
            Facet.OUTCOME: outcomes.get(pk, unknown),
        })
        for pk, start, kind, countries, sectors, family, period in ordered
    ]  # fmt: skip
    if order in {Order.NEWEST, Order.OLDEST}:
        # Where nobody knows when, databases differ: here they come last.
        rows.sort(key=lambda row: not row.has_start)
    return rows


# A few hundred different values on thousands of rows: each is read once.
@lru_cache(maxsize=CACHED)
def _one(value: str | None) -> frozenset[str]:
    return frozenset({value}) if value else frozenset()


@lru_cache(maxsize=CACHED)
def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@lru_cache(maxsize=CACHED)
def _sections(sectors: tuple[str, ...]) -> frozenset[str]:
    return frozenset(section_of(code) for code in filter(None, map(parse_sector, sectors)))


def _outcomes() -> dict[int, frozenset[str]]:
    """Return the known outcomes of the activities of each initiative."""
    coded = Activity.objects.published().filter(outcome_status__in=KNOWN)
    pairs = coded.order_by().values_list("initiative_id", "outcome_status").distinct()
    found: dict[int, set[str]] = defaultdict(set)
    for pk, status in pairs:
        found[pk].add(status)
    return {pk: frozenset(statuses) for pk, statuses in found.items()}


def _counted(rows: Sequence[_Row], chosen: Values, facet: Facet) -> Counter[str]:
    others = {other: wanted for other, wanted in chosen.items() if wanted and other is not facet}
    fitting = (row for row in rows if row.fits(others)) if others else rows
    return Counter(chain.from_iterable(row.values[facet] for row in fitting))


# --- The filters beside the list: values with counts, and what is chosen --------------------------


MOST_SHOWN: Final = 6
OPEN: Final = frozenset({Facet.FAMILY, Facet.OUTCOME})
FACETS: Final = {
    Facet.FAMILY: _("Kind of programme"),
    Facet.PERIOD: _("Period"),
    Facet.COUNTRY: _("Country"),
    Facet.SECTOR: _("Sectors"),
    Facet.KIND: _("Kind of initiative"),
    Facet.OUTCOME: _("After the funding"),
}
ORDERS: Final = {
    Order.NAME: _("by name"),
    Order.NEWEST: _("newest first"),
    Order.OLDEST: _("oldest first"),
    Order.CHANGED: _("last changed first"),
}
# Values that are always shown, in this order.
_FIXED: Final[Mapping[Facet, Sequence[str]]] = {Facet.OUTCOME: tuple(Activity.Outcome.values)}
_CHOICES: Final[Mapping[Facet, Mapping[str, Any]]] = {
    Facet.FAMILY: dict(Programme.Family.choices),
    Facet.KIND: dict(Initiative.Kind.choices),
    Facet.OUTCOME: dict(Activity.Outcome.choices),
}


def value_name(facet: Facet, value: str) -> Any:
    """Return what a value of a filter is called."""
    if facet is Facet.COUNTRY:
        return country_name(value, get_language())
    if facet is Facet.SECTOR:
        return sector_label(value, get_language())
    return _CHOICES.get(facet, {}).get(value, value)


def filter_views(result: InitiativeResult) -> list[FilterView]:
    """Return the filters that tell hits apart, or that somebody uses."""
    views = [_view(facet, result) for facet in Facet]
    return [v for v in views if v.n_chosen or len(v.first) > 1]


def _view(facet: Facet, result: InitiativeResult) -> FilterView:
    chosen = result.query.chosen.get(facet, frozenset())
    counts = result.facets[facet]
    options = [
        FacetOption(v, value_name(facet, v), counts.get(v, 0), v in chosen)
        for v in _ordered(facet, counts, chosen)
    ]
    n = max(MOST_SHOWN, sum(option.is_chosen for option in options))
    return FilterView(
        facet.value, FACETS[facet], options[:n], options[n:], len(chosen),
        is_open=bool(chosen) or facet in OPEN,
    )  # fmt: skip


def _ordered(facet: Facet, counts: Mapping[str, int], chosen: frozenset[str]) -> list[str]:
    fixed = _FIXED.get(facet, ())
    free = (counts.keys() | chosen) - set(fixed)
    if facet is Facet.PERIOD:
        return sorted(free, reverse=True)
    key = {v: (v not in chosen, -counts.get(v, 0), fold(str(value_name(facet, v)))) for v in free}
    return [*fixed, *sorted(free, key=key.__getitem__)]


def chips(query: InitiativeQuery) -> list[Chip]:
    """Repeat what is chosen, each with the address without it."""
    return [
        Chip(value_name(facet, value), address("public:initiatives", without(query, facet, value)))
        for facet in Facet
        for value in sorted(query.chosen.get(facet, ()))
    ]
