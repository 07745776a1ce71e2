"""Single shortest paths drawn by chance, and how many of them are enough."""

from math import ceil, floor, log, log2, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.network.searches import Searches
from alpclusters.analysis.network.ties import Matrix

IntArray = NDArray[np.int64]
CONSTANT: Final = 0.5


def n_paths_needed(vertex_diameter: int, *, epsilon: float, delta: float = 0.1) -> int:
    """Count the paths that keep every estimate of betweenness within epsilon.

    Parameters
    ----------
    vertex_diameter : int
        Most organisations on one shortest path; an upper bound serves.
    epsilon : float
        Greatest error of a share of pairs.
    delta : float
        Probability of a greater one.

    Returns
    -------
    int
        (0.5 / epsilon^2) (floor(log2(VD - 2)) + 1 + ln(1 / delta)), rounded up.

    Raises
    ------
    AnalysisError
        If epsilon or delta does not lie between 0 and 1.

    References
    ----------
    .. [1] M. Riondato and E. M. Kornaropoulos, Fast approximation of betweenness centrality
       through sampling, Data Mining and Knowledge Discovery 30 (2016), 438-475.

    Examples
    --------
    >>> n_paths_needed(10, epsilon=0.01)
    31513
    """
    for name, value in (("epsilon", epsilon), ("delta", delta)):
        if not 0.0 < value < 1.0:
            where = Where(argument=name)
            raise AnalysisError("argument.out_of_range", where=where, expected=f"0 < {name} < 1")
    return ceil(CONSTANT / epsilon**2 * _richness(vertex_diameter, delta))


def error_of_paths(vertex_diameter: int, *, n_paths: int, delta: float) -> float:
    """Return the error that a number of paths keeps to; the inverse of `n_paths_needed`."""
    return sqrt(CONSTANT / n_paths * _richness(vertex_diameter, delta))


def sample_paths(
    binary: Matrix, found: Searches, targets: IntArray, rng: np.random.Generator
) -> IntArray:
    """Draw one shortest path for each column and count who lies inside of it; shape (n,)."""
    hits = np.zeros(binary.shape[0], np.int64)
    for column, target in enumerate(targets.tolist()):
        here = target
        for step in range(int(found.step[target, column]) - 1, 0, -1):
            partners = binary.indices[binary.indptr[here] : binary.indptr[here + 1]]
            nearer = partners[found.step[partners, column] == step]
            ways = np.cumsum(found.n_paths[nearer, column])
            here = int(nearer[np.searchsorted(ways, rng.random() * ways[-1], side="right")])
            hits[here] += 1
    return hits


def _richness(vertex_diameter: int, delta: float) -> float:
    return floor(log2(max(vertex_diameter - 2, 1))) + 1 + log(1.0 / delta)
