"""Array types of this package and the one thing done to every array of a result."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def frozen[T: np.generic](array: NDArray[T]) -> NDArray[T]:
    """Make an array read-only and return it."""
    array.setflags(write=False)
    return array
