"""What makes vectors of one encoder comparable: middles for the model's, rarity for letters."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from alpclusters.analysis.similarity import letter_rarity, weigh_letters
from alpclusters.platform.network.domain.vectors.model import Dense, Kind, Rows

# --- Centring: subtract the middle of a language and kind, so that meaning is left and not tongue


FEWEST: Final = 10
type Source = Literal["own", "reference", "pooled", "none"]
type Strings = NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Centre:
    """The middle of one kind of text in one language.

    Attributes
    ----------
    vector : array of shape (dim,), float32
        0 where there is none.
    source : {'own', 'reference', 'pooled', 'none'}
        Which texts it is of: of this kind; needs together with those of nobody; all of the
        language; too few.
    n : int
        How many texts.
    """

    vector: Dense
    source: Source
    n: int


type Centres = dict[tuple[str, str], Centre]


def find_centres(rows: Dense, kinds: Strings, languages: Strings) -> Centres:
    """Return the middle of each kind in each language that occurs.

    Notes
    -----
    Of at least 10 texts: of the kind; else, for needs, with the reference needs; else of all
    texts of the language; else none. With the middle of the profiles needs are found worse than
    with that of the reference needs (docs/methods/text-vectors.md).
    """
    return {
        (str(kind), str(language)): _centre(rows, kinds, languages == language, kind)
        for language in np.unique(languages)
        for kind in Kind
    }


def centre_rows(rows: Dense, kinds: Sequence[str], languages: Sequence[str], by: Centres) -> Dense:
    """Subtract from each row the middle of its kind and language, and make its length 1.

    A row that is the middle itself has the length 0.
    """
    moved = rows.copy()
    for key, places in _places(kinds, languages):
        if key in by:
            moved[places] -= by[key].vector
    return unit_rows(moved)


def unit_rows(rows: Dense) -> Dense:
    """Make each row's length 1; rows of length 0 stay."""
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows, dtype=np.float64))
    # Rounding leaves a little of a row that is its own middle.
    is_there = lengths > np.finfo(np.float32).eps
    factors = np.divide(1, lengths, out=np.zeros_like(lengths), where=is_there)
    return np.ascontiguousarray(rows * factors[:, None].astype(np.float32))


def _centre(rows: Dense, kinds: Strings, is_spoken: NDArray[np.bool_], kind: Kind) -> Centre:
    for source, is_used in _choices(kinds, kind):
        places = np.flatnonzero(is_used & is_spoken)
        if len(places) >= FEWEST:
            middle = rows[places].mean(axis=0, dtype=np.float64).astype(np.float32)
            return Centre(middle, source, len(places))
    return Centre(np.zeros(rows.shape[1], np.float32), "none", 0)


def _choices(kinds: Strings, kind: Kind) -> Iterator[tuple[Source, NDArray[np.bool_]]]:
    is_own, is_reference = kinds == kind, kinds == Kind.REFERENCE
    yield "own", is_own
    if kind is Kind.NEED:
        yield "reference", is_own | is_reference
    yield "pooled", ~is_reference


def _places(
    kinds: Sequence[str], languages: Sequence[str]
) -> Iterator[tuple[tuple[str, str], NDArray[np.intp]]]:
    kind, language = np.asarray(kinds, str), np.asarray(languages, str)
    for key in sorted({(str(k), str(c)) for k, c in zip(kind, language, strict=True)}):
        yield key, np.flatnonzero((kind == key[0]) & (language == key[1]))


# --- What makes vectors of one encoder comparable: middles for the model's, rarity for letters


class Space(Protocol):
    """Makes rows comparable: the product of two is their cosine."""

    def place(self, rows: Rows, kinds: Sequence[str], languages: Sequence[str]) -> Rows:
        """Return rows of length 1 for texts of these kinds and languages."""


@dataclass(frozen=True, slots=True)
class CentredSpace:
    """The model's: each kind and language on its own middle."""

    centres: Centres

    def place(self, rows: Rows, kinds: Sequence[str], languages: Sequence[str]) -> Rows:
        """Subtract the middles."""
        return centre_rows(np.asarray(rows, np.float32), kinds, languages, self.centres)


@dataclass(frozen=True, slots=True)
class WeighedSpace:
    """The letters': rare sequences weigh more; kind and language do not count."""

    rarity: Dense

    def place(self, rows: Rows, kinds: Sequence[str], languages: Sequence[str]) -> Rows:
        """Weigh the counts."""
        del kinds, languages
        return weigh_letters(csr_array(rows), self.rarity)


def build_space(rows: Rows, kinds: Strings, languages: Strings) -> Space:
    """Build the space of all stored rows, dense or sparse."""
    if isinstance(rows, csr_array):
        searched = np.flatnonzero((kinds != Kind.NEED) & (kinds != Kind.REFERENCE))
        return WeighedSpace(letter_rarity(rows[searched]))
    return CentredSpace(find_centres(rows, kinds, languages))
