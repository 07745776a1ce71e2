"""The text part of a matching score: who writes most like what was asked."""

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.matching.checking import (
    BoolArray,
    FloatArray,
    IntArray,
    places,
    same_length,
)
from alpclusters.analysis.matching.parts import Part, make_part, percentile_ranks
from alpclusters.analysis.matching.vectors import Rows, cosines, rows_of


def text_similarity(
    query: Rows,
    vectors: Rows,
    *,
    owner: ArrayLike | None = None,
    n: int | None = None,
    allowed: ArrayLike | None = None,
) -> Part:
    """Rank candidates by the cosine of their best text with the best text of the query.

    Parameters
    ----------
    query : array or sparse array of shape (m, d)
        Texts of the one that asks, rows of length 1, centred: one in each of its languages.
    vectors : array or sparse array of shape (k, d)
        Texts of the candidates, of the same kind of vectors.
    owner : array_like of shape (k,), optional
        Place of the candidate each text belongs to; default: one text each, in order.
    n : int, optional
        Number of candidates; default: the number of texts.
    allowed : array_like of bool, shape (n,), optional
        Among whom the percentile is counted, such as `Eligibility.mask`; the others are absent.

    Returns
    -------
    Part
        Share of the other candidates whose cosine is lower, of equal ones half. Absent for a
        candidate without text and if the query has none.

    Raises
    ------
    AnalysisError
        NaN, other lengths, an owner that is no candidate.

    Notes
    -----
    Raw cosines of text models are crowded, so only their order is used, never their height.

    Examples
    --------
    >>> texts = np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]])
    >>> text_similarity(np.array([[0.8, 0.6]]), texts).values
    array([0.5, 0. , 1. ])
    """
    asked, given = rows_of(query, "query"), rows_of(vectors, "vectors")
    n_texts = int(given.shape[0])
    n_all = n_texts if n is None else n
    whose = np.arange(n_texts) if owner is None else places(owner, n_all, "owner")
    same_length(whose, n_texts, "owner")
    best = _best(cosines(asked, given), whose, n_all)
    there = np.isfinite(best)
    if allowed is not None:
        taken = np.array(allowed, dtype=bool)
        same_length(taken, n_all, "allowed")
        there &= taken
    return make_part("text", _ranked(best, there), there)


def _best(table: FloatArray, owner: IntArray, n: int) -> FloatArray:
    best = np.full(n, -np.inf)
    if len(table):
        np.maximum.at(best, owner, table.max(axis=0))
    return best


def _ranked(best: FloatArray, there: BoolArray) -> FloatArray:
    values = np.zeros(len(best))
    values[there] = percentile_ranks(best[there])
    return values
