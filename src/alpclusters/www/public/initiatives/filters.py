"""The filters beside the list: values with counts, and what is chosen."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.sectors import sector_label
from alpclusters.platform.evidence.models import Activity, Initiative, Programme
from alpclusters.platform.languages.folding import fold
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.www.components.parts import Chip, FacetOption
from alpclusters.www.public.addresses import without
from alpclusters.www.public.directory.filters import FilterView
from alpclusters.www.public.initiatives.addresses import address
from alpclusters.www.public.initiatives.queries import (
    Facet,
    InitiativeQuery,
    InitiativeResult,
    Order,
)

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
