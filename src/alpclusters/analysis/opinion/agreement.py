"""How far two partitions of the same people agree."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.errors import NotFiniteError, ShapeError, Where
from alpclusters.analysis.opinion.arrays import FloatArray


def adjusted_rand_index(first: ArrayLike, second: ArrayLike) -> float:
    """Compare two partitions of the same people, corrected for chance.

    With pairs C(n, 2), S the pairs together in both, A and B those together in each and
    E = A B / C(n, 2): (S - E) / ((A + B) / 2 - E).

    Parameters
    ----------
    first, second : array_like of shape (n_people,)
        Any labels.

    Returns
    -------
    float
        1 the same partition, 0 as by chance, at least -0.5; 1 where both are trivial (one
        group, or everybody alone).

    Raises
    ------
    ShapeError
        Of different length.
    NotFiniteError
        NaN or infinity among the labels.

    References
    ----------
    .. [1] L. Hubert, P. Arabie, Comparing partitions, Journal of Classification 2 (1985),
       193-218.

    Examples
    --------
    >>> round(adjusted_rand_index([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]), 10)
    0.2424242424
    >>> adjusted_rand_index([0, 0, 1, 1], [1, 1, 0, 0])
    1.0
    """
    left, right = np.asarray(first), np.asarray(second)
    if left.ndim != 1 or left.shape != right.shape:
        code = "groups.length"
        raise ShapeError(
            code, where=Where(argument="second"), found=str(right.size), expected=str(left.size)
        )
    for name, labels in (("first", left), ("second", right)):
        if labels.dtype.kind == "f" and not np.isfinite(labels).all():
            code = "ratings.not_finite"
            raise NotFiniteError(code, where=Where(argument=name))
    table = _contingency(left, right)
    together = _pairs(table).sum()
    apart = _pairs(table.sum(axis=1)).sum(), _pairs(table.sum(axis=0)).sum()
    all_pairs = _pairs(table.sum())
    expected = apart[0] * apart[1] / all_pairs if all_pairs else 0.0
    spread = (apart[0] + apart[1]) / 2 - expected
    return float((together - expected) / spread) if spread else 1.0


def _contingency(left: NDArray[np.generic], right: NDArray[np.generic]) -> FloatArray:
    rows, row = np.unique(left, return_inverse=True)
    columns, column = np.unique(right, return_inverse=True)
    cells = np.bincount(row * columns.size + column, minlength=rows.size * columns.size)
    return cells.reshape(rows.size, columns.size).astype(np.float64)


def _pairs(counts: FloatArray | np.float64) -> FloatArray:
    return np.asarray(counts * (counts - 1) / 2)
