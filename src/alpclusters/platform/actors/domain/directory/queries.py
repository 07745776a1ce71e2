"""What somebody asks of the directory, and what comes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from alpclusters.platform.actors.domain.directory.documents import forms, pieces, stem, thesaurus

# --- What a query asks of the words, before any database: all groups, each by one of its ways -----


MOST_WORDS = 8
SHORTEST_PREFIX = 3
SHORTEST_FOREIGN_PREFIX = 5


@dataclass(frozen=True, slots=True)
class Needle:
    """A token, or the beginning of one."""

    text: str
    is_prefix: bool

    def fits(self, token: str) -> bool:
        """Say whether a token is what is looked for."""
        return token.startswith(self.text) if self.is_prefix else token == self.text


@dataclass(frozen=True, slots=True)
class Way:
    """Needles that must all be there; ``term`` and ``language`` where the thesaurus knows it."""

    needles: tuple[Needle, ...]
    term: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What was typed, and the ways to find it; the typed ones first."""

    typed: str
    ways: tuple[Way, ...]

    @property
    def own(self) -> tuple[Way, ...]:
        """The ways without the thesaurus."""
        return tuple(way for way in self.ways if not way.language)

    @property
    def foreign(self) -> tuple[Way, ...]:
        """The ways of the thesaurus."""
        return tuple(way for way in self.ways if way.language)


def read_groups(text: str, *, exact: bool) -> tuple[Group, ...]:
    """Read a query; ``exact`` leaves out the thesaurus and cut endings."""
    words = pieces(text)[:MOST_WORDS]
    groups: list[Group] = []
    while words:
        n, terms = (1, ()) if exact else thesaurus().at(words)
        typed, words = words[:n], words[n:]
        own = _own_ways(typed, exact=exact)
        foreign = [
            w for term in terms for w in _foreign_ways(term.tokens, term.text, term.language)
        ]
        groups.append(Group(" ".join(typed), _once([*own, *foreign])))
    return tuple(group for group in groups if group.ways)


def _once(ways: list[Way]) -> tuple[Way, ...]:
    found: dict[tuple[Needle, ...], Way] = {}
    for way in ways:
        found.setdefault(way.needles, way)
    return tuple(found.values())


def _own_ways(words: list[str], *, exact: bool) -> list[Way]:
    spelled = [forms(word) for word in words]
    kinds = dict.fromkeys(tuple(f[-1 if last else 0] for f in spelled if f) for last in (0, 1))
    return [
        Way(tuple(_own_needle(t, exact=exact) for t in kind), " ".join(words))
        for kind in kinds
        if kind
    ]


def _own_needle(token: str, *, exact: bool) -> Needle:
    cut = token if exact else stem(token)
    return Needle(cut, is_prefix=len(token) >= SHORTEST_PREFIX)


def _foreign_ways(spelled: tuple[tuple[str, ...], ...], term: str, language: str) -> list[Way]:
    kinds = dict.fromkeys(tuple(f[-1 if last else 0] for f in spelled if f) for last in (0, 1))
    return [Way(tuple(_foreign_needle(t) for t in kind), term, language) for kind in kinds if kind]


def _foreign_needle(token: str) -> Needle:
    return Needle(stem(token), is_prefix=len(token) >= SHORTEST_FOREIGN_PREFIX)


# --- What somebody asks of the directory, and what comes back -------------------------------------


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
