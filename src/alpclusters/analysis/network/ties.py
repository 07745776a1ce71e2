"""Ties between organisations: a symmetric matrix with groups, and its conventions."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from alpclusters.analysis.errors import AnalysisError, NotFiniteError, ShapeError, Where

# --- The conventions under which a network was counted; on every result of it ---------------------


VERSION: Final = "1"

Weights = Literal["binary", "full", "fractional"]
Level = Literal["organisation", "parent"]
WindowRule = Literal["started", "active", "all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch of time, half open: the end day is outside.

    Attributes
    ----------
    name : str
        As it is shown, such as ``"2014-2016"``.
    start, end : int or None
        Ordinals of days (`datetime.date.toordinal`); None is open.
    rule : {"started", "active", "all"}
        Whether a project counts where it started or wherever it ran.
    """

    name: str = "all"
    start: int | None = None
    end: int | None = None
    rule: WindowRule = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What was counted, how, and what was left out.

    Attributes
    ----------
    group : str
        Name of the grouping, such as ``"country"`` or ``"nuts2 2021"``.
    weights : {"binary", "full", "fractional"}
        What one tie weighs (docs/methods/network.md).
    level : {"organisation", "parent"}
        Whether units were merged into their parents before counting.
    size_base : str
        ``"all"``: the size of a project counts all participants, also those outside the territory.
    max_size : int or None
        Projects with more participants are left out.
    window : Window
        Which projects or links are in.
    n_nodes, n_connected, n_ties : int
        Organisations, those with at least one tie, unordered pairs with a tie.
    total_weight : float
        Sum of the weights, each tie once.
    n_projects, n_dropped_projects, n_undated_projects : int
        Projects counted, left out for their size, and without a date.
    dropped_projects : tuple of int
        The caller's numbers of the projects left out for their size.
    n_loops : int
        Ties of an organisation to itself that were left out.
    n_unknown : int
        Ties left out of every group measure because the group of one end is unknown.
    """

    group: str = ""
    weights: Weights = "binary"
    level: Level = "organisation"
    size_base: str = "all"
    max_size: int | None = None
    window: Window = Window()
    n_nodes: int = 0
    n_connected: int = 0
    n_ties: int = 0
    total_weight: float = 0.0
    n_projects: int = 0
    n_dropped_projects: int = 0
    n_undated_projects: int = 0
    dropped_projects: tuple[int, ...] = ()
    n_loops: int = 0
    n_unknown: int = 0
    version: str = VERSION

    def as_record(self) -> dict[str, object]:
        """Return it as a plain mapping for JSON."""
        return asdict(self)

    def without_window(self) -> tuple[object, ...]:
        """Return the conventions that two windows must share to be compared."""
        return (
            self.group,
            self.weights,
            self.level,
            self.size_base,
            self.max_size,
            self.window.rule,
        )


# --- Ties between organisations: a symmetric matrix with groups, and what it was counted from -----


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
