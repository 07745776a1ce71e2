"""Ties that stand out at one of their ends, and how deep in the middle an organisation lies."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.network.regions import FloatArray, IntArray
from alpclusters.analysis.network.ties import Matrix, Stamp, Ties, frozen, make_ties

# --- How deep an organisation lies in the dense middle of a network -------------------------------


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


# --- The ties that stand out at one of their ends: what an overview can draw ----------------------


ALPHAS: Final = (0.2, 0.1, 0.05, 0.02, 0.01)
MOST_TIES: Final = 400


@dataclass(frozen=True, slots=True)
class Backbone:
    """The ties that one of their ends would hardly have by an even spread of its weight.

    Attributes
    ----------
    ties : Ties
        Over the same organisations, only the ties kept.
    alpha : float or None
        A tie is kept if the smaller of its two alphas is below; None if nothing can be chosen.
    tie_share, weight_share, node_share : float or None
        What is left: of ties, of weight, and of the organisations with a tie.
    reasons : tuple of str
        ``no_ties``; ``below_smallest_alpha`` (even the strictest alpha keeps more than asked for:
        ``alpha`` is then the value below which at most that many ties lie).
    stamp : Stamp
        Of the whole network.
    """

    ties: Ties
    alpha: float | None
    tie_share: float | None
    weight_share: float | None
    node_share: float | None
    reasons: tuple[str, ...]
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class TieAlphas:
    """How surprising each tie is at its two ends.

    Attributes
    ----------
    first, second : ndarray of shape (m,), int64
        Places of the two ends, first below second.
    alpha_first, alpha_second : ndarray of shape (m,), float64
        (1 - w / s)^(k - 1) of each end, s its weight, k its partners; 1 for one partner.
    """

    first: IntArray
    second: IntArray
    alpha_first: FloatArray
    alpha_second: FloatArray

    @property
    def smaller(self) -> FloatArray:
        """The alpha that decides."""
        return np.minimum(self.alpha_first, self.alpha_second)


def backbone(ties: Ties, *, alpha: float | None = None, most: int = MOST_TIES) -> Backbone:
    """Keep the ties that stand out at one of their ends (disparity filter).

    Parameters
    ----------
    ties : Ties
        With weights: on binary ties it would be a filter of degrees.
    alpha : float, optional
        In (0, 1]; None takes the largest of `ALPHAS` that keeps at most ``most`` ties, or less than
        the smallest if none does.
    most : int, default 400

    Returns
    -------
    Backbone

    Raises
    ------
    AnalysisError
        Binary ties (``network.needs_weights``); alpha out of range.

    References
    ----------
    .. [1] M. A. Serrano, M. Boguna and A. Vespignani, Extracting the multiscale backbone of
       complex weighted networks, PNAS 106 (2009), 6483-6488.

    Examples
    --------
    >>> from alpclusters.analysis.network import link_ties
    >>> ends = [(1, 2)] * 9 + [(1, 3), (1, 4), (1, 5)]
    >>> ties = link_ties(*zip(*ends), [1, 2, 3, 4, 5], [0] * 5, ["AT"], weights="full")
    >>> backbone(ties, alpha=0.05).ties.stamp.n_ties
    1
    """
    if ties.stamp.weights == "binary":
        raise AnalysisError("network.needs_weights", where=Where(argument="ties"))
    if alpha is not None and not 0 < alpha <= 1:
        raise AnalysisError(
            "argument.out_of_range", where=Where(argument="alpha"), expected="0 – 1"
        )
    if most < 0:
        raise AnalysisError("argument.out_of_range", where=Where(argument="most"), expected="0 – …")
    if not ties.matrix.nnz:
        return Backbone(ties, alpha, None, None, None, ("no_ties",), ties.stamp)
    found = tie_alphas(ties)
    chosen = _largest(found.smaller, most) if alpha is None else alpha
    kept = found.smaller < chosen
    part = _part(ties, found, kept)
    is_strict = alpha is None and chosen < ALPHAS[-1]
    return Backbone(
        ties=part,
        alpha=chosen,
        tie_share=part.stamp.n_ties / ties.stamp.n_ties,
        weight_share=part.stamp.total_weight / ties.stamp.total_weight,
        node_share=part.stamp.n_connected / ties.stamp.n_connected,
        reasons=("below_smallest_alpha",) if is_strict else (),
        stamp=ties.stamp,
    )


def tie_alphas(ties: Ties) -> TieAlphas:
    """Return both alphas of every tie.

    Parameters
    ----------
    ties : Ties

    Returns
    -------
    TieAlphas

    Examples
    --------
    >>> from alpclusters.analysis.network import link_ties
    >>> ends = [(1, 2), (1, 2), (2, 3)]
    >>> ties = link_ties(*zip(*ends), [1, 2, 3], [0] * 3, ["AT"], weights="full")
    >>> tie_alphas(ties).alpha_second.round(4).tolist()
    [0.3333, 1.0]
    """
    rows = np.repeat(np.arange(ties.n), ties.degree)
    upper = rows < ties.matrix.indices
    first, second = rows[upper], ties.matrix.indices[upper].astype(np.int64)
    weight = ties.matrix.data[upper]
    strength = np.asarray(ties.matrix.sum(axis=1), dtype=np.float64)
    ends = [(1 - weight / strength[end]) ** (ties.degree[end] - 1) for end in (first, second)]
    return TieAlphas(frozen(first), frozen(second), frozen(ends[0]), frozen(ends[1]))


def _largest(smaller: FloatArray, most: int) -> float:
    for alpha in ALPHAS:
        if (smaller < alpha).sum() <= most:
            return alpha
    return float(np.partition(smaller, most)[most])


def _part(ties: Ties, found: TieAlphas, kept: NDArray[np.bool_]) -> Ties:
    first, second = found.first[kept], found.second[kept]
    rows = np.concatenate([first, second]), np.concatenate([second, first])
    whole = ties.matrix.tocoo()
    upper = whole.row < whole.col
    weight = whole.data[upper][kept]
    matrix = csr_array((np.concatenate([weight, weight]), rows), shape=ties.matrix.shape)
    return make_ties(matrix, ties.nodes, ties.group, ties.group_names, stamp=ties.stamp)
