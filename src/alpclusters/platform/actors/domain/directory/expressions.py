"""What a query asks of the words, before any database: all groups, each by one of its ways."""

from dataclasses import dataclass

from alpclusters.platform.actors.domain.directory.thesaurus import stem, thesaurus
from alpclusters.platform.actors.domain.directory.tokens import forms, pieces

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
