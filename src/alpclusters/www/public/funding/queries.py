"""What one can ask the catalogue, as an address and back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from django.http import QueryDict
from django.urls import reverse

from alpclusters.www.public.initiatives.addresses import page_number

SIZE: Final = 20
MOST_LETTERS: Final = 200
MOST_VALUES: Final = 50
_MOST_VALUE_LETTERS: Final = 60


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
    shown, sort = parameters.get("show", ""), parameters.get("sort", "")
    return FundingQuery(
        shown=Shown(shown) if shown in set(Shown) else Shown.OFFERS,
        text=" ".join(parameters.get("q", "").replace("\x00", "").split())[:MOST_LETTERS].strip(),
        chosen={facet: values for facet in Facet if (values := _values(parameters, facet))},
        order=Order(sort) if sort in set(Order) else Order.CLOSING,
        page=page_number(parameters.get("page", "")),
    )


def _values(parameters: QueryDict, facet: Facet) -> frozenset[str]:
    given = parameters.getlist(facet.value)[:MOST_VALUES]
    return frozenset(v for v in given if v and len(v) <= _MOST_VALUE_LETTERS and "\x00" not in v)


def write_query(query: FundingQuery) -> str:
    """Write a search; what is usual is left out, so that one search has one address."""
    parameters = QueryDict(mutable=True)
    if query.shown != Shown.OFFERS:
        parameters["show"] = query.shown.value
    if query.text:
        parameters["q"] = query.text
    for facet in Facet:
        for value in sorted(query.chosen.get(facet, ())):
            parameters.appendlist(facet.value, value)
    if query.order != Order.CLOSING:
        parameters["sort"] = query.order.value
    return parameters.urlencode()


def address(name: str, query: FundingQuery, *args: object) -> str:
    """Return the address of a page with a search behind it."""
    written = write_query(query)
    url = reverse(name, args=args)
    return f"{url}?{written}" if written else url


def without(query: FundingQuery, facet: Facet, value: str) -> FundingQuery:
    """Take one chosen value away."""
    chosen = {f: v - {value} if f == facet else v for f, v in query.chosen.items()}
    return replace(query, chosen={f: v for f, v in chosen.items() if v}, page=1)
