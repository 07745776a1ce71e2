"""What one can ask the catalogue, as an address and back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from django.http import QueryDict
from django.urls import reverse

from alpclusters.www.public.addresses import (
    chosen_in,
    one_of,
    page_number,
    with_query,
    words_in,
    write_chosen,
)
from alpclusters.www.worlds import asked_in, write_world

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
