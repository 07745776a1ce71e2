"""Who stands between two organisations: roles of Gould and Fernandez, and Burt's holes."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.network.participation import Vector, vector_where
from alpclusters.analysis.network.ties import Matrix, Stamp, Ties
from alpclusters.analysis.network.triangles import Pointed, each_triangle, point_ties

# --- How much room an organisation's own partners leave it: Burt's structural holes ---------------


FloatArray = NDArray[np.float64]
Form = Literal["binary", "weighted"]
ISOLATE: Final = "isolate"


def constraint(ties: Ties, *, form: Form = "binary") -> Vector:
    """Measure how far each organisation's partners depend on one another.

    Parameters
    ----------
    ties : Ties
        Groups are not used.
    form : {"binary", "weighted"}
        Binary by default, because one large project can dominate the weights.

    Returns
    -------
    Vector
        Small: room between partners. Undefined for isolates (``isolate``), 1 for one partner.

    Notes
    -----
    With p_ij = W_ij / sum_k W_ik the constraint of i is the sum over its partners j of
    (p_ij + sum_q p_iq p_qj)^2, q another partner of both. Only direct partners j count; a variant
    elsewhere also sums over indirect ones. O(triangles).

    References
    ----------
    .. [1] R. S. Burt, Structural Holes, Harvard University Press (1992), chapter 2.

    Examples
    --------
    >>> from alpclusters.analysis.network import make_ties
    >>> from scipy.sparse import csr_array
    >>> path = csr_array([[0, 1, 0], [1, 0, 1], [0, 1, 0]])
    >>> constraint(make_ties(path, [1, 2, 3], [0, 0, 0], ["AT"])).as_list()
    [1.0, 0.5, 1.0]
    """
    pointed = _pointed(ties, form)
    up, down = _shares(pointed)
    through_up, through_down = up.copy(), down.copy()
    size = len(up)
    for found in each_triangle(pointed):
        uv, vw, uw = found.uv, found.vw, found.uw
        for edge, first, second in ((uv, up[uw], down[vw]), (vw, down[uv], up[uw])):
            through_up += np.bincount(edge, first * second, size)
        through_up += np.bincount(uw, up[uv] * up[vw], size)
        for edge, first, second in ((uv, up[vw], down[uw]), (vw, down[uw], up[uv])):
            through_down += np.bincount(edge, first * second, size)
        through_down += np.bincount(uw, down[vw] * down[uv], size)
    values = _per_end(pointed, through_up**2, through_down**2)
    return _vector(ties, values, "constraint", form)


def effective_size(ties: Ties, *, form: Form = "binary") -> Vector:
    """Count the partners of each organisation less what they share with one another.

    Parameters
    ----------
    ties : Ties
        Groups are not used.
    form : {"binary", "weighted"}
        Binary: partners less their mean number of ties among themselves (Borgatti 1997).
        Weighted: Burt's own form. The two are different measures.

    Returns
    -------
    Vector
        Between 1 and the number of partners; undefined for isolates (``isolate``).

    Notes
    -----
    Binary: n_i - 2 t_i / n_i with t_i triangles through i. Weighted: the sum over partners j of
    1 - sum_q p_iq m_jq with m_jq = W_jq / max_k W_jk. O(triangles).

    References
    ----------
    .. [1] R. S. Burt, Structural Holes, Harvard University Press (1992), chapter 2.
    .. [2] S. P. Borgatti, Structural holes: unpacking Burt's redundancy measures, Connections 20
       (1997), 35-38.

    Examples
    --------
    >>> from alpclusters.analysis.network import make_ties
    >>> from scipy.sparse import csr_array
    >>> path = csr_array([[0, 1, 0], [1, 0, 1], [0, 1, 0]])
    >>> effective_size(make_ties(path, [1, 2, 3], [0, 0, 0], ["AT"])).as_list()
    [1.0, 2.0, 1.0]
    """
    return _vector(ties, _effective(ties, form), "effective_size", form)


def _effective(ties: Ties, form: Form) -> FloatArray:
    pointed = _pointed(ties, form)
    up, down = _shares(pointed)
    m_up, m_down = _beside_strongest(pointed)
    n = pointed.n
    redundant = np.zeros(n)
    for found in each_triangle(pointed):
        uv, vw, uw = found.uv, found.vw, found.uw
        u, v, w = pointed.low[uv], pointed.high[uv], pointed.high[uw]
        redundant += np.bincount(u, up[uw] * m_up[vw] + up[uv] * m_down[vw], n)
        redundant += np.bincount(v, up[vw] * m_up[uw] + down[uv] * m_down[uw], n)
        redundant += np.bincount(w, down[vw] * m_up[uv] + down[uw] * m_down[uv], n)
    return ties.degree - redundant


def _pointed(ties: Ties, form: Form) -> Pointed:
    return point_ties(ties.binary if form == "binary" else ties.matrix)


def _shares(pointed: Pointed) -> tuple[FloatArray, FloatArray]:
    """Of each tie, its share of all weight at the low end and at the high end."""
    strength = _per_end(pointed, pointed.weight, pointed.weight)
    return pointed.weight / strength[pointed.low], pointed.weight / strength[pointed.high]


def _beside_strongest(pointed: Pointed) -> tuple[FloatArray, FloatArray]:
    """Of each tie, its weight over the greatest at the low end and at the high end."""
    strongest = np.zeros(pointed.n)
    for end in (pointed.low, pointed.high):
        np.maximum.at(strongest, end, pointed.weight)
    return pointed.weight / strongest[pointed.low], pointed.weight / strongest[pointed.high]


def _per_end(pointed: Pointed, low: FloatArray, high: FloatArray) -> FloatArray:
    """Sum a value per tie and end over the ties of each organisation."""
    n = pointed.n
    return np.bincount(pointed.low, low, n) + np.bincount(pointed.high, high, n)


def _vector(ties: Ties, values: FloatArray, measure: str, form: Form) -> Vector:
    return vector_where(
        ties.degree > 0,
        values,
        measure=measure,
        form=form,
        undefined=ISOLATE,
        stamp=ties.stamp,
    )


# --- Who stands between two organisations that are not tied: the five roles of Gould and Fernandez


IntArray = NDArray[np.int64]
ROLES: Final = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
ROWS: Final = 2048
# Which ties of a triangle lie within one group, as a number: 4 for uv, 2 for vw, 1 for uw.
_ALL_INSIDE: Final = 7
_NONE_INSIDE: Final = 0
_UV, _VW, _UW = 4, 2, 1


@dataclass(frozen=True, slots=True)
class Roles:
    """How often each organisation stands between two that are not tied.

    Attributes
    ----------
    counts : ndarray of shape (n, 5), int64
        Ordered pairs (a, c) by role, in the order of `ROLES`. Without direction gatekeeper and
        representative are one role seen from its two ends and always equal.
    reasons : tuple of str
        ``no_ties`` if no tie has two known groups.
    stamp : Stamp
        What was counted.
    """

    counts: IntArray
    reasons: tuple[str, ...]
    stamp: Stamp

    @property
    def total(self) -> tuple[int, ...]:
        """Sum of each role over all organisations, in the order of `ROLES`."""
        return tuple(int(value) for value in self.counts.sum(axis=0))

    @property
    def outward(self) -> IntArray:
        """Gatekeeper and representative together: links its group outward."""
        return self.counts[:, 2] + self.counts[:, 3]

    def of(self, place: int) -> dict[str, int]:
        """Return the counts of one organisation by role."""
        return dict(zip(ROLES, self.counts[place].tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class PairRoles:
    """The roles of `Roles`, restricted to open pairs of one group and another.

    Attributes
    ----------
    a, b : int
        The two groups.
    gatekeeper : ndarray of shape (n,), int64
        For members of a or b: one partner in each group, the two not tied.
    liaison : ndarray of shape (n,), int64
        The same for members of a third group; ordered pairs, so twice the open pairs.
    reasons : tuple of str
        ``no_ties`` if nobody has ties into both.
    stamp : Stamp
        What was counted.
    """

    a: int
    b: int
    gatekeeper: IntArray
    liaison: IntArray
    reasons: tuple[str, ...]
    stamp: Stamp

    @property
    def score(self) -> IntArray:
        """Gatekeeper and liaison counts together; it orders the candidates for a bridge."""
        return self.gatekeeper + self.liaison


def brokerage(ties: Ties) -> Roles:
    """Count in which role each organisation stands between two that are not tied.

    Parameters
    ----------
    ties : Ties
        Weights are not used. Organisations of unknown group are left out as broker and as ends.

    Returns
    -------
    Roles
        Raw counts of ordered pairs; zero for organisations without ties.

    Notes
    -----
    Broker b between a and c: a-b and b-c tied, a-c not. All pairs of partners are counted by
    groups, then the closed ones are taken off, triangle by triangle. O(triangles and wedges from
    lower to higher degree), in blocks.

    References
    ----------
    .. [1] R. V. Gould and R. M. Fernandez, Structures of mediation, Sociological Methodology 19
       (1989), 89-126.

    Examples
    --------
    >>> from alpclusters.analysis.network import make_ties
    >>> from scipy.sparse import csr_array
    >>> path = csr_array([[0, 1, 0], [1, 0, 1], [0, 1, 0]])
    >>> brokerage(make_ties(path, [1, 2, 3], [0, 1, 2], ["AT", "IT", "SI"])).of(1)
    {'coordinator': 0, 'itinerant': 0, 'gatekeeper': 0, 'representative': 0, 'liaison': 2}
    """
    matrix = ties.known.matrix
    counts = _pairs_of_partners(matrix, ties.group, len(ties.group_names))
    counts -= _tied_pairs(point_ties(matrix), ties.group)
    counts.setflags(write=False)
    return Roles(counts, () if matrix.nnz else ("no_ties",), ties.stamp)


def brokerage_between(ties: Ties, a: int, b: int) -> PairRoles:
    """Count the open pairs of one group and another that each organisation stands between.

    Parameters
    ----------
    ties : Ties
        Weights are not used.
    a, b : int
        Two different groups, as places in ``ties.group_names``.

    Returns
    -------
    PairRoles
        Summed over all pairs of groups, these are liaison and gatekeeper of `brokerage`.

    Raises
    ------
    AnalysisError
        If the two are the same or one is no group.

    Examples
    --------
    >>> from alpclusters.analysis.network import make_ties
    >>> from scipy.sparse import csr_array
    >>> path = csr_array([[0, 1, 0], [1, 0, 1], [0, 1, 0]])
    >>> brokerage_between(make_ties(path, [1, 2, 3], [0, 1, 2], ["AT", "IT", "SI"]), 0, 2).score
    array([0, 2, 0])
    """
    for name, group in (("a", a), ("b", b)):
        if not 0 <= group < len(ties.group_names):
            raise AnalysisError("network.group_outside", where=Where(argument=name))
    if a == b:
        where = Where(argument="b")
        raise AnalysisError("argument.out_of_range", where=where, expected="a != b")
    open_pairs = _open_between(ties.known.binary, ties.group, a, b)
    is_member = (ties.group == a) | (ties.group == b)
    found = np.where(is_member, open_pairs, 0), np.where(is_member, 0, 2 * open_pairs)
    for part in found:
        part.setflags(write=False)
    return PairRoles(a, b, *found, () if open_pairs.any() else ("no_ties",), ties.stamp)


def _pairs_of_partners(matrix: Matrix, group: IntArray, n_groups: int) -> IntArray:
    """Ordered pairs of different partners by role, tied or not; shape (n, 5)."""
    n = len(group)
    rows = np.repeat(np.arange(n), np.diff(matrix.indptr))
    cells, times = np.unique(rows * max(n_groups, 1) + group[matrix.indices], return_counts=True)
    broker, partner = np.divmod(cells, max(n_groups, 1))
    is_own = partner == group[broker]
    own = _summed(broker[is_own], times[is_own], n)
    others = _summed(broker[~is_own], times[~is_own], n)
    squares = _summed(broker[~is_own], times[~is_own] ** 2, n)
    mixed = own * others
    return np.stack([own * (own - 1), squares - others, mixed, mixed, others**2 - squares], axis=1)


def _tied_pairs(ties: Pointed, group: IntArray) -> IntArray:
    """Ordered pairs of tied partners by role; shape (n, 5).

    By the triangle's ties within one group: all three, none, or one, which then lies opposite to
    the broker or at its side. Two are impossible.
    """
    is_inside = group[ties.low] == group[ties.high]
    seen = np.zeros((3, ties.n * 8), np.int64)
    for found in each_triangle(ties):
        pattern = _UV * is_inside[found.uv] + _VW * is_inside[found.vw] + _UW * is_inside[found.uw]
        corners = ties.low[found.uv], ties.high[found.uv], ties.high[found.uw]
        for k, corner in enumerate(corners):
            seen[k] += np.bincount(corner * 8 + pattern, minlength=ties.n * 8)
    u, v, w = seen.reshape(3, ties.n, 8)
    inside = u[:, _ALL_INSIDE] + v[:, _ALL_INSIDE] + w[:, _ALL_INSIDE]
    apart = u[:, _NONE_INSIDE] + v[:, _NONE_INSIDE] + w[:, _NONE_INSIDE]
    opposite = u[:, _VW] + v[:, _UW] + w[:, _UV]
    beside = u[:, _UV] + u[:, _UW] + v[:, _UV] + v[:, _VW] + w[:, _VW] + w[:, _UW]
    return np.stack([2 * inside, 2 * opposite, beside, beside, 2 * apart], axis=1)


def _open_between(binary: Matrix, group: IntArray, a: int, b: int) -> IntArray:
    inside_a, inside_b = np.flatnonzero(group == a), np.flatnonzero(group == b)
    into_a, into_b = binary[:, inside_a], binary[:, inside_b]
    middle = binary[inside_a, :][:, inside_b]
    result: IntArray = np.diff(into_a.indptr).astype(np.int64) * np.diff(into_b.indptr)
    rows = np.flatnonzero(result)
    for first in range(0, len(rows), ROWS):
        block = rows[first : first + ROWS]
        tied = (into_a[block] @ middle).multiply(into_b[block])
        result[block] -= tied.sum(axis=1).astype(np.int64)
    return result


def _summed(place: IntArray, value: IntArray, n: int) -> IntArray:
    result = np.zeros(n, np.int64)
    np.add.at(result, place, value)
    return result
