"""Everything published, followed: the pages of some languages and all their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from alpclusters.reports.truth import Checked
from alpclusters.www.truth.crawl import public_pages, visitor
from alpclusters.www.truth.numbers import Site, check_numbers

LANGUAGES: Final = ("de", "sl")


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the crawl read and found."""

    n_pages: int
    checked: Checked


def check_published(*, languages: Sequence[str] = LANGUAGES, each: int = 0) -> Numbers:
    """Follow every number of all public pages.

    Parameters
    ----------
    languages : sequence of str, default=("de", "sl")
    each : int, default=0
        At most so many pages of one kind; 0 means all.
    """
    kept: dict[str, str | None] = {}
    read = visitor()

    def fetch(address: str) -> str | None:
        if address not in kept:
            kept[address] = read(address)
        return kept[address]

    n_pages, found = 0, Checked()
    for language in languages:
        read_all = public_pages(fetch, language, each=each)
        n_pages += len(read_all.pages)
        found += check_numbers(Site(fetch), read_all.pages)
        found += Checked(0, tuple(read_all.broken))
        kept.clear()
    return Numbers(n_pages, found)
