"""A search as an address and back: the address holds all of it."""

from dataclasses import replace
from datetime import date

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
from alpclusters.www.public.addresses import (
    chosen_in,
    one_of,
    page_number,
    with_query,
    write_chosen,
)
from alpclusters.www.worlds import asked_in, write_world


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
