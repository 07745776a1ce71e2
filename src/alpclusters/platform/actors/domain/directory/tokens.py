"""The words of a text as the index holds them: folded, umlauts in both spellings, parts of names.

>>> sorted(tokens("Cluster für proHolz"))
['cluster', 'fuer', 'fur', 'holz', 'proholz']
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from alpclusters.platform.languages.folding import fold, fold_umlauts

MAX_LETTERS: Final = 60
_PIECES: Final = re.compile(r"[^\W_]+")
# proHolz is found by Holz.
_CAMEL: Final = re.compile(r"(?<=[a-zäöüàèéìòùčšž])(?=[A-ZÄÖÜČŠŽ])")


def pieces(text: str) -> list[str]:
    """Cut a text into words as they are written."""
    return _PIECES.findall(text)


@lru_cache(maxsize=200_000)
def word_tokens(word: str) -> frozenset[str]:
    """Return what the index holds for one written word."""
    parts = [word, *(p for p in _CAMEL.split(word) if p != word)]
    folded = {f for part in parts for f in (fold(part), fold_umlauts(part))}
    return frozenset(t[:MAX_LETTERS] for f in folded for t in pieces(f))


def tokens(*texts: str) -> frozenset[str]:
    """Return what the index holds for some texts."""
    return union(word_tokens(word) for text in texts for word in pieces(text))


def union(parts: Iterable[frozenset[str]]) -> frozenset[str]:
    """Join sets of tokens."""
    return frozenset().union(*parts)


def forms(word: str) -> tuple[str, ...]:
    """Return the spellings under which a word of a query is looked for; the plain one first."""
    both = dict.fromkeys((fold(word), fold_umlauts(word)))
    return tuple(t[:MAX_LETTERS] for f in both for t in pieces(f))
