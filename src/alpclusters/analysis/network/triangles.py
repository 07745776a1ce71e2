"""All triangles of a network, each once, and how often partners are partners of one another."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.network.ties import Matrix, Stamp, Ties

# --- All triangles of a network, each once, in blocks of bounded memory ---------------------------
#
# Roles, constraint, effective size and clustering are sums over triangles. Every tie points from
# the organisation with fewer partners to the one with more; a triangle u, v, w is then found from
# u alone, and a hub costs no more than its partners of higher degree (Latapy 2008).


IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
MAX_WEDGES: Final = 1_000_000
MAX_CELLS: Final = 8_000_000
MAX_WAITING: Final = 500_000


@dataclass(frozen=True, slots=True)
class Pointed:
    """Ties that point from lower to higher degree, sorted by both ends.

    Attributes
    ----------
    low, high : ndarray of shape (m,), int64
        Ends of each tie as places in the network.
    row, column : ndarray of shape (m,), int64
        The same ends as places in the order of degrees.
    start : ndarray of shape (n + 1,), int64
        Where the ties of each row begin.
    weight : ndarray of shape (m,), float64
        Weight of each tie.
    """

    low: IntArray
    high: IntArray
    row: IntArray
    column: IntArray
    start: IntArray
    weight: FloatArray

    @property
    def n(self) -> int:
        """Return the number of organisations."""
        return len(self.start) - 1


@dataclass(frozen=True, slots=True)
class Triangles:
    """Triangles u, v, w in the order of degrees, as the numbers of their three ties.

    Attributes
    ----------
    uv, vw, uw : ndarray of shape (t,), int64
        Places of the ties in `Pointed`.
    """

    uv: IntArray
    vw: IntArray
    uw: IntArray


def point_ties(matrix: Matrix) -> Pointed:
    """Let every tie point to the organisation with more partners."""
    n = matrix.shape[0]
    degree = np.diff(matrix.indptr)
    order = np.argsort(degree, kind="stable")
    rank = np.empty(n, np.int64)
    rank[order] = np.arange(n)
    row, column = rank[np.repeat(np.arange(n), degree)], rank[matrix.indices]
    up = np.flatnonzero(row < column)
    up = up[np.argsort(row[up] * n + column[up])]
    row, column, weight = row[up], column[up], matrix.data[up]
    start = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=n))]).astype(np.int64)
    return Pointed(order[row], order[column], row, column, start, weight)


def each_triangle(ties: Pointed) -> Iterator[Triangles]:
    """Hand out the triangles, about half a million at a time."""
    waiting: list[Triangles] = []
    n_waiting = 0
    for found in _by_rows(ties):
        waiting.append(found)
        n_waiting += len(found.uv)
        if n_waiting >= MAX_WAITING:
            yield _joined(waiting)
            waiting, n_waiting = [], 0
    if waiting:
        yield _joined(waiting)


def triangles_of(ties: Pointed) -> IntArray:
    """Count the triangles through every organisation."""
    count = np.zeros(ties.n, np.int64)
    for found in each_triangle(ties):
        for corner in (ties.low[found.uv], ties.high[found.uv], ties.high[found.uw]):
            count += np.bincount(corner, minlength=ties.n)
    return count


def _by_rows(ties: Pointed) -> Iterator[Triangles]:
    n_wedges = np.diff(ties.start)[ties.column]
    rows_at_once = min(max(1, MAX_CELLS // max(ties.n, 1)), ties.n)
    place = np.full(rows_at_once * ties.n, -1, np.int32)
    for first, last in _blocks(ties, n_wedges, rows_at_once):
        edges = np.arange(ties.start[first], ties.start[last])
        base = (ties.row[edges] - first) * ties.n
        cells = base + ties.column[edges]
        place[cells] = edges
        yield _closed(ties, edges, base, n_wedges[edges], place)
        place[cells] = -1


def _joined(found: list[Triangles]) -> Triangles:
    return Triangles(
        np.concatenate([part.uv for part in found]),
        np.concatenate([part.vw for part in found]),
        np.concatenate([part.uw for part in found]),
    )


def _blocks(ties: Pointed, n_wedges: IntArray, rows_at_once: int) -> Iterator[tuple[int, int]]:
    total = np.concatenate([[0], np.cumsum(n_wedges)])[ties.start]
    first = 0
    while first < ties.n:
        enough = int(np.searchsorted(total, total[first] + MAX_WEDGES, side="right")) - 1
        last = min(max(enough, first + 1), first + rows_at_once, ties.n)
        if total[last] > total[first]:
            yield first, last
        first = last


def _closed(
    ties: Pointed, edges: IntArray, base: IntArray, repeats: IntArray, place: NDArray[np.int32]
) -> Triangles:
    ends = np.cumsum(repeats)
    shift = ties.start[ties.column[edges]] - (ends - repeats)
    vw = np.arange(ends[-1]) + np.repeat(shift, repeats)
    uw = place[np.repeat(base, repeats) + ties.column[vw]]
    hit = np.flatnonzero(uw >= 0)
    return Triangles(np.repeat(edges, repeats)[hit], vw[hit], uw[hit].astype(np.int64))


# --- How often the partners of an organisation are partners of one another ------------------------


@dataclass(frozen=True, slots=True)
class Clustering:
    """Closed against open pairs of partners, over the whole and on average.

    Attributes
    ----------
    transitivity : float or None
        Closed pairs of partners over all pairs, each pair counted once for its middle; None
        without such pairs.
    mean_connected, mean_all : float or None
        Mean local clustering over the organisations with a tie, and over all; those with fewer
        than two partners count 0. None without any.
    local : ndarray of shape (n,), float64
        Share of closed pairs around each organisation, 0 with fewer than two partners.
    n_triangles, n_pairs : int
        Triangles and pairs of partners.
    reasons : tuple of str
        ``no_ties``, or ``no_pairs`` if nobody has two partners.
    stamp : Stamp
        What was counted.
    """

    transitivity: float | None
    mean_connected: float | None
    mean_all: float | None
    local: FloatArray
    n_triangles: int
    n_pairs: int
    reasons: tuple[str, ...]
    stamp: Stamp


def clustering(ties: Ties) -> Clustering:
    """Measure how often two partners of one organisation are partners themselves.

    Parameters
    ----------
    ties : Ties
        Neither weights nor groups are used.

    Returns
    -------
    Clustering
        Transitivity and mean local clustering are different figures; both are given. Projects
        make cliques, so both are high by construction (`two_mode_null`).

    References
    ----------
    .. [1] D. J. Watts and S. H. Strogatz, Collective dynamics of small-world networks, Nature 393
       (1998), 440-442.

    Examples
    --------
    >>> from alpclusters.analysis.network import make_ties
    >>> from scipy.sparse import csr_array
    >>> kite = csr_array([[0, 1, 1, 1], [1, 0, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0]])
    >>> found = clustering(make_ties(kite, [1, 2, 3, 4], [0] * 4, ["AT"]))
    >>> round(found.transitivity, 4), round(found.mean_connected, 4)
    (0.6, 0.5833)
    """
    triangles = triangles_of(point_ties(ties.matrix))
    pairs = ties.degree * (ties.degree - 1) // 2
    local = triangles / np.maximum(pairs, 1)
    local.setflags(write=False)
    n_connected, n_pairs = ties.stamp.n_connected, int(pairs.sum())
    reasons = () if n_pairs else ("no_pairs",) if ties.matrix.nnz else ("no_ties",)
    return Clustering(
        float(triangles.sum() / n_pairs) if n_pairs else None,
        float(local.sum() / n_connected) if n_connected else None,
        float(local.mean()) if ties.n else None,
        local,
        int(triangles.sum()) // 3,
        n_pairs,
        reasons,
        ties.stamp,
    )


def mean_local_clustering(matrix: Matrix) -> float:
    """Return the mean over all rows; a row with fewer than two partners counts 0."""
    degree = np.diff(matrix.indptr)
    triangles = triangles_of(point_ties(matrix))
    return float((2 * triangles / np.maximum(degree * (degree - 1), 1)).mean())
