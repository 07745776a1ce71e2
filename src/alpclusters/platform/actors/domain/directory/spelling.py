"""Correct words that the index does not know against those it knows."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from alpclusters.platform.actors.domain.directory.documents import forms, pieces, thesaurus
from alpclusters.platform.actors.domain.directory.index import State
from alpclusters.platform.actors.domain.directory.queries import Correction, Group
from alpclusters.platform.actors.models import IndexWord

SHORTEST: Final = 4
LONG: Final = 8


@dataclass(frozen=True)
class Vocabulary:
    """The words of the index in order, with how many organisations hold each."""

    words: Sequence[str]
    counts: Sequence[int]

    def knows(self, group: Group) -> bool:
        """Say whether the needles of one way stand in the index, each somewhere."""
        return any(
            all(self._has(needle.text, is_prefix=needle.is_prefix) for needle in way.needles)
            for way in group.ways
        )

    def _has(self, text: str, *, is_prefix: bool) -> bool:
        place = bisect_left(self.words, text)
        found = self.words[place] if place < len(self.words) else ""
        return found.startswith(text) if is_prefix else found == text

    def nearest(self, word: str) -> str | None:
        """Return the known word with the fewest changed letters; the more common one first."""
        allowed = _allowed(word)
        if not allowed:
            return None
        near = process.extract(
            word, self.words, scorer=OSA.distance, score_cutoff=allowed, limit=None
        )
        rated = [
            (distance, -self.counts[place], found)
            for found, distance, place in near
            if found[0].isalpha()
        ]
        return min(rated)[2] if rated else None


def _allowed(word: str) -> int:
    if len(word) < SHORTEST or not word.isalpha():
        return 0
    return 2 if len(word) >= LONG else 1


_held: dict[str, Vocabulary] = {}


def read_vocabulary(state: State) -> Vocabulary:
    """Return the words of the index and of the thesaurus, read once per version."""
    found = _held.get(state.token)
    if found is None:
        counts = dict.fromkeys(thesaurus().words, 0)
        counts |= dict(IndexWord.objects.filter(n__gt=0).order_by().values_list("word", "n"))
        words = sorted(counts)
        found = Vocabulary(words, [counts[word] for word in words])
        _held.clear()
        _held[state.token] = found
    return found


def correct(text: str, groups: Sequence[Group], known: Vocabulary) -> list[Correction]:
    """Return what to look for instead of each unknown word; nothing where nothing is near."""
    found = []
    for group in groups:
        if known.knows(group):
            continue
        for word in pieces(group.typed):
            used = next((w for f in forms(word) if (w := known.nearest(f))), None)
            if used and used not in forms(word):
                found.append(Correction(word, used))
    return found if text else []


def corrected(text: str, corrections: Sequence[Correction]) -> str:
    """Write a query with its corrections."""
    instead = {c.given: c.used for c in corrections}
    return " ".join(instead.get(word, word) for word in pieces(text))
