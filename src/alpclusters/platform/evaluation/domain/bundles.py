"""People on a map in bundles of at least ten, so that no place belongs to fewer."""

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.conventions import SMALLEST_GROUP

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def bundle(points: FloatArray, *, size: int = SMALLEST_GROUP) -> list[IntArray]:
    """Split points into bundles of ``size`` to ``2 * size - 1`` neighbours.

    The point farthest from the middle of what is left takes its nearest neighbours; the last
    ones stay together. Ties go by order.

    Examples
    --------
    >>> [rows.tolist() for rows in bundle(np.arange(12.0)[:, None], size=5)]
    [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9, 10, 11]]
    """
    left = np.arange(len(points))
    found = []
    while left.size >= 2 * size:
        own = points[left]
        farthest = int(_distances(own, own.mean(axis=0)).argmax())
        near = np.argsort(_distances(own, own[farthest]), kind="stable")[:size]
        found.append(np.sort(left[near]))
        left = np.delete(left, near)
    return [*found, left] if left.size else found


def _distances(points: FloatArray, centre: FloatArray) -> FloatArray:
    # Rounded, so that points equally far are equal on every build.
    return np.asarray(((points - centre) ** 2).sum(axis=1).round(9))
