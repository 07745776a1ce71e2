"""Text vectors that were made elsewhere: checked, centred, compared."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, issparse

from alpclusters.analysis.errors import NotFiniteError, ShapeError, Where
from alpclusters.analysis.matching.checking import FloatArray

type Dense = NDArray[np.float32]
type Rows = NDArray[np.floating] | csr_array

MIN_TEXTS = 10


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
