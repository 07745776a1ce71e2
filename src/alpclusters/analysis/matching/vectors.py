"""Text vectors that were made elsewhere: checked, centred, compared."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, issparse

from alpclusters.analysis.errors import NotFiniteError, ShapeError, Where
from alpclusters.analysis.matching.checking import FloatArray, frozen, same_length

type Dense = NDArray[np.float32]
type Rows = NDArray[np.floating] | csr_array

MIN_TEXTS = 10


def centre_vectors(
    vectors: Dense, *, language: Sequence[str], kind: Sequence[str], min_texts: int = MIN_TEXTS
) -> Dense:
    """Subtract the mean of the same language and kind, and make every row one long again.

    Without it texts of one language lie closer than texts that mean the same.

    Parameters
    ----------
    vectors : ndarray of shape (n, d)
        Dense rows of length 1.
    language, kind : sequence of str
        Of each text; a kind is such as ``profile`` or ``need``.
    min_texts : int
        A mean needs as many texts; with fewer the mean of the whole language is taken, if that
        has as many, else none.

    Returns
    -------
    ndarray of shape (n, d), float32
        A row that equals its mean is zero.

    Raises
    ------
    AnalysisError
        NaN, or another number of languages or kinds.

    Examples
    --------
    >>> rows = np.array([[1.0, 0.0], [0.6, 0.8]], np.float32)
    >>> centre_vectors(rows, language=["de"] * 2, kind=["need"] * 2, min_texts=2).round(3)
    array([[ 0.447, -0.894],
           [-0.447,  0.894]], dtype=float32)
    """
    given = dense(vectors, "vectors")
    spoken, sorts = np.array(language, dtype=str), np.array(kind, dtype=str)
    same_length(spoken, len(given), "language")
    same_length(sorts, len(given), "kind")
    centred = given.copy()
    for tongue in np.unique(spoken):
        mine = spoken == tongue
        for sort in np.unique(sorts[mine]):
            rows = mine & (sorts == sort)
            centred[rows] -= _mean(given, rows, mine, min_texts)
    return frozen(_unit(centred))


def dense(vectors: object, argument: str) -> Dense:
    """Return rows as float32; refuse NaN and other shapes."""
    given = np.asarray(vectors, dtype=np.float32)
    if given.ndim != 2:  # noqa: PLR2004 - rows and columns
        raise ShapeError("array.lengths_differ", where=Where(argument=argument))
    if not np.isfinite(given).all():
        raise NotFiniteError("array.not_finite", where=Where(argument=argument))
    return given


def rows_of(vectors: Rows, argument: str) -> Rows:
    """Return checked rows, dense or sparse as they came."""
    if not issparse(vectors):
        return dense(vectors, argument)
    found = csr_array(vectors)
    if not np.isfinite(found.data).all():
        raise NotFiniteError("array.not_finite", where=Where(argument=argument))
    return found


def cosines(one: Rows, other: Rows) -> FloatArray:
    """Return the products of all rows of one with all of the other, both of length 1."""
    if one.shape[1] != other.shape[1]:
        raise ShapeError("array.lengths_differ", where=Where(argument="vectors"))
    product = one @ other.T
    table = product.toarray() if issparse(product) else product
    return np.asarray(table, dtype=np.float64)


def _mean(
    rows: Dense, of_kind: NDArray[np.bool_], of_language: NDArray[np.bool_], least: int
) -> Dense:
    chosen = of_kind if of_kind.sum() >= least else of_language
    if chosen.sum() < least:
        return np.zeros(rows.shape[1], np.float32)
    return rows[chosen].mean(axis=0, dtype=np.float64).astype(np.float32)


def _unit(rows: Dense) -> Dense:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    # What is left of a row that is its own mean is rounding, not direction.
    scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 1e-6)  # noqa: PLR2004 - float32
    unit: Dense = (rows * scale).astype(np.float32)
    return unit
