"""How well people fit their group on the plane."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.opinion.arrays import BoolArray, FloatArray

CHUNK_CELLS: Final = 1 << 19


def silhouettes(points: FloatArray, partitions: Sequence[NDArray[Any]]) -> FloatArray:
    """Return the mean silhouette of several partitions, with distances computed once.

    With a the mean distance to the others of the own group and b the least mean distance to
    another group, a person has (b - a) / max(a, b); a group of one counts 0, and so does a person
    for whom a = b = 0. O(n² k) time, distances in chunks: memory O(n).

    References
    ----------
    .. [1] P. J. Rousseeuw, Silhouettes, Journal of Computational and Applied Mathematics 20
       (1987), 53-65.
    """
    members = [partition[:, None] == np.unique(partition) for partition in partitions]
    every = np.concatenate(members, axis=1).astype(points.dtype)
    total = np.zeros(len(partitions))
    step = max(1, CHUNK_CELLS // max(1, len(points)))
    for start in range(0, len(points), step):
        rows = slice(start, start + step)
        sums = _distances(points[rows], points) @ every
        edges = np.cumsum([0, *(inside.shape[1] for inside in members)])
        for place, inside in enumerate(members):
            part = sums[:, edges[place] : edges[place + 1]]
            total[place] += _scores(part, inside[rows], inside.sum(axis=0)).sum()
    return total / max(1, len(points))


def _distances(some: FloatArray, points: FloatArray) -> FloatArray:
    across = some[:, :1] - points[:, 0]
    up = some[:, 1:] - points[:, 1]
    across *= across
    up *= up
    across += up
    return np.sqrt(across, out=across)


def _scores(sums: FloatArray, inside: BoolArray, sizes: NDArray[np.int64]) -> FloatArray:
    own_size = inside @ sizes
    own = (sums * inside).sum(axis=1) / np.maximum(1, own_size - 1)
    other = np.where(inside, np.inf, sums / np.maximum(1, sizes)).min(axis=1)
    other = np.where(np.isfinite(other), other, own)
    wider = np.maximum(own, other)
    scores = np.where(wider > 0, (other - own) / np.where(wider > 0, wider, 1), 0.0)
    return np.where(own_size > 1, scores, 0.0)
