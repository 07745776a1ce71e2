"""How much collaboration lies between regions: ties counted by pairs of groups."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from alpclusters.analysis.errors import AnalysisError, NotFiniteError, ShapeError, Where
from alpclusters.analysis.network.stamp import Stamp
from alpclusters.analysis.network.ties import Ties, frozen

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RegionTable:
    """Ties counted by the groups of their ends, each tie once.

    Attributes
    ----------
    weight : ndarray of shape (n_groups, n_groups), float64
        Symmetric: weight of the ties between two groups, on the diagonal within one.
    n_ties : ndarray of shape (n_groups, n_groups), int64
        The same as numbers of ties; zeros where the table was given as weights only.
    n_connected : ndarray of shape (n_groups,), int64
        Organisations of each group with a tie that is counted here.
    group_names : tuple of str
    stamp : Stamp
    """

    weight: FloatArray
    n_ties: IntArray
    n_connected: IntArray
    group_names: tuple[str, ...]
    stamp: Stamp

    @property
    def total(self) -> float:
        """Weight of all ties."""
        return float(total_weight(self.weight))

    @property
    def internal(self) -> float:
        """Weight of the ties within groups."""
        return float(np.trace(self.weight))


def region_table(ties: Ties) -> RegionTable:
    """Count ties by pairs of groups; ties with an unknown group are left out.

    Parameters
    ----------
    ties : Ties

    Returns
    -------
    RegionTable

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> from alpclusters.analysis.network import make_ties
    >>> matrix = csr_array(np.array([[0, 2, 1], [2, 0, 0], [1, 0, 0]]))
    >>> region_table(make_ties(matrix, [7, 8, 9], [0, 0, 1], ["AT", "IT"])).weight
    array([[2., 1.],
           [1., 0.]])
    """
    known = ties.known
    groups = len(ties.group_names)
    degree, group = known.degree, ties.group
    connected = np.bincount(group[degree > 0], minlength=groups)
    return RegionTable(
        frozen(_summed(known.matrix.data, known, groups)),
        frozen(_summed(np.ones(known.matrix.nnz), known, groups).astype(np.int64)),
        frozen(connected.astype(np.int64)),
        ties.group_names,
        ties.stamp,
    )


def make_region_table(
    weight: ArrayLike, group_names: Sequence[str], *, stamp: Stamp | None = None
) -> RegionTable:
    """Check a table of weights that was counted elsewhere.

    Parameters
    ----------
    weight : array_like of shape (n_groups, n_groups)
        Symmetric, not negative: the weight between two groups in both of its cells, each tie
        once; the weight within a group on the diagonal. (Frenken's collaboration table has half
        of the weight between two groups in each of the two cells.)
    group_names : sequence of str
    stamp : Stamp, optional

    Returns
    -------
    RegionTable

    Raises
    ------
    AnalysisError
        Not square, not symmetric, negative or not finite.

    Examples
    --------
    >>> make_region_table([[3, 2], [2, 1]], ["AT", "IT"]).total
    6.0
    """
    table = np.array(weight, dtype=np.float64)
    names = tuple(group_names)
    if table.shape != (len(names), len(names)):
        raise ShapeError("array.lengths_differ", where=Where(argument="weight"))
    if not np.isfinite(table).all():
        raise NotFiniteError("array.not_finite", where=Where(argument="weight"))
    if (table < 0).any() or (table != table.T).any():
        raise AnalysisError("network.not_a_table", where=Where(argument="weight"))
    nothing = np.zeros((len(names), len(names)), dtype=np.int64)
    return RegionTable(
        frozen(table), frozen(nothing), frozen(nothing[:0].sum(0)), names, stamp or Stamp()
    )


def total_weight(weight: FloatArray) -> FloatArray:
    """Return the weight of all ties of tables (..., n, n) that hold each tie between once."""
    inside = np.trace(weight, axis1=-2, axis2=-1)
    found: FloatArray = (weight.sum((-2, -1)) + inside) / 2
    return found


def _summed(data: FloatArray, known: Ties, groups: int) -> FloatArray:
    """Return the sums by groups of the ends; both directions are stored, the diagonal twice."""
    rows = np.repeat(known.group, known.degree)
    columns = known.group[known.matrix.indices]
    kept = (rows >= 0) & (columns >= 0)
    cells = (data[kept], (rows[kept], columns[kept]))
    table: FloatArray = csr_array(cells, shape=(groups, groups)).toarray()
    np.fill_diagonal(table, table.diagonal() / 2)
    return table
