"""What the functions of this package refuse, in one place."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.errors import AnalysisError, NotFiniteError, ShapeError, Where

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def frozen[T: np.generic](values: NDArray[T]) -> NDArray[T]:
    """Make an array of a result read-only."""
    values.setflags(write=False)
    return values


def finite(values: ArrayLike, argument: str) -> FloatArray:
    """Copy numbers into an array of one dimension; refuse NaN and infinity."""
    found = np.array(values, dtype=np.float64)
    if found.ndim != 1:
        raise ShapeError("array.lengths_differ", where=Where(argument=argument))
    if not np.isfinite(found).all():
        raise NotFiniteError("array.not_finite", where=Where(argument=argument))
    return found


def same_length(values: NDArray[np.generic], n: int, argument: str) -> None:
    """Refuse an array of another length."""
    if values.shape[:1] != (n,):
        raise ShapeError("array.lengths_differ", where=Where(argument=argument))


def out_of_range(argument: str, expected: str, *, found: object = None) -> AnalysisError:
    """Return the error for a value outside of what is allowed."""
    told = None if found is None else str(found)
    where = Where(argument=argument)
    return AnalysisError("argument.out_of_range", where=where, expected=expected, found=told)


def places(values: ArrayLike, n: int, argument: str) -> IntArray:
    """Copy places of organisations; refuse what is none."""
    given = np.array(values, dtype=np.float64).ravel()
    if not np.isfinite(given).all():
        raise NotFiniteError("array.not_finite", where=Where(argument=argument))
    found = given.astype(np.int64)
    if len(found) and (found.min() < 0 or found.max() >= n or (found != given).any()):
        raise out_of_range(argument, f"0 – {n - 1}")
    return found
