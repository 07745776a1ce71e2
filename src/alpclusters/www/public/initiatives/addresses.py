"""A search as an address and back, and the page of an initiative."""

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
from alpclusters.www.public.initiatives.queries import Facet, InitiativeQuery, Order
from alpclusters.www.worlds import asked_in, write_world


def read_query(parameters: QueryDict) -> InitiativeQuery:
    """Read a search; what the list does not know is left out."""
    return InitiativeQuery(
        text=words_in(parameters),
        chosen=chosen_in(parameters, Facet),
        order=one_of(Order, parameters.get("sort", ""), Order.NAME),
        page=page_number(parameters.get("page", "")),
        simulated=asked_in(parameters),
    )


def write_query(query: InitiativeQuery) -> str:
    """Write a search; what is usual is left out, so that one search has one address."""
    parameters = QueryDict(mutable=True)
    if query.text:
        parameters["q"] = query.text
    write_chosen(parameters, query.chosen, Facet)
    if query.order != Order.NAME:
        parameters["sort"] = query.order.value
    write_world(parameters, query.simulated)
    return parameters.urlencode()


def address(name: str, query: InitiativeQuery, *args: object) -> str:
    """Return the address of a page with a search behind it."""
    return with_query(reverse(name, args=args), write_query(query))


def initiative_url(key: str, activity: int | None = None) -> str:
    """Return the page of an initiative, at one of its activities if asked for."""
    anchor = f"#activity-{activity}" if activity is not None else ""
    return reverse("public:initiative", args=[key]) + anchor
