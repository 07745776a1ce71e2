"""How deep an organisation lies in the dense middle of a network."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.network.stamp import Stamp
from alpclusters.analysis.network.ties import Matrix, Ties

IntArray = NDArray[np.int64]
MANY: Final = 8


@dataclass(frozen=True, slots=True)
class Cores:
    """Core numbers, and whether one large project alone explains the greatest.

    Attributes
    ----------
    number : ndarray of shape (n,), int64
        The greatest k so that the organisation lies in a part where all have k partners; 0 for
        isolates.
    kmax : int or None
        The greatest number; None without ties.
    n_in_kmax : int
        Organisations with it.
    is_one_project : bool or None
        Whether one project is large enough to make this core alone: its participants among these
        organisations are at least kmax + 1. None if sizes were not given or there are no ties.
    reasons : tuple of str
        ``no_ties``.
    stamp : Stamp
        What was counted.
    """

    number: IntArray
    kmax: int | None
    n_in_kmax: int
    is_one_project: bool | None
    reasons: tuple[str, ...]
    stamp: Stamp


def cores(ties: Ties, *, largest_project: int | None = None) -> Cores:
    """Peel a network from outside and say in which shell each organisation lies.

    Parameters
    ----------
    ties : Ties
        Neither weights nor groups are used.
    largest_project : int or None
        Participants of the largest counted project among the organisations of these ties.

    Returns
    -------
    Cores
        One project of n partners alone makes an (n - 1)-core, so the flag belongs to the number.

    Notes
    -----
    All organisations with at most k partners left go at once; O(ties + rounds).

    References
    ----------
    .. [1] V. Batagelj and M. Zaversnik, An O(m) algorithm for cores decomposition of networks
       (2003), arXiv cs/0310049.

    Examples
    --------
    >>> from alpclusters.analysis.network import make_ties
    >>> from scipy.sparse import csr_array
    >>> ring = csr_array([[0, 1, 1], [1, 0, 1], [1, 1, 0]])
    >>> found = cores(make_ties(ring, [1, 2, 3], [0, 0, 0], ["AT"]), largest_project=3)
    >>> found.kmax, found.n_in_kmax, found.is_one_project
    (2, 3, True)
    """
    number = _peeled(ties.matrix)
    number.setflags(write=False)
    if not ties.matrix.nnz:
        return Cores(number, None, 0, None, ("no_ties",), ties.stamp)
    kmax = int(number.max())
    is_one = None if largest_project is None else kmax + 1 <= largest_project
    return Cores(number, kmax, int((number == kmax).sum()), is_one, (), ties.stamp)


def _peeled(matrix: Matrix) -> IntArray:
    left = np.diff(matrix.indptr).astype(np.int64)
    number = np.zeros(len(left), np.int64)
    is_in = left > 0
    waiting = np.flatnonzero(is_in)
    k = 0
    while len(waiting):
        k = max(k, int(left[waiting].min()))
        going = waiting[left[waiting] <= k]
        while len(going):
            number[going] = k
            is_in[going] = False
            going = _weakened(matrix, going, left, is_in, k)
        waiting = waiting[is_in[waiting]]
    return number


def _weakened(
    matrix: Matrix, gone: IntArray, left: IntArray, is_in: NDArray[np.bool_], k: int
) -> IntArray:
    """Take the ties of those gone from their partners; return who now has at most k."""
    partners = _partners(matrix, gone)
    partners = partners[is_in[partners]]
    if len(partners) * MANY > len(left):
        left -= np.bincount(partners, minlength=len(left))
        return np.flatnonzero(is_in & (left <= k))
    touched, times = np.unique(partners, return_counts=True)
    left[touched] -= times
    return touched[left[touched] <= k]


def _partners(matrix: Matrix, nodes: IntArray) -> IntArray:
    start = matrix.indptr[nodes].astype(np.int64)
    length = matrix.indptr[nodes + 1] - start
    ends = np.cumsum(length)
    places = np.arange(ends[-1]) + np.repeat(start - (ends - length), length)
    partners: IntArray = matrix.indices[places].astype(np.int64)
    return partners
