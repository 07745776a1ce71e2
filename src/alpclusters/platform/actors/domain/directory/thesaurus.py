"""Words of the field that mean the same in the five languages (``seeds/thesaurus.csv``).

A row is one concept; several words of one language are parted by "|". A word of a query that
belongs to a concept also finds the words of the other languages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from alpclusters.platform.actors.domain.directory.tokens import forms, pieces
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.seed_rows import read_rows

SEED: Final = Path(__file__).resolve().parents[2] / "seeds" / "thesaurus.csv"
MOST_WORDS: Final = 4
_SHORTEST_STEM: Final = 6
_SHORTEST_HEAD: Final = 3
_SHORTEST_TAIL: Final = 5
_VOWELS: Final = "aeiou"


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or a few, of one language."""

    text: str
    language: str

    @property
    def tokens(self) -> tuple[tuple[str, ...], ...]:
        """Spellings of each of its words."""
        return tuple(forms(piece) for piece in pieces(self.text))


@dataclass(frozen=True)
class Thesaurus:
    """Concepts, found by the stems of their words."""

    by_stems: Mapping[tuple[str, ...], tuple[Term, ...]]
    words: frozenset[str]

    def at(self, words: Sequence[str]) -> tuple[int, tuple[Term, ...]]:
        """Return how many words at the start belong to a concept, and its terms."""
        for n in range(min(MOST_WORDS, len(words)), 0, -1):
            for key in _keys(words[:n]):
                if key in self.by_stems:
                    return n, self.by_stems[key]
        return 1, ()


def stem(token: str) -> str:
    """Cut the last vowel off a long word: mehatronika and mehatronike meet."""
    return token[:-1] if len(token) >= _SHORTEST_STEM and token[-1] in _VOWELS else token


@cache
def thesaurus() -> Thesaurus:
    """Read the table."""
    by_stems: dict[tuple[str, ...], tuple[Term, ...]] = {}
    words: set[str] = set()
    for row in read_rows(SEED):
        terms = tuple(
            Term(text.strip(), code)
            for code in LANGUAGE_CODES
            for text in row.get(code, "").split("|")
            if text.strip()
        )
        for term in terms:
            written = pieces(term.text)
            words.update(form for word in written for form in forms(word))
            for key in _keys(written):
                by_stems.setdefault(key, ())
                by_stems[key] += tuple(t for t in terms if t not in by_stems[key])
    return Thesaurus(by_stems, frozenset(words))


@lru_cache(maxsize=200_000)
def parts(token: str) -> frozenset[str]:
    """Return known words in a compound: Holzcluster is found by Cluster, and by Holz.

    The last word of a compound says what it is; the first counts only where the rest is known.

    >>> parts("kunststoffcluster") >= {"kunststoff", "cluster"}
    True
    """
    known = thesaurus().words
    found = set()
    for place in range(_SHORTEST_HEAD, len(token) - _SHORTEST_TAIL + 1):
        head, tail = token[:place], token[place:]
        if tail in known:
            found |= {tail, head} if head in known else {tail}
    return frozenset(found)


def _keys(words: Sequence[str]) -> list[tuple[str, ...]]:
    spelled = [forms(word) or ("",) for word in words]
    keys = [tuple(stem(f[0]) for f in spelled), tuple(stem(f[-1]) for f in spelled)]
    return list(dict.fromkeys(keys))
