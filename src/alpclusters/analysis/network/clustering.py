"""How often the partners of an organisation are partners of one another."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.network.stamp import Stamp
from alpclusters.analysis.network.ties import Matrix, Ties
from alpclusters.analysis.network.triangles import point_ties, triangles_of

FloatArray = NDArray[np.float64]


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
