"""The nearest of many vectors: a first look on few dimensions, exact products for the best."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.errors import NotFiniteError, ShapeError, Where
from alpclusters.analysis.matching.score_parts import (
    Dense,
    IntArray,
    dense,
    frozen,
    out_of_range,
    same_length,
)

FIRST_DIMENSIONS: Final = 96
RERANKED: Final = 1000
SMALL: Final = 5000
MOST_LEFT_OUT: Final = 0.5
_SAMPLE: Final = 20_000


@dataclass(frozen=True, slots=True)
class VectorIndex:
    """Vectors with what makes a search among many of them quick.

    Attributes
    ----------
    vectors : ndarray of shape (n, d), float32
        As given, not copied; may be memory-mapped.
    axes : ndarray of shape (d, p), float32
        Directions in which the vectors differ most.
    first : ndarray of shape (n, p), float32
        The vectors along these.
    rest : ndarray of shape (n,), float32
        Length of what the first dimensions leave out.
    """

    vectors: Dense
    axes: Dense
    first: Dense
    rest: Dense

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return ``no_vectors`` if there are none."""
        return () if len(self.vectors) else ("no_vectors",)

    @property
    def helps(self) -> bool:
        """Say whether the first dimensions hold most of the vectors; noise has no such."""
        n = len(self.rest)
        return n > 0 and float(self.rest @ self.rest) / n <= MOST_LEFT_OUT


@dataclass(frozen=True, slots=True)
class Nearest:
    """The rows that lie closest to a query.

    Attributes
    ----------
    rows : ndarray of shape (k,), int64
        Highest product first, of equal ones the lower row.
    scores : ndarray of shape (k,), float32
        Products with the query, all exact.
    is_certain : bool
        Whether no row outside can be closer: all were compared, or the bound of those left out
        lies below the last one here.
    n_compared : int
        Rows whose exact product was taken.
    reasons : tuple of str
        ``no_vectors``.
    """

    rows: IntArray
    scores: NDArray[np.float32]
    is_certain: bool
    n_compared: int
    reasons: tuple[str, ...]


