"""What the directory can be asked: a search as an address and back, facets and their names."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.directory.queries import (
    MOST_LETTERS,
    MOST_VALUES,
    DirectoryQuery,
    DirectoryResult,
    Facet,
    Freshness,
    Order,
    Scope,
)
from alpclusters.platform.actors.domain.named_lists import (
    choice_label,
    ecosystem_label,
    technology_label,
)
from alpclusters.platform.actors.domain.sectors import sector_label
from alpclusters.platform.languages.folding import fold
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.models import Region, Standing
from alpclusters.www.components.parts import Chip, FacetOption
from alpclusters.www.public.addresses import (
    chosen_in,
    one_of,
    page_number,
    with_query,
    without,
    write_chosen,
)
from alpclusters.www.worlds import asked_in, write_world

# --- A search as an address and back: the address holds all of it ---------------------------------


def read_query(parameters: QueryDict, *, today: date | None = None) -> DirectoryQuery:
    """Read a search; what the directory does not know is left out."""
    return DirectoryQuery(
        today=today or timezone.localdate(),
        text=parameters.get("q", "").replace("\x00", "").strip()[:MOST_LETTERS],
        exact=parameters.get("exact") == "1",
        scope=one_of(Scope, parameters.get("scope", ""), Scope.CLUSTERS),
        chosen=chosen_in(parameters, Facet, most=MOST_VALUES),
        order=one_of(Order, parameters.get("sort", ""), Order.RELEVANCE),
        page=page_number(parameters.get("page", "")),
        simulated=asked_in(parameters),
    )


def write_query(query: DirectoryQuery, *, page: int = 1) -> str:
    """Write a search; what is usual is left out, so that one search has one address."""
    parameters = QueryDict(mutable=True)
    if query.text:
        parameters["q"] = query.text
    if query.exact:
        parameters["exact"] = "1"
    if query.scope != Scope.CLUSTERS:
        parameters["scope"] = query.scope.value
    write_chosen(parameters, query.chosen, Facet)
    if query.order != Order.RELEVANCE:
        parameters["sort"] = query.order.value
    write_world(parameters, query.simulated)
    if page > 1:
        parameters["page"] = str(page)
    return parameters.urlencode()


def address(name: str, query: DirectoryQuery, *args: object, page: int = 1) -> str:
    """Return the address of a page with a search behind it."""
    return with_query(reverse(name, args=args), write_query(query, page=page))


def list_address(query: DirectoryQuery, *, page: int = 1) -> str:
    """Return the address of the list."""
    return address("public:directory", query, page=page)


def only(query: DirectoryQuery, facet: Facet, value: str) -> DirectoryQuery:
    """Choose one value of a facet alone."""
    return replace(query, chosen={**query.chosen, facet: frozenset({value})}, page=1)


# --- What facets, their values and orders are called ----------------------------------------------


FACETS: Final = {
    Facet.COUNTRY: _("Country"),
    Facet.REGION: _("Region"),
    Facet.SECTION: _("Sectors"),
    Facet.SECTOR: _("Sector in detail"),
    Facet.ECOSYSTEM: _("Industrial ecosystem"),
    Facet.TECHNOLOGY: _("Technology"),
    Facet.LABEL: _("Label"),
    Facet.MARKET: _("Target market"),
    Facet.STANDING: _("State of the data"),
    Facet.FRESHNESS: _("Last confirmed"),
}
ORDERS: Final = {
    Order.RELEVANCE: _("best hits first"),
    Order.NAME: _("by name"),
    Order.COUNTRY: _("by country"),
    Order.CONFIRMED: _("last confirmed first"),
    Order.COMPLETENESS: _("most complete first"),
    Order.CHANGED: _("last changed first"),
}
_FRESHNESS: Final = {
    Freshness.YEAR: _("within the last year"),
    Freshness.OLDER: _("longer ago"),
    Freshness.NEVER: _("never"),
}
_BY_CODE: Final[dict[Facet, Callable[[str, str | None], str]]] = {
    Facet.COUNTRY: country_name,
    Facet.SECTION: sector_label,
    Facet.SECTOR: sector_label,
    Facet.ECOSYSTEM: ecosystem_label,
    Facet.TECHNOLOGY: technology_label,
    Facet.MARKET: country_name,
}


def region_names(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of regions of the current vintage (one query)."""
    wanted = set(codes)
    if not wanted:
        return {}
    return {r.code: r.name for r in Region.objects.current().filter(code__in=wanted)}


