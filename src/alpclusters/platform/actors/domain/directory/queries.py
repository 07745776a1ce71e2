"""What somebody asks of the directory, and what comes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from alpclusters.platform.actors.domain.directory.expressions import Group

PAGE_SIZE = 20
MOST_LETTERS = 200
MOST_VALUES = 60


class Scope(StrEnum):
    """Which bodies: cluster organisations alone, or all."""

    CLUSTERS = "clusters"
    ALL = "all"


class Order(StrEnum):
    """How the list is ordered."""

    RELEVANCE = "relevance"
    NAME = "name"
    COUNTRY = "country"
    CONFIRMED = "confirmed"
    COMPLETENESS = "completeness"
    CHANGED = "changed"


class Facet(StrEnum):
    """What the list can be narrowed by, in the order of the page."""

    COUNTRY = "country"
    REGION = "region"
    SECTION = "section"
    SECTOR = "sector"
    ECOSYSTEM = "ecosystem"
    TECHNOLOGY = "technology"
    LABEL = "label"
    MARKET = "market"
    STANDING = "standing"
    FRESHNESS = "freshness"


class Freshness(StrEnum):
    """When somebody last confirmed a profile."""

    YEAR = "year"
    OLDER = "older"
    NEVER = "never"


@dataclass(frozen=True)
class DirectoryQuery:
    """A search; ``exact`` looks for the words as typed alone, without other languages.

    Attributes
    ----------
    chosen : mapping of Facet to frozenset of str
        Values of one facet are alternatives, facets add up.
    today : date
        Labels and confirmations count by it.
    simulated : bool or None
        Which organisations, invented or real ones; None: real ones, and invented ones only where
        there are no others. The answer says which.
    """

    today: date
    text: str = ""
    exact: bool = False
    scope: Scope = Scope.CLUSTERS
    chosen: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    order: Order = Order.RELEVANCE
    page: int = 1
    size: int = PAGE_SIZE
    simulated: bool | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A word nobody knows, and the known one that was looked for instead."""

    given: str
    used: str


@dataclass(frozen=True)
class DirectoryResult:
    """The answer.

    Attributes
    ----------
    ids : sequence of int
        The organisations of the page, in order.
    total : int
        How many there are on all pages.
    facets : mapping of Facet to mapping of str to int
        How many hits each value would leave, the other facets as chosen.
    scopes : mapping of Scope to int
        How many hits each scope has.
    groups : sequence of Group
        What was looked for: the words with their other languages.
    corrections : sequence of Correction
    n_regionless : int
        How many hits, the choice of regions apart, have no region of level 2.
    is_settled : bool
        False while changed organisations wait to be indexed.
    """

    query: DirectoryQuery
    ids: Sequence[int]
    total: int
    facets: Mapping[Facet, Mapping[str, int]]
    scopes: Mapping[Scope, int]
    groups: Sequence[Group] = ()
    corrections: Sequence[Correction] = ()
    n_regionless: int = 0
    is_settled: bool = True
