"""Texts as sparse vectors: concepts of a glossary, and letters of all other words."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from alpclusters.analysis.errors import AnalysisError, ShapeError, Where
from alpclusters.analysis.similarity.words import Glossary, fold_word, is_stop_word, words_of

# --- Texts as sparse vectors: concepts of a glossary, and letters of all other words --------------


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


# --- Texts as sequences of three to five letters: finds the same words, not the same meaning ------


LETTER_COLUMNS: Final = 1 << 20
SEQUENCES: Final = (3, 4, 5)
_BASE: Final = np.uint64(1_000_003)
# Multiplicative hashing (Knuth 1973, volume 3, 6.4): the high bits are the well mixed ones.
_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)
_SHIFT: Final = np.uint64(64 - 20)

Float32Array = NDArray[np.float32]


def letter_counts(texts: Sequence[str]) -> csr_array:
    """Count the sequences of letters of each text; needs no other text.

    Parameters
    ----------
    texts : sequence of str

    Returns
    -------
    csr_array of shape (n_texts, 1,048,576), float32
        ``1 + ln(count)`` where a sequence occurs. A text without a letter has an empty row.

    Raises
    ------
    AnalysisError
        A text that is no str.

    Notes
    -----
    Words are parted by white space, folded by `fold_word` and framed by one blank on each side;
    no sequence crosses a frame (scikit-learn's ``char_wb``). A sequence's column is a hash of
    its letters, so that a text's row stays as it is when other texts come or go; in 100,000
    different sequences about one in eleven shares its column with another.

    References
    ----------
    .. [1] K. Weinberger et al., Feature hashing for large scale multitask learning, ICML 2009.

    Examples
    --------
    >>> [round(float(total), 3) for total in letter_counts(["Holz", "holz Holz"]).sum(axis=1)]
    [9.0, 15.238]
    """
    rows = [_columns_of(_checked(text, row)) for row, text in enumerate(texts)]
    places, values = [row[0] for row in rows], [row[1] for row in rows]
    ends = np.cumsum([0, *map(len, places)])
    parts = (_joined(values, np.float32), _joined(places, np.int32), ends.astype(np.int32))
    return csr_array(parts, shape=(len(rows), LETTER_COLUMNS))


def letter_rarity(counts: csr_array) -> Float32Array:
    """Weigh each sequence of letters by how few texts have it.

    Parameters
    ----------
    counts : csr_array
        Of `letter_counts`.

    Returns
    -------
    array of shape (1,048,576,), float32
        ``ln((1 + n) / (1 + n with it)) + 1``; 1 everywhere without a text.

    Raises
    ------
    ShapeError
        Not as many columns as `letter_counts` makes.

    Examples
    --------
    >>> float(letter_rarity(letter_counts(["Holz", "Holz"])).min())
    1.0
    """
    _check_columns(counts)
    n_with = np.bincount(counts.indices, minlength=LETTER_COLUMNS)
    rarity: Float32Array = (np.log((1 + counts.shape[0]) / (1 + n_with)) + 1).astype(np.float32)
    rarity.flags.writeable = False
    return rarity


def weigh_letters(counts: csr_array, rarity: Float32Array) -> csr_array:
    """Turn counts into rows of length 1, so that their product is the cosine.

    Parameters
    ----------
    counts : csr_array
        Of `letter_counts`.
    rarity : array of shape (1,048,576,)
        Of `letter_rarity`; of the texts that are searched, not of the question.

    Returns
    -------
    csr_array of the same shape, float32
        An empty row stays empty.

    Raises
    ------
    ShapeError
        Not as many columns as `letter_counts` makes, or not one weight for each.

    Examples
    --------
    >>> counts = letter_counts(["Holzbau in den Alpen", "Holz"])
    >>> rows = weigh_letters(counts, letter_rarity(counts))
    >>> round(float((rows[[0]] @ rows[[1]].T).toarray()[0, 0]), 3)
    0.203
    """
    _check_columns(counts)
    if rarity.shape != (LETTER_COLUMNS,):
        raise ShapeError(
            "counts.shape",
            where=Where(argument="rarity"),
            expected=f"({LETTER_COLUMNS},)",
        )
    values = counts.data * rarity[counts.indices]
    values /= np.repeat(_lengths(values, counts), np.diff(counts.indptr))
    parts = (values.astype(np.float32), counts.indices.copy(), counts.indptr.copy())
    return csr_array(parts, shape=counts.shape)


def _checked(text: str, row: int) -> str:
    if not isinstance(text, str):
        raise AnalysisError("similarity.not_a_text", where=Where(argument="texts", row=row))
    return text


def _check_columns(counts: csr_array) -> None:
    if counts.shape[1] != LETTER_COLUMNS:
        raise ShapeError(
            "counts.shape",
            where=Where(argument="counts"),
            expected=f"(n, {LETTER_COLUMNS})",
        )


def _lengths(values: NDArray[np.float32], counts: csr_array) -> NDArray[np.float64]:
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    squares = values.astype(np.float64) ** 2
    return np.sqrt(np.bincount(rows, squares, minlength=counts.shape[0]))


def _columns_of(text: str) -> tuple[NDArray[np.int32], Float32Array]:
    """Return the columns of a text in their order, and the value of each."""
    letters, word = _framed(text)
    hashes = [_sequences(letters, word, n) for n in SEQUENCES]
    columns, counts = np.unique(np.concatenate(hashes), return_counts=True)
    return columns.astype(np.int32), (1 + np.log(counts)).astype(np.float32)


def _framed(text: str) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the letters of all framed words in a row, and which word each is of."""
    words = [folded for word in text.split() if (folded := fold_word(word))]
    framed = "".join(f" {word} " for word in words)
    letters = np.frombuffer(framed.encode("utf-32-le", "replace"), np.uint32).astype(np.uint64)
    return letters, np.repeat(np.arange(len(words)), [len(word) + 2 for word in words])


def _sequences(letters: NDArray[np.uint64], word: NDArray[np.int64], n: int) -> NDArray[np.uint64]:
    """Return the column of each sequence of n letters within one word."""
    n_starts = max(len(letters) - n + 1, 0)
    # Sequences of another length start from another number, so "abc" is not a part of "abcd".
    total = np.full(n_starts, n, np.uint64)
    for place in range(n):
        total = total * _BASE + letters[place : place + n_starts]
    inside = word[:n_starts] == word[len(word) - n_starts :]
    hashed: NDArray[np.uint64] = (total[inside] * _GOLDEN) >> _SHIFT
    return hashed


def _joined[T: np.generic](parts: Sequence[NDArray[T]], kind: type[T]) -> NDArray[T]:
    return np.concatenate(parts) if parts else np.zeros(0, kind)
