"""The filters beside the list: values with counts, and what is chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from alpclusters.platform.actors.domain.directory.queries import (
    DirectoryQuery,
    DirectoryResult,
    Facet,
    Freshness,
)
from alpclusters.platform.languages.folding import fold
from alpclusters.platform.territory.models import Standing
from alpclusters.www.components.parts import Chip, FacetOption
from alpclusters.www.public.addresses import without
from alpclusters.www.public.directory.addresses import list_address
from alpclusters.www.public.directory.names import FACETS, value_name

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
