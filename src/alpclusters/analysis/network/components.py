"""Who can reach whom."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from alpclusters.analysis.network.stamp import Stamp
from alpclusters.analysis.network.ties import Ties

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Components:
    """The parts into which a network falls.

    Attributes
    ----------
    label : ndarray of shape (n,), int64
        Part of each organisation: 0 is the giant, then by size, equal ones by first member.
    sizes : tuple of int
        Organisations in each part with at least two, greatest first.
    n_isolates : int
        Organisations without ties.
    giant_share : float or None
        Share of the giant in the connected organisations.
    reasons : tuple of str
        ``no_ties`` if there is no part with two organisations.
    stamp : Stamp
        What was counted.
    """

    label: IntArray
    sizes: tuple[int, ...]
    n_isolates: int
    giant_share: float | None
    reasons: tuple[str, ...]
    stamp: Stamp

    @property
    def n_components(self) -> int:
        """Number of parts with at least two organisations."""
        return len(self.sizes)

    @property
    def giant_size(self) -> int:
        """Organisations in the giant, 0 without ties."""
        return self.sizes[0] if self.sizes else 0

    @property
    def giant(self) -> IntArray:
        """Places of the organisations of the giant, ascending; empty without ties."""
        return np.flatnonzero(self.label == 0) if self.sizes else np.zeros(0, np.int64)


def components(ties: Ties) -> Components:
    """Find the connected parts of a network.

    Parameters
    ----------
    ties : Ties
        Neither weights nor groups are used.

    Returns
    -------
    Components
        Labels by size; isolates are counted apart.

    Examples
    --------
    >>> from alpclusters.analysis.network import make_ties
    >>> from scipy.sparse import csr_array
    >>> pair = csr_array([[0, 0, 1], [0, 0, 0], [1, 0, 0]])
    >>> found = components(make_ties(pair, [1, 2, 3], [0, 0, 0], ["AT"]))
    >>> found.sizes, found.n_isolates, found.giant.tolist()
    ((2,), 1, [0, 2])
    """
    label = _by_size(_labels(ties))
    counts = np.bincount(label)
    sizes = tuple(int(size) for size in counts[counts > 1])
    label.setflags(write=False)
    return Components(
        label,
        sizes,
        int((counts == 1).sum()),
        sizes[0] / sum(sizes) if sizes else None,
        () if sizes else ("no_ties",),
        ties.stamp,
    )


def _labels(ties: Ties) -> IntArray:
    if not ties.n:
        return np.zeros(0, np.int64)
    labels: IntArray = connected_components(ties.matrix, directed=False)[1].astype(np.int64)
    return labels


def _by_size(label: IntArray) -> IntArray:
    _, first, inverse, counts = np.unique(
        label, return_index=True, return_inverse=True, return_counts=True
    )
    rank = np.empty(len(counts), np.int64)
    rank[np.lexsort((first, -counts))] = np.arange(len(counts))
    return rank[inverse]
