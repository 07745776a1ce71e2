"""A search for needs and offers as an address and back."""

from typing import Final

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.network.domain.postings.finding import Facet, PostingQuery
from alpclusters.www.public.addresses import (
    chosen_in,
    page_number,
    with_query,
    words_in,
    write_chosen,
)
from alpclusters.www.worlds import asked_in, write_world

_LONGEST_VALUE: Final = 12


def read_query(parameters: QueryDict) -> PostingQuery:
    """Read a search in the language of the page; what the list does not know is left out."""
    return PostingQuery(
        text=words_in(parameters),
        language=nearest_language(get_language()),
        chosen=chosen_in(parameters, Facet, longest=_LONGEST_VALUE),
        page=page_number(parameters.get("page", "")),
        simulated=asked_in(parameters),
    )


def write_query(query: PostingQuery) -> str:
    """Write a search, always in the same way."""
    parameters = QueryDict(mutable=True)
    if query.text:
        parameters["q"] = query.text
    write_chosen(parameters, query.chosen, Facet)
    write_world(parameters, query.simulated)
    return parameters.urlencode()


def address(name: str, query: PostingQuery, *args: object) -> str:
    """Return the address of a page with a search behind it."""
    return with_query(reverse(name, args=args), write_query(query))
