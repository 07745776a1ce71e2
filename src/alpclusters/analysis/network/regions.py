"""Collaboration between regions: ties by pairs of groups, cells to hide, and distances."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from alpclusters.analysis.errors import AnalysisError, NotFiniteError, ShapeError, Where
from alpclusters.analysis.network.ties import Stamp, Ties, frozen

# --- How much collaboration lies between regions: ties counted by pairs of groups -----------------


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


# --- Which cells of the table of regions must not be shown: too few organisations stand behind


LEAST: Final = 5


@dataclass(frozen=True, slots=True)
class HiddenCells:
    """What is not shown of a table of regions.

    Attributes
    ----------
    cells : ndarray of shape (n_groups, n_groups), bool
        Cells with fewer than ``least`` organisations on either side.
    sums : ndarray of shape (n_groups,), bool
        Sums of rows that would give a hidden cell away: its own, or the only hidden one of a row.
    total : bool
        Whether the sum of the whole table would: it has exactly one hidden pair.
    least : int
    reasons : tuple of str
        ``small_groups`` if anything is hidden.
    stamp : Stamp
    """

    cells: NDArray[np.bool_]
    sums: NDArray[np.bool_]
    total: bool
    least: int
    reasons: tuple[str, ...]
    stamp: Stamp


def hidden_cells(ties: Ties | RegionTable, *, least: int = LEAST) -> HiddenCells:
    """Say which cells of the table have fewer than five organisations on either side.

    Parameters
    ----------
    ties : Ties or RegionTable
    least : int, default 5
        Organisations with a tie that a region needs.

    Returns
    -------
    HiddenCells

    Raises
    ------
    AnalysisError
        ``least`` below 1.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> from alpclusters.analysis.network import make_ties
    >>> alone = make_ties(csr_array((1, 1)), [7], [0], ["LI"])
    >>> hidden_cells(alone).cells.tolist()
    [[True]]
    """
    if least < 1:
        raise AnalysisError(
            "argument.out_of_range", where=Where(argument="least"), expected="1 – …"
        )
    table = region_table(ties) if isinstance(ties, Ties) else ties
    is_small = table.n_connected < least
    cells = is_small[:, None] | is_small[None, :]
    n_pairs = int(np.triu(cells).sum())
    return HiddenCells(
        frozen(cells),
        frozen(is_small | (cells.sum(1) == 1)),
        n_pairs == 1,
        least,
        ("small_groups",) if n_pairs else (),
        table.stamp,
    )


# --- Distances on the globe between centres of regions, and within a region -----------------------


# Mean radius R1 of the ellipsoid GRS 80, in km.
RADIUS_KM: Final = 6371.0088


def great_circle(
    latitude: ArrayLike, longitude: ArrayLike, *, area_km2: ArrayLike | None = None
) -> FloatArray:
    """Return the distance of every pair of centres.

    Parameters
    ----------
    latitude, longitude : array_like of shape (n,)
        Degrees north and east.
    area_km2 : array_like of shape (n,), optional
        Of each region; then the diagonal is the mean distance within a disc of that area from its
        centre, (2 / 3) sqrt(area / pi), else 0.

    Returns
    -------
    ndarray of shape (n, n), float64
        In km.

    Raises
    ------
    AnalysisError
        Lengths that differ, a value that is not finite.

    Examples
    --------
    >>> great_circle([47.27, 46.07], [11.39, 11.12]).round(1).tolist()
    [[0.0, 135.0], [135.0, 0.0]]
    """
    north, east = (np.radians(np.array(each, dtype=float)) for each in (latitude, longitude))
    if north.ndim != 1 or north.shape != east.shape:
        raise ShapeError("array.lengths_differ", where=Where(argument="longitude"))
    if not (np.isfinite(north).all() and np.isfinite(east).all()):
        raise NotFiniteError("array.not_finite", where=Where(argument="latitude"))
    # The haversine does not lose digits where centres are near one another.
    up = np.sin((north[:, None] - north) / 2) ** 2
    across = np.sin((east[:, None] - east) / 2) ** 2
    half = up + np.cos(north)[:, None] * np.cos(north) * across
    found: FloatArray = 2 * RADIUS_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    np.fill_diagonal(found, 0.0 if area_km2 is None else _within(area_km2, len(north)))
    return frozen(found)


def _within(area_km2: ArrayLike, n: int) -> FloatArray:
    area = np.array(area_km2, dtype=float)
    if area.shape != (n,):
        raise ShapeError("array.lengths_differ", where=Where(argument="area_km2"))
    if not (np.isfinite(area) & (area >= 0)).all():
        raise NotFiniteError("array.not_finite", where=Where(argument="area_km2"))
    found: FloatArray = 2 / 3 * np.sqrt(area / np.pi)
    return found
