"""A search as an address and back: the address holds all of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from alpclusters.platform.actors.domain.directory.queries import (
    MOST_LETTERS,
    MOST_VALUES,
    DirectoryQuery,
    Facet,
    Order,
    Scope,
)

MOST_PAGES: Final = 10_000
_MOST_VALUE_LETTERS: Final = 60


def read_query(parameters: QueryDict, *, today: date | None = None) -> DirectoryQuery:
    """Read a search; what the directory does not know is left out."""
    return DirectoryQuery(
        today=today or timezone.localdate(),
        text=parameters.get("q", "").replace("\x00", "").strip()[:MOST_LETTERS],
        exact=parameters.get("exact") == "1",
        scope=_one(Scope, parameters.get("scope"), Scope.CLUSTERS),
        chosen={facet: values for facet in Facet if (values := _values(parameters, facet))},
        order=_one(Order, parameters.get("sort"), Order.RELEVANCE),
        page=_page(parameters.get("page", "")),
    )


def _values(parameters: QueryDict, facet: Facet) -> frozenset[str]:
    given = parameters.getlist(facet.value)[:MOST_VALUES]
    return frozenset(v for v in given if v and len(v) <= _MOST_VALUE_LETTERS and "\x00" not in v)


def _one[E: (Scope, Order)](kind: type[E], text: str | None, usual: E) -> E:
    return kind(text) if text in set(kind) else usual


def _page(text: str) -> int:
    known = text.isascii() and text.isdigit() and len(text) < len(str(MOST_PAGES))
    return max(1, int(text)) if known else 1


def write_query(query: DirectoryQuery, *, page: int = 1) -> str:
    """Write a search; what is usual is left out, so that one search has one address."""
    parameters = QueryDict(mutable=True)
    if query.text:
        parameters["q"] = query.text
    if query.exact:
        parameters["exact"] = "1"
    if query.scope != Scope.CLUSTERS:
        parameters["scope"] = query.scope.value
    for facet in Facet:
        for value in sorted(query.chosen.get(facet, ())):
            parameters.appendlist(facet.value, value)
    if query.order != Order.RELEVANCE:
        parameters["sort"] = query.order.value
    if page > 1:
        parameters["page"] = str(page)
    return parameters.urlencode()


def address(name: str, query: DirectoryQuery, *args: object, page: int = 1) -> str:
    """Return the address of a page with a search behind it."""
    written = write_query(query, page=page)
    url = reverse(name, args=args)
    return f"{url}?{written}" if written else url


def list_address(query: DirectoryQuery, *, page: int = 1) -> str:
    """Return the address of the list."""
    return address("public:directory", query, page=page)


def without(query: DirectoryQuery, facet: Facet, value: str) -> DirectoryQuery:
    """Take one chosen value away."""
    chosen: Mapping[Facet, frozenset[str]] = {
        f: values - {value} if f == facet else values for f, values in query.chosen.items()
    }
    return replace(query, chosen={f: v for f, v in chosen.items() if v}, page=1)


def only(query: DirectoryQuery, facet: Facet, value: str) -> DirectoryQuery:
    """Choose one value of a facet alone."""
    return replace(query, chosen={**query.chosen, facet: frozenset({value})}, page=1)
