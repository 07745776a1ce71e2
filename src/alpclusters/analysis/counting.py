"""Counts of people as whole numbers, or a typed refusal."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.errors import NotFiniteError, ScaleError, Where


def whole_counts(values: ArrayLike, *, argument: str) -> NDArray[np.int64]:
    """Read counts; NaN, infinity and fractions are refused, never cut off.

    Parameters
    ----------
    values : array_like
        Whole numbers.
    argument : str
        Name of the argument for errors.

    Raises
    ------
    NotFiniteError
        NaN or infinity.
    ScaleError
        A fraction.

    Examples
    --------
    >>> whole_counts([3, 4.0], argument="n").tolist()
    [3, 4]
    """
    counts = np.asarray(values, dtype=np.float64)
    where = Where(argument=argument)
    if not np.isfinite(counts).all():
        code = "counts.not_finite"
        raise NotFiniteError(code, where=where)
    if (counts != np.floor(counts)).any():
        code = "groups.size"
        raise ScaleError(code, where=where)
    return counts.astype(np.int64)
