"""Numbers of shortest paths from many sources at once, and what hangs on each organisation.

One column per source: a step of all searches is one product of a sparse and a dense matrix.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.network.ties import Matrix

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Searches:
    """Breadth-first searches from b sources.

    Attributes
    ----------
    sources : ndarray of shape (b,), int64
        Where each search began.
    step : ndarray of shape (n, b), int32
        Steps from the source, -1 where it does not reach.
    n_paths : ndarray of shape (n, b), float64
        Number of shortest paths from the source.
    depth : int
        The greatest step.
    """

    sources: IntArray
    step: NDArray[np.int32]
    n_paths: FloatArray
    depth: int


def search_from(
    binary: Matrix,
    scaled: Matrix,
    sources: IntArray,
    n_reachable: int,
    *,
    targets: IntArray | None = None,
) -> Searches:
    """Search from every source at once.

    Parameters
    ----------
    binary, scaled : csr_array of shape (n, n)
        Ties of 1, and the same weighing what they lead to (`Quotient`); without classes, twice
        the same.
    sources : ndarray of shape (b,), int64
        Places.
    n_reachable : int
        Sum over the sources of the sizes of their components; all found, the search ends.
    targets : ndarray of shape (b,), int64, optional
        One in the component of each source; all found, the search ends too.
    """
    n, columns = binary.shape[0], np.arange(len(sources))
    step = np.full((n, len(sources)), -1, np.int32)
    step[sources, columns] = 0
    n_paths = np.zeros(step.shape)
    n_paths[sources, columns] = 1.0
    # A source stands for itself alone, so its own ties are not scaled.
    front = np.ascontiguousarray(binary[sources].toarray().T)
    left, depth = n_reachable - len(sources), 0
    while left > 0:
        depth += 1
        front *= step < 0
        is_new = front > 0
        np.copyto(step, depth, where=is_new)
        n_paths += front
        left -= int(np.count_nonzero(is_new))
        if targets is not None and (step[targets, columns] >= 0).all():
            break
        if left > 0:
            front = _product(scaled, front)
    return Searches(sources, step, n_paths, depth)


def dependencies(scaled: Matrix, found: Searches) -> FloatArray:
    """Sum over all targets the share of shortest paths that lead through each organisation.

    Returns
    -------
    ndarray of shape (n, b), float64
        Brandes' dependency of each source on each organisation; 0 for the source itself.
    """
    result = np.zeros_like(found.n_paths)
    for depth in range(found.depth, 1, -1):
        passed = np.zeros_like(result)
        np.divide(1.0 + result, found.n_paths, out=passed, where=found.step == depth)
        passed = _product(scaled, passed)
        passed *= found.n_paths
        passed *= found.step == depth - 1
        result += passed
    return result


def _product(scaled: Matrix, dense: FloatArray) -> FloatArray:
    """Multiply; far from the sources few rows are filled, and only their ties are walked."""
    rows = np.flatnonzero(dense.any(axis=1))
    if 2 * len(rows) > len(dense):
        result: FloatArray = scaled @ dense
    else:
        result = scaled[:, rows] @ dense[rows]
    return result
