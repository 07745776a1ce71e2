"""A search as an address and back, and the page of an initiative."""

from dataclasses import replace
from typing import Final

from django.http import QueryDict
from django.urls import reverse

from alpclusters.www.public.initiatives.queries import (
    MOST_LETTERS,
    MOST_VALUES,
    Facet,
    InitiativeQuery,
    Order,
)

MOST_PAGES: Final = 10_000
_MOST_VALUE_LETTERS: Final = 60


def read_query(parameters: QueryDict) -> InitiativeQuery:
    """Read a search; what the list does not know is left out."""
    sort = parameters.get("sort", "")
    return InitiativeQuery(
        text=" ".join(parameters.get("q", "").replace("\x00", "").split())[:MOST_LETTERS].strip(),
        chosen={facet: values for facet in Facet if (values := _values(parameters, facet))},
        order=Order(sort) if sort in set(Order) else Order.NAME,
        page=page_number(parameters.get("page", "")),
    )


def _values(parameters: QueryDict, facet: Facet) -> frozenset[str]:
    given = parameters.getlist(facet.value)[:MOST_VALUES]
    return frozenset(v for v in given if v and len(v) <= _MOST_VALUE_LETTERS and "\x00" not in v)


def page_number(text: str) -> int:
    """Read the number of a page; 1 for anything odd."""
    known = text.isascii() and text.isdigit() and len(text) < len(str(MOST_PAGES))
    return max(1, int(text)) if known else 1


def write_query(query: InitiativeQuery) -> str:
    """Write a search; what is usual is left out, so that one search has one address."""
    parameters = QueryDict(mutable=True)
    if query.text:
        parameters["q"] = query.text
    for facet in Facet:
        for value in sorted(query.chosen.get(facet, ())):
            parameters.appendlist(facet.value, value)
    if query.order != Order.NAME:
        parameters["sort"] = query.order.value
    return parameters.urlencode()


def address(name: str, query: InitiativeQuery, *args: object) -> str:
    """Return the address of a page with a search behind it."""
    written = write_query(query)
    url = reverse(name, args=args)
    return f"{url}?{written}" if written else url


def without(query: InitiativeQuery, facet: Facet, value: str) -> InitiativeQuery:
    """Take one chosen value away."""
    chosen = {f: v - {value} if f == facet else v for f, v in query.chosen.items()}
    return replace(query, chosen={f: v for f, v in chosen.items() if v}, page=1)


def initiative_url(key: str, activity: int | None = None) -> str:
    """Return the page of an initiative, at one of its activities if asked for."""
    anchor = f"#activity-{activity}" if activity is not None else ""
    return reverse("public:initiative", args=[key]) + anchor
