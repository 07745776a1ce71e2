"""What the list of needs and offers shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.sectors import sector_label
from alpclusters.platform.languages.codes import LANGUAGE_CODES, LANGUAGES
from alpclusters.platform.network.domain.postings.finding import (
    Facet,
    Found,
    PostingQuery,
    PostingResult,
    find_postings,
    groups_of,
)
from alpclusters.platform.network.models import Posting
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.www.components.marking import Piece
from alpclusters.www.components.parts import Chip, FacetOption
from alpclusters.www.public.addresses import without
from alpclusters.www.public.directory.filters import FilterView, region_names
from alpclusters.www.public.directory.hits import highlighted, needles_of
from alpclusters.www.public.postings.queries import address, write_query
from alpclusters.www.public.postings.words import (
    BodyView,
    body_view,
    days_left,
    foreign_language,
    kind_name,
    posting_url,
    subject_names,
)
from alpclusters.www.worlds import in_world

FORMATS: Final = ("csv", "json")
MOST_SHOWN: Final = 8
MOST_LETTERS: Final = 260
_OPEN: Final = frozenset({Facet.KIND, Facet.COUNTRY})
FACETS: Final = {
    Facet.KIND: _("Need or offer"),
    Facet.COUNTRY: _("Country"),
    Facet.REGION: _("Region"),
    Facet.SECTOR: _("Sector"),
    Facet.LANGUAGE: _("Language of the text"),
}


@dataclass(frozen=True)
class PostingCard:
    """One posting of the list."""

    posting: Posting
    kind: str
    title: Sequence[Piece]
    text: Sequence[Piece]
    url: str
    body: BodyView
    language: str
    subjects: Sequence[str]
    days_left: int | None


@dataclass(frozen=True)
class PostingList:
    """Everything the template names."""

    query: PostingQuery
    total: int
    cards: Sequence[PostingCard]
    numbers: Page[Any]
    filters: Sequence[FilterView]
    chips: Sequence[Chip]
    exports: Sequence[tuple[str, str]]
    feed_url: str
    reset_url: str
    written: str
    is_partial: bool

    @property
    def n_chosen(self) -> int:
        """How many filters are set."""
        return len(self.chips)

    @property
    def simulated(self) -> bool:
        """Whether the postings are invented."""
        return bool(self.query.simulated)


def read_list(query: PostingQuery, *, today: date) -> PostingList:
    """Search, and put the answer into words."""
    result = find_postings(query, today=today)
    query = result.query
    regions = region_names([*result.facets[Facet.REGION], *query.chosen.get(Facet.REGION, ())])
    needles = needles_of(groups_of(query))
    views = [_filter(facet, result, regions) for facet in Facet]
    return PostingList(
        query=query,
        total=result.total,
        cards=[_card(one, needles, today) for one in result.on_page],
        numbers=Paginator(range(result.total), query.size).get_page(query.page),
        filters=[view for view in views if view.n_chosen or len(view.first) > 1],
        chips=_chips(query, regions),
        exports=[(f.upper(), address("public:postings-export", query, f)) for f in FORMATS],
        feed_url=address("public:postings-feed", query),
        reset_url=in_world(reverse("public:postings"), is_simulated=bool(query.simulated)),
        written=write_query(query),
        is_partial=result.is_partial,
    )


def _card(one: Found, needles: Sequence[Any], today: date) -> PostingCard:
    posting = one.posting
    return PostingCard(
        posting=posting,
        kind=kind_name(posting),
        title=highlighted(posting.title, needles),
        text=highlighted(_begin(posting.text), needles),
        url=posting_url(posting),
        body=body_view(posting.organisation),
        language=foreign_language(posting),
        subjects=subject_names(posting)[:3],
        days_left=days_left(posting, today),
    )


def _begin(text: str) -> str:
    """Return the beginning of a text, up to the end of a word."""
    flat = " ".join(text.split())
    if len(flat) <= MOST_LETTERS:
        return flat
    return f"{flat[:MOST_LETTERS].rsplit(' ', 1)[0]} …"


def _filter(facet: Facet, result: PostingResult, regions: Mapping[str, str]) -> FilterView:
    chosen = result.query.chosen.get(facet, frozenset())
    counts = result.facets[facet]
    options = [
        FacetOption(v, value_name(facet, v, regions), counts.get(v, 0), v in chosen)
        for v in _values(facet, set(counts) | chosen, counts, chosen)
    ]
    n = max(MOST_SHOWN, sum(option.is_chosen for option in options))
    return FilterView(
        facet.value, FACETS[facet], options[:n], options[n:], len(chosen),
        is_open=bool(chosen) or facet in _OPEN,
    )  # fmt: skip


def _values(
    facet: Facet, present: set[str], counts: Mapping[str, int], chosen: frozenset[str]
) -> list[str]:
    """Return fixed values in their order, others by their number of hits."""
    fixed = {Facet.KIND: Posting.Kind.values, Facet.LANGUAGE: list(LANGUAGE_CODES)}.get(facet)
    if fixed is not None:
        return [value for value in fixed if value in present]
    return sorted(present, key=lambda v: (v not in chosen, -counts.get(v, 0), v))


def value_name(facet: Facet, value: str, regions: Mapping[str, str]) -> Any:
    """Return what a value of a filter is called."""
    named: dict[Facet, Any] = {
        Facet.KIND: {Posting.Kind.NEED: _("Needs"), Posting.Kind.OFFER: _("Offers")}.get(value),  # type: ignore[call-overload]
        Facet.COUNTRY: country_name(value, get_language()),
        Facet.REGION: regions.get(value),
        Facet.SECTOR: sector_label(value, get_language()),
        Facet.LANGUAGE: dict(LANGUAGES).get(value),
    }
    return named[facet] or value


def _chips(query: PostingQuery, regions: Mapping[str, str]) -> list[Chip]:
    return [
        Chip(
            value_name(facet, value, regions),
            address("public:postings", without(query, facet, value)),
        )
        for facet in Facet
        for value in sorted(query.chosen.get(facet, ()))
    ]
