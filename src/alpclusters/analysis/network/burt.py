"""How much room an organisation's own partners leave it: Burt's structural holes."""

from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.network.ties import Ties
from alpclusters.analysis.network.triangles import Pointed, each_triangle, point_ties
from alpclusters.analysis.network.vectors import Vector, vector_where

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
