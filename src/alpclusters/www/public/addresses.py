"""What searches have in common where an address holds all of them: words, chosen values, page."""

from collections.abc import Iterable, Mapping
from dataclasses import Field, replace
from enum import StrEnum
from typing import Any, ClassVar, Final, Protocol

from django.http import QueryDict

MOST_LETTERS: Final = 200
MOST_VALUES: Final = 50
MOST_VALUE_LETTERS: Final = 60
MOST_PAGES: Final = 10_000


class Search(Protocol):
    """A frozen dataclass with filters and a page."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def chosen(self) -> Mapping[Any, frozenset[str]]:
        """The chosen values of each filter that has some."""

    @property
    def page(self) -> int:
        """The number of the page."""


def words_in(parameters: QueryDict) -> str:
    """Read what somebody typed: one space between words, and not endless."""
    return " ".join(parameters.get("q", "").replace("\x00", "").split())[:MOST_LETTERS].strip()


def chosen_in[F: StrEnum](
    parameters: QueryDict,
    facets: Iterable[F],
    *,
    most: int = MOST_VALUES,
    longest: int = MOST_VALUE_LETTERS,
) -> dict[F, frozenset[str]]:
    """Read the chosen values of each filter that has some."""
    read = {
        facet: _fitting(parameters.getlist(facet.value)[:most], longest=longest) for facet in facets
    }
    return {facet: values for facet, values in read.items() if values}


def _fitting(values: Iterable[str], *, longest: int) -> frozenset[str]:
    return frozenset(v for v in values if v and len(v) <= longest and "\x00" not in v)


def one_of[K: StrEnum](kind: type[K], text: str, usual: K) -> K:
    """Read one of several words; what is none of them is the usual one."""
    return kind(text) if text in set(kind) else usual


def page_number(text: str) -> int:
    """Read the number of a page; 1 for anything odd."""
    known = text.isascii() and text.isdigit() and len(text) < len(str(MOST_PAGES))
    return max(1, int(text)) if known else 1


def write_chosen[F: StrEnum](
    parameters: QueryDict, chosen: Mapping[F, frozenset[str]], facets: Iterable[F]
) -> None:
    """Write the chosen values, always in the same order."""
    for facet in facets:
        for value in sorted(chosen.get(facet, ())):
            parameters.appendlist(facet.value, value)


def with_query(url: str, written: str) -> str:
    """Return an address with what is asked behind it, if anything is."""
    return f"{url}?{written}" if written else url


def without[S: Search](query: S, facet: StrEnum, value: str) -> S:
    """Take one chosen value away, and begin at the first page."""
    chosen = {f: v - {value} if f == facet else v for f, v in query.chosen.items()}
    return replace(query, chosen={f: v for f, v in chosen.items() if v}, page=1)
