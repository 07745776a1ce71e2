"""The words of a text, folded: small letters, no accents, each with its place."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from alpclusters.analysis.similarity.stop_words import STOP_WORDS

_WORD: Final = re.compile(r"[^\W_]+")
_LETTERS: Final = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, and where it stands in the text."""

    text: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """Return the words of a text in their order; an apostrophe and a hyphen part words."""
    return [Word(fold_word(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)]


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """Write a word in small letters without accents.

    Examples
    --------
    >>> fold_word("Förderregeln"), fold_word("čez"), fold_word("œuvre")
    ('forderregeln', 'cez', 'oeuvre')
    """
    apart = unicodedata.normalize("NFKD", word.lower().translate(_LETTERS))
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(_LETTERS)


def is_stop_word(word: str, language: str) -> bool:
    """Say whether a folded word says nothing by itself in a language."""
    return len(word) == 1 or word in STOP_WORDS.get(language, frozenset())
