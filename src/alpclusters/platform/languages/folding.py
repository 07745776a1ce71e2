"""Fold texts so that a search finds č with c, ß with ss and ä with a as well as with ae.

A text has two foldings: one drops the accents, the other writes German umlauts out. A word
matches if one of its foldings lies in the folding of the same kind.
"""

import unicodedata
from functools import lru_cache
from typing import Final

_LETTERS: Final = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i",
        "’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u00ad": "",
        "\u2011": "-", "–": "-",
    }
)  # fmt: skip
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Return a text in small letters without accents.

    Examples
    --------
    >>> fold("Maßnahme"), fold("Žilina"), fold("Kärnten")
    ('massnahme', 'zilina', 'karnten')
    """
    return _without_accents(unicodedata.normalize("NFC", text).lower())


@lru_cache(maxsize=50_000)
def fold_umlauts(text: str) -> str:
    """Return a text in small letters without accents, umlauts written as two letters.

    Examples
    --------
    >>> fold_umlauts("Kärnten")
    'kaernten'
    """
    lower = unicodedata.normalize("NFC", text).lower()
    return _without_accents(lower.translate(_UMLAUTS))


def foldings(text: str) -> frozenset[str]:
    """Return both foldings of a text."""
    return frozenset((fold(text), fold_umlauts(text)))


def _without_accents(lower: str) -> str:
    apart = unicodedata.normalize("NFKD", lower.translate(_LETTERS))
    return "".join(c for c in apart if not unicodedata.combining(c)).translate(_LETTERS)