def index_vectors(vectors: Dense, *, dimensions: int = FIRST_DIMENSIONS) -> VectorIndex:
    """Prepare many vectors for `nearest`.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
        Rows of length 1; kept as they are.
    dimensions : int
        Of the first look.

    Returns
    -------
    VectorIndex

    Raises
    ------
    AnalysisError
        NaN or another shape.

    Notes
    -----
    Principal axes of the second moments (not centred: products are what counts) of at most
    20,000 rows at equal distances; no chance in it. Memory: p / d of the vectors.

    Examples
    --------
    >>> index_vectors(np.eye(3, dtype=np.float32), dimensions=2).first.shape
    (3, 2)
    """
    given = np.ascontiguousarray(dense(vectors, "vectors"))
    n = len(given)
    if dimensions < 1:
        raise out_of_range("dimensions", "1 – …")
    sample = given[:: max(n // _SAMPLE, 1)].astype(np.float64)
    axes = np.linalg.eigh(sample.T @ sample)[1][:, ::-1][:, :dimensions].astype(np.float32)
    first = np.ascontiguousarray(given @ axes)
    rest = np.sqrt(np.maximum(_squares(given) - _squares(first), 0)).astype(np.float32)
    view = given.view()
    return VectorIndex(*map(frozen, (view, np.ascontiguousarray(axes), first, rest)))


def nearest(
    vectors: Dense | VectorIndex,
    query: ArrayLike,
    k: int,
    *,
    allowed: ArrayLike | None = None,
    rerank: int = RERANKED,
) -> Nearest:
    """Find the k rows with the greatest product with a query.

    Parameters
    ----------
    vectors : ndarray of shape (n, d) or VectorIndex
        Plain vectors are all compared; an index looks first on few dimensions.
    query : array_like of shape (d,)
        Of length 1.
    k : int
        How many at most.
    allowed : array_like of bool, shape (n,), optional
        Which rows may be found.
    rerank : int
        With an index: rows whose exact product is taken after the first look.

    Returns
    -------
    Nearest

    Raises
    ------
    AnalysisError
        NaN, other lengths, ``k`` below 1.

    Notes
    -----
    The first look orders by the product along the first dimensions. What they leave out of a
    product is at most |rest of row| |rest of query| (Cauchy-Schwarz): if even with that nobody
    left out reaches the last one found, the answer is certain, and says so. Else it is likely
    only; how likely, see the benchmark. All are compared up to 5,000 rows, and where the first
    dimensions hold less than half of the squared lengths.

    Examples
    --------
    >>> found = nearest(np.array([[1, 0], [0.6, 0.8], [0, 1]], np.float32), [0, 1], 2)
    >>> found.rows, found.scores.round(2), found.is_certain
    (array([2, 1]), array([1. , 0.8], dtype=float32), True)
    """
    rows = vectors.vectors if isinstance(vectors, VectorIndex) else dense(vectors, "vectors")
    asked = _query(query, rows)
    if k < 1 or rerank < 1:
        raise out_of_range("k", "1 – …")
    mask = None if allowed is None else np.array(allowed, dtype=bool)
    if mask is not None:
        same_length(mask, len(rows), "allowed")
    if isinstance(vectors, VectorIndex) and len(rows) > max(SMALL, rerank, k) and vectors.helps:
        return _by_index(vectors, asked, k, mask, max(rerank, k))
    scores = rows @ asked
    return _best(scores, np.arange(len(scores)), k, mask, is_certain=True)


def _query(query: ArrayLike, rows: Dense) -> Dense:
    asked = np.array(query, dtype=np.float32)
    if asked.shape != (rows.shape[1],):
        raise ShapeError("array.lengths_differ", where=Where(argument="query"))
    if not np.isfinite(asked).all():
        raise NotFiniteError("array.not_finite", where=Where(argument="query"))
    return asked


def _by_index(
    index: VectorIndex, query: Dense, k: int, mask: NDArray[np.bool_] | None, rerank: int
) -> Nearest:
    along = query @ index.axes
    left = float(np.sqrt(max(float(query @ query) - float(along @ along), 0.0)))
    looked = index.first @ along
    if mask is not None:
        looked[~mask] = -np.inf
    cut = len(looked) - rerank
    order = np.argpartition(looked, cut)
    chosen = np.sort(order[cut:])
    found = _best(
        index.vectors[chosen] @ query,
        chosen,
        k,
        None if mask is None else mask[chosen],
        is_certain=False,
    )
    return Nearest(
        found.rows,
        found.scores,
        _nobody_closer(looked, index.rest * np.float32(left), chosen, found),
        len(chosen),
        found.reasons,
    )


def _nobody_closer(looked: Dense, slack: Dense, chosen: IntArray, found: Nearest) -> bool:
    bound = looked + slack
    bound[chosen] = -np.inf
    # Rounding of float32 products.
    return bool(len(found.rows)) and float(bound.max()) < float(found.scores[-1]) - 1e-5


def _best(
    scores: Dense, rows: IntArray, k: int, mask: NDArray[np.bool_] | None, *, is_certain: bool
) -> Nearest:
    if mask is not None:
        scores = np.where(mask, scores, np.float32(-np.inf))
    n_left = len(scores) if mask is None else int(mask.sum())
    k = min(k, n_left)
    if not k:
        nobody = frozen(np.zeros(0, np.float32))
        return Nearest(
            frozen(np.zeros(0, np.int64)),
            nobody,
            is_certain=True,
            n_compared=len(rows),
            reasons=("no_vectors",),
        )
    least = np.partition(scores, len(scores) - k)[len(scores) - k]
    # All that equal the last one, so that the row decides and not the order of sorting.
    close = np.flatnonzero(scores >= least)
    order = close[np.lexsort((rows[close], -scores[close]))][:k]
    return Nearest(
        frozen(rows[order].astype(np.int64)), frozen(scores[order]), is_certain, len(rows), ()
    )


def _squares(rows: Dense) -> NDArray[np.float64]:
    found: NDArray[np.float64] = np.einsum("ij,ij->i", rows, rows, dtype=np.float64)
    return found
