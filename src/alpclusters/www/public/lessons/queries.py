"""What one can ask the list of lessons."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from django.http import QueryDict
from django.urls import reverse

from alpclusters.www.public.addresses import (
    chosen_in,
    page_number,
    with_query,
    words_in,
    write_chosen,
)
from alpclusters.www.worlds import asked_in, write_world

SIZE: Final = 20


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
    simulated: bool | None = None


def read_query(parameters: QueryDict) -> LessonQuery:
    """Read a search; what the list does not know is left out."""
    return LessonQuery(
        text=words_in(parameters),
        chosen=chosen_in(parameters, Facet),
        page=page_number(parameters.get("page", "")),
        simulated=asked_in(parameters),
    )


def write_query(query: LessonQuery) -> str:
    """Write a search, always in the same way."""
    parameters = QueryDict(mutable=True)
    if query.text:
        parameters["q"] = query.text
    write_chosen(parameters, query.chosen, Facet)
    write_world(parameters, query.simulated)
    return parameters.urlencode()


def address(name: str, query: LessonQuery, *args: object) -> str:
    """Return the address of a page with a search behind it."""
    return with_query(reverse(name, args=args), write_query(query))
