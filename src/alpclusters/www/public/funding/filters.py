"""The filters beside the list: values with counts, and what is chosen."""

from collections.abc import Mapping
from typing import Final

from alpclusters.platform.languages.folding import fold
from alpclusters.www.components.parts import Chip, FacetOption
from alpclusters.www.public.addresses import without
from alpclusters.www.public.directory.filters import FilterView
from alpclusters.www.public.funding.names import FACETS, fixed_order, value_name
from alpclusters.www.public.funding.queries import (
    Facet,
    FundingQuery,
    FundingResult,
    address,
)

MOST_SHOWN: Final = 6
OPEN: Final = frozenset({Facet.STATUS, Facet.LEVEL, Facet.STANDING})


def filter_views(result: FundingResult) -> list[FilterView]:
    """Return the filters that tell hits apart, or that somebody uses."""
    views = [_view(facet, result) for facet in Facet]
    return [v for v in views if v.n_chosen or len(v.first) > 1]


def _view(facet: Facet, result: FundingResult) -> FilterView:
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
    present = counts.keys() | chosen
    fixed = [value for value in fixed_order(facet) if value in present]
    free = present - set(fixed)
    if facet is Facet.PERIOD:
        return sorted(free, reverse=True)
    key = {v: (v not in chosen, -counts.get(v, 0), fold(str(value_name(facet, v)))) for v in free}
    return [*fixed, *sorted(free, key=key.__getitem__)]


def chips(query: FundingQuery) -> list[Chip]:
    """Repeat what is chosen, each with the address without it."""
    return [
        Chip(value_name(facet, value), address("public:funding", without(query, facet, value)))
        for facet in Facet
        for value in sorted(query.chosen.get(facet, ()))
    ]
