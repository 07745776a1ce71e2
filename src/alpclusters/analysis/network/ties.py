"""Ties between organisations: a symmetric matrix with groups, and what it was counted from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from alpclusters.analysis.errors import AnalysisError, NotFiniteError, ShapeError, Where
from alpclusters.analysis.network.stamp import Stamp

IntArray = NDArray[np.int64]
type Matrix = csr_array[np.float64, tuple[int, int]]
UNKNOWN: Final = -1


@dataclass(frozen=True)
class Ties:
    """Organisations and the ties between them.

    Attributes
    ----------
    matrix : csr_array of shape (n, n), float64
        Symmetric, zero diagonal, sorted indices, no stored zeros.
    nodes : ndarray of shape (n,), int64
        The caller's number of each organisation.
    group : ndarray of shape (n,), int64
        Index into ``group_names``, -1 where unknown.
    group_names : tuple of str
        Names of the groups in order.
    stamp : Stamp
        How the ties were counted.
    """

    matrix: Matrix
    nodes: IntArray
    group: IntArray
    group_names: tuple[str, ...]
    stamp: Stamp

    @property
    def n(self) -> int:
        """Return the number of organisations."""
        return len(self.nodes)

    @cached_property
    def degree(self) -> IntArray:
        """Number of partners of each organisation."""
        return frozen(np.diff(self.matrix.indptr).astype(np.int64))

    @cached_property
    def binary(self) -> Matrix:
        """The same ties, each of weight 1."""
        ones = np.ones(self.matrix.nnz)
        return csr_array((ones, self.matrix.indices, self.matrix.indptr), shape=self.matrix.shape)

    @cached_property
    def known(self) -> "Ties":
        """The ties between organisations of known groups, over the same organisations."""
        if not (self.group == UNKNOWN).any():
            return self
        return replace(self, matrix=_between_known(self.matrix, self.group))


def make_ties(
    matrix: Matrix,
    nodes: ArrayLike,
    group: ArrayLike,
    group_names: Sequence[str],
    *,
    stamp: Stamp | None = None,
) -> Ties:
    """Check a matrix of ties and count it into its stamp.

    Parameters
    ----------
    matrix : csr_array of shape (n, n)
        Symmetric, not negative, zero diagonal.
    nodes : array_like of shape (n,)
        The caller's numbers.
    group : array_like of shape (n,)
        Index into ``group_names``, -1 where unknown.
    group_names : sequence of str
        Names of the groups.
    stamp : Stamp, optional
        What the caller knows; the counts are set here.

    Returns
    -------
    Ties

    Raises
    ------
    AnalysisError
        ShapeError, NotFiniteError or AnalysisError, naming the argument.

    Examples
    --------
    >>> matrix = csr_array(np.array([[0, 2], [2, 0]]))
    >>> make_ties(matrix, [7, 8], [0, 1], ["AT", "IT"]).stamp.total_weight
    2.0
    """
    numbers, groups = np.array(nodes, dtype=np.int64), np.array(group, dtype=np.int64)
    tidy = _tidied(matrix, len(numbers))
    _check_groups(groups, len(numbers), len(group_names))
    counted = _counted(stamp or Stamp(), tidy, groups)
    return Ties(tidy, frozen(numbers), frozen(groups), tuple(group_names), counted)


def _tidied(matrix: Matrix, n: int) -> Matrix:
    tidy: Matrix = csr_array(matrix, copy=True).astype(np.float64)
    if tidy.shape != (n, n):
        raise ShapeError("array.lengths_differ", where=Where(argument="matrix"))
    tidy.sum_duplicates()
    tidy.eliminate_zeros()
    if not np.isfinite(tidy.data).all():
        raise NotFiniteError("array.not_finite", where=Where(argument="matrix"))
    skew = tidy - csr_array(tidy.T)
    if (tidy.data < 0).any() or tidy.diagonal().any() or skew.data.any():
        raise AnalysisError("network.not_ties", where=Where(argument="matrix"))
    for part in (tidy.data, tidy.indices, tidy.indptr):
        part.setflags(write=False)
    return tidy


def _check_groups(group: IntArray, n: int, n_groups: int) -> None:
    if group.shape != (n,):
        raise ShapeError("array.lengths_differ", where=Where(argument="group"))
    if len(group) and (group.min() < UNKNOWN or group.max() >= n_groups):
        raise AnalysisError("network.group_outside", where=Where(argument="group"))


def _counted(stamp: Stamp, matrix: Matrix, group: IntArray) -> Stamp:
    n_ties = matrix.nnz // 2
    return replace(
        stamp,
        n_nodes=len(group),
        n_connected=int((np.diff(matrix.indptr) > 0).sum()),
        n_ties=n_ties,
        total_weight=float(matrix.data.sum() / 2),
        n_unknown=n_ties - _between_known(matrix, group).nnz // 2,
    )


def _between_known(matrix: Matrix, group: IntArray) -> Matrix:
    rows = np.repeat(np.arange(len(group)), np.diff(matrix.indptr))
    kept = (group[rows] != UNKNOWN) & (group[matrix.indices] != UNKNOWN)
    counts = np.bincount(rows[kept], minlength=len(group))
    starts = np.concatenate([[0], np.cumsum(counts)])
    return csr_array((matrix.data[kept], matrix.indices[kept], starts), shape=matrix.shape)


def frozen[T: np.generic](values: NDArray[T]) -> NDArray[T]:
    """Make an array of a result read-only."""
    values.setflags(write=False)
    return values
