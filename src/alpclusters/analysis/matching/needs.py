"""What one side needs and the other offers, in both directions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.errors import ShapeError, Where
from alpclusters.analysis.matching.checking import BoolArray, FloatArray, IntArray, places
from alpclusters.analysis.matching.parts import Part, make_part
from alpclusters.analysis.matching.vectors import Rows, cosines, rows_of


@dataclass(frozen=True, slots=True)
class Stated:
    """Texts of needs or of offers, each with the candidate that states it.

    Attributes
    ----------
    vectors : array or sparse array of shape (k, d)
        Rows of length 1, centred by language and kind.
    owner : array_like of shape (k,)
        Place of the candidate.
    """

    vectors: Rows
    owner: ArrayLike


def complementarity(
    needs: Rows, offers: Rows, *, their_needs: Stated, their_offers: Stated, n: int
) -> Part:
    """Say how far each side offers what the other needs.

    Parameters
    ----------
    needs, offers : array or sparse array of shape (m, d)
        Of the one that asks; rows of length 1; no rows if it states none.
    their_needs, their_offers : Stated
        Of the candidates.
    n : int
        Number of candidates.

    Returns
    -------
    Part
        Harmonic mean of two directions. A direction is the mean over the needs of one side of
        the greatest similarity to an offer of the other, 0 without such an offer; negative
        cosines count 0. If one side states no need, the other direction stands alone.

    Raises
    ------
    AnalysisError
        NaN, other lengths, an owner that is no candidate.

    Notes
    -----
    0, and present, if a side states neither needs nor offers, or if nobody states a need.
    Symmetric: the same value seen from the other side.

    Examples
    --------
    >>> none, one = np.zeros((0, 2)), np.array([[1.0, 0.0]])
    >>> theirs = Stated(np.array([[0.8, 0.6], [1.0, 0.0]]), [0, 1])
    >>> found = complementarity(one, none, their_needs=Stated(none, []), their_offers=theirs, n=3)
    >>> found.values.round(3)
    array([0.8, 1. , 0. ])
    """
    mine, given = rows_of(needs, "needs"), rows_of(offers, "offers")
    wanted, wanting = _read(their_needs, n, "their_needs")
    offered, offering = _read(their_offers, n, "their_offers")
    they_need = np.bincount(wanting, minlength=n) > 0
    there = _forth(mine, offered, offering, n)
    back = _back(given, wanted, wanting, n)
    i_need = bool(mine.shape[0])
    values = np.where(they_need & i_need, _harmonic(there, back), np.where(i_need, there, back))
    return make_part("complementarity", values, np.ones(n, bool))


def _read(stated: Stated, n: int, argument: str) -> tuple[Rows, IntArray]:
    rows, owner = rows_of(stated.vectors, argument), places(stated.owner, n, argument)
    if int(rows.shape[0]) != len(owner):
        raise ShapeError("array.lengths_differ", where=Where(argument=argument))
    return rows, owner


def _forth(needs: Rows, offered: Rows, offering: IntArray, n: int) -> FloatArray:
    """Mean over my needs of the best offer of each candidate."""
    n_needs = int(needs.shape[0])
    best = np.zeros((n_needs, n))
    if n_needs and len(offering):
        table = cosines(needs, offered)
        np.maximum.at(best, (np.arange(n_needs)[:, None], offering[None, :]), table)
    return best.mean(axis=0) if n_needs else np.zeros(n)


def _back(offers: Rows, wanted: Rows, wanting: IntArray, n: int) -> FloatArray:
    """Mean over the needs of each candidate of my best offer."""
    if not int(offers.shape[0]) or not len(wanting):
        return np.zeros(n)
    best = np.maximum(cosines(wanted, offers).max(axis=1), 0.0)
    n_needs = np.bincount(wanting, minlength=n)
    total = np.bincount(wanting, weights=best, minlength=n)
    return np.divide(total, n_needs, out=np.zeros(n), where=n_needs > 0)


def _harmonic(one: FloatArray, other: FloatArray) -> FloatArray:
    total = one + other
    positive: BoolArray = total > 0
    return np.divide(2 * one * other, total, out=np.zeros_like(total), where=positive)
