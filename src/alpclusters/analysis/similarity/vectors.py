"""Texts as sparse vectors: concepts of a glossary, and letters of all other words."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from alpclusters.analysis.similarity.glossary import Glossary
from alpclusters.analysis.similarity.words import is_stop_word, words_of

GRAMS: Final = (3, 4, 5)
FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text is made of.

    Attributes
    ----------
    concepts : mapping of str to int
        How often each concept occurs.
    rest : tuple of str
        Other words that say something, folded.
    """

    concepts: Mapping[str, int]
    rest: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to compare."""
        return not self.concepts and not self.rest


def read_text(text: str, language: str, glossary: Glossary) -> Reading:
    """Part a text into concepts and the rest; stop words are dropped."""
    words = words_of(text)
    hits = glossary.hits(words, language)
    taken = {place for hit in hits for place in range(hit.first, hit.last + 1)}
    left = [word.text for place, word in enumerate(words) if place not in taken]
    rest = tuple(word for word in left if not is_stop_word(word, language))
    return Reading(Counter(hit.concept for hit in hits), rest)


def vectors_of(readings: Sequence[Reading], *, rest_weight: float) -> csr_array:
    """Return one row of length 1 for each text, of length 0 for an empty one.

    A concept weighs by its rarity, at most 1; each other word weighs ``rest_weight``, spread
    over its sequences of three to five letters by their TF-IDF.
    """
    concepts = _weighted([dict.fromkeys(r.concepts, 1.0) for r in readings])
    grams = _unit(_weighted([_grams_of(r.rest) for r in readings]))
    n_rest = np.array([len(r.rest) for r in readings], dtype=float)
    scaled = grams * (rest_weight * np.sqrt(n_rest))[:, None]
    return _unit(csr_array(hstack([concepts, scaled], format="csr")))


def _weighted(rows: Sequence[Mapping[str, float]]) -> csr_array:
    """Put counts into a matrix, each column by its inverse document frequency, at most 1."""
    columns: dict[str, int] = {}
    places = [columns.setdefault(key, len(columns)) for row in rows for key in row]
    values = np.array([value for row in rows for value in row.values()], dtype=float)
    lengths = np.cumsum([0, *(len(row) for row in rows)])
    counts = csr_array((values, places, lengths), shape=(len(rows), max(len(columns), 1)))
    return csr_array(counts * _rarity(counts)[None, :])


def _rarity(counts: csr_array) -> FloatArray:
    n_texts, n_columns = counts.shape
    n_with = np.bincount(counts.indices, minlength=n_columns)
    greatest = np.log((1 + n_texts) / 2) + 1
    rarity: FloatArray = (np.log((1 + n_texts) / (1 + n_with)) + 1) / greatest
    return rarity


def _grams_of(words: Sequence[str]) -> Counter[str]:
    return Counter(gram for word in words for gram in _grams(word))


def _grams(word: str) -> Iterator[str]:
    framed = f" {word} "
    for n in GRAMS:
        yield from (framed[i : i + n] for i in range(len(framed) - n + 1))


def _unit(rows: csr_array) -> csr_array:
    lengths = np.sqrt(rows.multiply(rows).sum(axis=1))
    return csr_array(rows * (1 / np.where(lengths > 0, lengths, 1.0))[:, None])
