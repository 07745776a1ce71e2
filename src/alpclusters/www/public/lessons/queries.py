"""What one can ask the list of lessons."""

from collections.abc import Mapping
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


class Facet(StrEnum):
    """A filter, named as in the address."""

    CERTAINTY = "certainty"
    VERDICT = "verdict"
    TYPE = "type"


@dataclass(frozen=True)
class LessonQuery:
    """A search: words, filters, page."""

    text: str = ""
    chosen: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    page: int = 1
    size: int = SIZE


def read_query(parameters: QueryDict) -> LessonQuery:
    """Read a search; what the list does not know is left out."""
    return LessonQuery(
        text=" ".join(parameters.get("q", "").replace("\x00", "").split())[:MOST_LETTERS].strip(),
        chosen={facet: values for facet in Facet if (values := _values(parameters, facet))},
        page=page_number(parameters.get("page", "")),
    )


def _values(parameters: QueryDict, facet: Facet) -> frozenset[str]:
    given = parameters.getlist(facet.value)[:MOST_VALUES]
    return frozenset(v for v in given if v and len(v) <= _MOST_VALUE_LETTERS and "\x00" not in v)


def write_query(query: LessonQuery) -> str:
    """Write a search, always in the same way."""
    parameters = QueryDict(mutable=True)
    if query.text:
        parameters["q"] = query.text
    for facet in Facet:
        for value in sorted(query.chosen.get(facet, ())):
            parameters.appendlist(facet.value, value)
    return parameters.urlencode()


def address(name: str, query: LessonQuery, *args: object) -> str:
    """Return the address of a page with a search behind it."""
    written = write_query(query)
    url = reverse(name, args=args)
    return f"{url}?{written}" if written else url


def without(query: LessonQuery, facet: Facet, value: str) -> LessonQuery:
    """Take one chosen value away."""
    chosen = {f: v - {value} if f == facet else v for f, v in query.chosen.items()}
    return replace(query, chosen={f: v for f, v in chosen.items() if v}, page=1)
