"""A search for needs and offers as an address and back."""

from dataclasses import replace
from typing import Final

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.network.domain.postings.finding import Facet, PostingQuery
from alpclusters.www.public.initiatives.addresses import page_number

MOST_LETTERS: Final = 200
MOST_VALUES: Final = 50
_MOST_VALUE_LETTERS: Final = 12


def read_query(parameters: QueryDict) -> PostingQuery:
    """Read a search in the language of the page; what the list does not know is left out."""
    return PostingQuery(
        text=" ".join(parameters.get("q", "").replace("\x00", "").split())[:MOST_LETTERS].strip(),
        language=nearest_language(get_language()),
        chosen={facet: values for facet in Facet if (values := _values(parameters, facet))},
        page=page_number(parameters.get("page", "")),
    )


def _values(parameters: QueryDict, facet: Facet) -> frozenset[str]:
    given = parameters.getlist(facet.value)[:MOST_VALUES]
    return frozenset(v for v in given if v and len(v) <= _MOST_VALUE_LETTERS and "\x00" not in v)


def write_query(query: PostingQuery) -> str:
    """Write a search, always in the same way."""
    parameters = QueryDict(mutable=True)
    if query.text:
        parameters["q"] = query.text
    for facet in Facet:
        for value in sorted(query.chosen.get(facet, ())):
            parameters.appendlist(facet.value, value)
    return parameters.urlencode()


def address(name: str, query: PostingQuery, *args: object) -> str:
    """Return the address of a page with a search behind it."""
    written = write_query(query)
    url = reverse(name, args=args)
    return f"{url}?{written}" if written else url


def without(query: PostingQuery, facet: Facet, value: str) -> PostingQuery:
    """Take one chosen value away."""
    chosen = {f: v - {value} if f == facet else v for f, v in query.chosen.items()}
    return replace(query, chosen={f: v for f, v in chosen.items() if v}, page=1)
