"""What one can ask the list of initiatives, and what comes back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

SIZE: Final = 20


class Facet(StrEnum):
    """A filter, named as in the address."""

    FAMILY = "family"
    PERIOD = "period"
    COUNTRY = "country"
    SECTOR = "sector"
    KIND = "kind"
    OUTCOME = "outcome"


class Order(StrEnum):
    """How hits are sorted; each order is total."""

    NAME = "name"
    NEWEST = "newest"
    OLDEST = "oldest"
    CHANGED = "changed"


@dataclass(frozen=True)
class InitiativeQuery:
    """A search: words, filters, order, page."""

    text: str = ""
    chosen: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    order: Order = Order.NAME
    page: int = 1
    size: int = SIZE
    simulated: bool | None = None


@dataclass(frozen=True)
class InitiativeResult:
    """What a search found.

    Attributes
    ----------
    query : InitiativeQuery
        With a page that exists, and the world that is shown.
    ids : sequence of int
        All hits in their order.
    facets : mapping
        Hits per value of each filter, under all other filters.
    """

    query: InitiativeQuery
    ids: Sequence[int]
    facets: Mapping[Facet, Counter[str]]

    @property
    def total(self) -> int:
        """How many initiatives fit."""
        return len(self.ids)

    @property
    def page_ids(self) -> Sequence[int]:
        """Those of the page."""
        start = (self.query.page - 1) * self.query.size
        return self.ids[start : start + self.query.size]
