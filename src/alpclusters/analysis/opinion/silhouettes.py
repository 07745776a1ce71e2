"""How well people fit their group on the plane."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.errors import NotFiniteError, ShapeError, Where
from alpclusters.analysis.opinion.arrays import BoolArray, FloatArray

CHUNK_CELLS: Final = 1 << 19


def mean_silhouette(points: ArrayLike, labels: ArrayLike) -> float | None:
    """Measure how much nearer people lie to their own group than to the next one.

    With a the mean distance to the others of the own group and b the least mean distance to
    another group, a person has (b - a) / max(a, b); the figure is the mean over people.

    Parameters
    ----------
    points : array_like of shape (n_people, 2)
    labels : array_like of shape (n_people,)
        Any labels.

    Returns
    -------
    float or None
        -1 to 1; None for fewer than two groups.

    Raises
    ------
    ShapeError
        Points and labels do not fit.
    NotFiniteError
        NaN or infinity among the points.

    Notes
    -----
    A group of one counts 0, and so does a person for whom a = b = 0. O(n² k) time, distances
    in chunks: memory O(n).

    References
    ----------
    .. [1] P. J. Rousseeuw, Silhouettes, Journal of Computational and Applied Mathematics 20
       (1987), 53-65.

    Examples
    --------
    >>> points = [(0, 0), (0, 1), (1, 0), (5, 5), (5, 6), (9, 0)]
    >>> round(mean_silhouette(points, [0, 0, 0, 1, 1, 1]), 10)
    0.6076942408
    """
    table, groups = np.asarray(points, dtype=np.float64), np.asarray(labels)
    if table.ndim != 2 or table.shape[1] != 2 or groups.shape != table.shape[:1]:  # noqa: PLR2004
        code = "ratings.shape"
        raise ShapeError(code, where=Where(argument="points"), expected="(n_people, 2)")
    if not np.isfinite(table).all():
        code = "ratings.not_finite"
        where = Where(argument="points", row=int((~np.isfinite(table)).any(axis=1).argmax()))
        raise NotFiniteError(code, where=where)
    if np.unique(groups).size < 2:  # noqa: PLR2004 - own and another
        return None
    return float(silhouettes(table, [groups])[0])


def silhouettes(points: FloatArray, partitions: Sequence[NDArray[Any]]) -> FloatArray:
    """Return the mean silhouette of several partitions, with distances computed once."""
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
