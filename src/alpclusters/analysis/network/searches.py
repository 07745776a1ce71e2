"""Shortest paths: numbers from many sources at once, samples, and organisations that are twins."""

from dataclasses import dataclass
from math import ceil, floor, log, log2, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array

from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.network.ties import Matrix

# --- Numbers of shortest paths from many sources at once, and what hangs on each organisation -----
#
# One column per source: a step of all searches is one product of a sparse and a dense matrix.


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


# --- Single shortest paths drawn by chance, and how many of them are enough -----------------------


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


# --- Organisations that nobody can tell apart by their partners, taken together -------------------
#
# Those that took part in one and the same project only have the same partners and are partners
# themselves. No shortest path between two others tells them apart, so one search serves them all.


SEED: Final = 20010


@dataclass(frozen=True, slots=True)
class Quotient:
    """A network of classes of twins.

    Attributes
    ----------
    label : ndarray of shape (n,), int64
        Class of each organisation.
    weight : ndarray of shape (c,), int64
        Organisations in each class.
    binary : csr_array of shape (c, c)
        Ties between different classes, each 1.
    scaled : csr_array of shape (c, c)
        The same, each tie weighing as many as there are in the class it leads to.
    """

    label: IntArray
    weight: IntArray
    binary: Matrix
    scaled: Matrix


def join_twins(matrix: Matrix) -> Quotient:
    """Join organisations that are tied and have the same other partners."""
    label, first = _classes(matrix)
    weight = np.bincount(label, minlength=len(first)).astype(np.int64)
    binary = csr_array(matrix[first][:, first])
    binary.data = np.ones(binary.nnz)
    scaled: Matrix = csr_array(binary @ diags_array(weight.astype(np.float64)))
    return Quotient(label, weight, binary, scaled)


def _classes(matrix: Matrix) -> tuple[IntArray, IntArray]:
    """Compare closed neighbourhoods by two sums of 64 random bits per member.

    Different ones have equal sums with probability 2^-128 a pair.
    """
    n = matrix.shape[0]
    names = np.random.default_rng(SEED).integers(0, 2**64, (2, n), dtype=np.uint64)
    sums = names.copy()
    rows = np.flatnonzero(np.diff(matrix.indptr))
    if len(rows):
        for k in range(2):
            members = names[k][matrix.indices]
            sums[k, rows] += np.add.reduceat(members, matrix.indptr[rows])
    order = np.lexsort(sums)
    differs = (sums[:, order[1:]] != sums[:, order[:-1]]).any(axis=0)
    label = np.empty(n, np.int64)
    label[order] = np.concatenate([[0], np.cumsum(differs)])[:n]
    return label, np.unique(label, return_index=True)[1].astype(np.int64)