def value_name(facet: Facet, value: str, regions: Mapping[str, str]) -> Any:
    """Return what a value of a facet is called in the reader's language."""
    if facet in _BY_CODE:
        return _BY_CODE[facet](value, get_language())
    if facet == Facet.REGION:
        return regions.get(value, value)
    if facet == Facet.LABEL:
        return _label_name(value)
    known: dict[str, Any] = dict(Standing.choices) | dict(_FRESHNESS)
    return known.get(value, value)


def _label_name(value: str) -> str:
    scheme, _between, level = value.partition(" ")
    language = get_language()
    level_name = choice_label("label_level", level, language)
    return f"{level_name} ({choice_label('label_scheme', scheme, language)})"


# --- The filters beside the list: values with counts, and what is chosen --------------------------


MOST_SHOWN: Final = 6
OPEN: Final = frozenset({Facet.COUNTRY, Facet.STANDING})
# Values that are always shown, in this order.
_FIXED: Final[dict[Facet, Sequence[str]]] = {
    Facet.STANDING: (Standing.VERIFIED, Standing.UNVERIFIED),
    Facet.FRESHNESS: tuple(Freshness),
}


@dataclass(frozen=True)
class FilterView:
    """One filter: the first values, and the rest behind a word."""

    name: str
    label: Any
    first: Sequence[FacetOption]
    rest: Sequence[FacetOption]
    n_chosen: int
    is_open: bool


def filter_views(result: DirectoryResult, regions: Mapping[str, str]) -> list[FilterView]:
    """Return the filters that tell hits apart, or that somebody uses."""
    views = [_view(facet, result, regions) for facet in Facet]
    return [v for v in views if v.n_chosen or len(v.first) > 1 or v.name == Facet.COUNTRY]


def _view(facet: Facet, result: DirectoryResult, regions: Mapping[str, str]) -> FilterView:
    chosen = result.query.chosen.get(facet, frozenset())
    counts = result.facets[facet]
    values = _ordered(facet, counts, chosen, regions)
    options = [
        FacetOption(v, value_name(facet, v, regions), counts.get(v, 0), v in chosen) for v in values
    ]
    n = max(MOST_SHOWN, sum(option.is_chosen for option in options))
    return FilterView(
        facet.value, FACETS[facet], options[:n], options[n:], len(chosen),
        is_open=bool(chosen) or facet in OPEN,
    )  # fmt: skip


def _ordered(
    facet: Facet, counts: Mapping[str, int], chosen: frozenset[str], regions: Mapping[str, str]
) -> list[str]:
    """Order values by how many hits they have; chosen ones come first, fixed ones stay."""
    fixed = _FIXED.get(facet, ())
    free = (counts.keys() | chosen) - set(fixed)
    rated = sorted(
        free,
        key=lambda v: (
            v not in chosen,
            -counts.get(v, 0),
            fold(str(value_name(facet, v, regions))),
        ),
    )
    return [*fixed, *rated]


def chips(query: DirectoryQuery, regions: Mapping[str, str]) -> list[Chip]:
    """Repeat what is chosen, each with the address without it."""
    return [
        Chip(value_name(facet, value, regions), list_address(without(query, facet, value)))
        for facet in Facet
        for value in sorted(query.chosen.get(facet, ()))
    ]
