"""The parts of a matching score: what is refused, text vectors, likeness of texts, and needs."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array, issparse

from alpclusters.analysis.errors import AnalysisError, NotFiniteError, ShapeError, Where

# --- What the functions of this package refuse, in one place --------------------------------------


FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def frozen[T: np.generic](values: NDArray[T]) -> NDArray[T]:
    """Make an array of a result read-only."""
    values.setflags(write=False)
    return values


def finite(values: ArrayLike, argument: str) -> FloatArray:
    """Copy numbers into an array of one dimension; refuse NaN and infinity."""
    found = np.array(values, dtype=np.float64)
    if found.ndim != 1:
        raise ShapeError("array.lengths_differ", where=Where(argument=argument))
    if not np.isfinite(found).all():
        raise NotFiniteError("array.not_finite", where=Where(argument=argument))
    return found


def same_length(values: NDArray[np.generic], n: int, argument: str) -> None:
    """Refuse an array of another length."""
    if values.shape[:1] != (n,):
        raise ShapeError("array.lengths_differ", where=Where(argument=argument))


def out_of_range(argument: str, expected: str, *, found: object = None) -> AnalysisError:
    """Return the error for a value outside of what is allowed."""
    told = None if found is None else str(found)
    where = Where(argument=argument)
    return AnalysisError("argument.out_of_range", where=where, expected=expected, found=told)


def places(values: ArrayLike, n: int, argument: str) -> IntArray:
    """Copy places of organisations; refuse what is none."""
    given = np.array(values, dtype=np.float64).ravel()
    if not np.isfinite(given).all():
        raise NotFiniteError("array.not_finite", where=Where(argument=argument))
    found = given.astype(np.int64)
    if len(found) and (found.min() < 0 or found.max() >= n or (found != given).any()):
        raise out_of_range(argument, f"0 – {n - 1}")
    return found


# --- Text vectors that were made elsewhere: checked, centred, compared ----------------------------


type Dense = NDArray[np.float32]
type Rows = NDArray[np.floating] | csr_array

MIN_TEXTS = 10


def dense(vectors: object, argument: str) -> Dense:
    """Return rows as float32; refuse NaN and other shapes."""
    given = np.asarray(vectors, dtype=np.float32)
    if given.ndim != 2:  # noqa: PLR2004 - rows and columns
        raise ShapeError("array.lengths_differ", where=Where(argument=argument))
    if not np.isfinite(given).all():
        raise NotFiniteError("array.not_finite", where=Where(argument=argument))
    return given


def rows_of(vectors: Rows, argument: str) -> Rows:
    """Return checked rows, dense or sparse as they came."""
    if not issparse(vectors):
        return dense(vectors, argument)
    found = csr_array(vectors)
    if not np.isfinite(found.data).all():
        raise NotFiniteError("array.not_finite", where=Where(argument=argument))
    return found


def cosines(one: Rows, other: Rows) -> FloatArray:
    """Return the products of all rows of one with all of the other, both of length 1."""
    if one.shape[1] != other.shape[1]:
        raise ShapeError("array.lengths_differ", where=Where(argument="vectors"))
    product = one @ other.T
    table = product.toarray() if issparse(product) else product
    return np.asarray(table, dtype=np.float64)


# --- One part of a matching score: a value for each candidate, and for whom there is none ---------


PartName = Literal["text", "complementarity", "taxonomy", "network", "popularity"]
PARTS: Final[tuple[PartName, ...]] = (
    "text",
    "complementarity",
    "taxonomy",
    "network",
    "popularity",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the score of all candidates.

    Attributes
    ----------
    name : str
        One of `PARTS`.
    values : ndarray of shape (n,), float64
        Between 0 and 1; 0 where there is none.
    present : ndarray of shape (n,), bool
        Who has one. A part without data is absent, not 0.
    """

    name: PartName
    values: FloatArray
    present: BoolArray

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return ``no_data`` if nobody has a value."""
        return () if self.present.any() else ("no_data",)


def make_part(name: PartName, values: ArrayLike, present: ArrayLike) -> Part:
    """Keep the values of those who have one."""
    there = np.array(present, dtype=bool)
    kept = np.where(there, np.array(values, dtype=np.float64), 0.0)
    return Part(name, frozen(kept), frozen(there))


def percentile_ranks(scores: FloatArray) -> FloatArray:
    """Return which share of the others lies below, of equal ones half; alone it is 1/2."""
    n = len(scores)
    if n < 2:  # noqa: PLR2004 - one has nobody to be compared with
        return np.full(n, 0.5)
    order = np.sort(scores)
    below = np.searchsorted(order, scores, side="left")
    upto = np.searchsorted(order, scores, side="right")
    ranks: FloatArray = (below + (upto - below - 1) / 2) / (n - 1)
    return ranks


# --- The text part of a matching score: who writes most like what was asked -----------------------


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


# --- What one side needs and the other offers, in both directions ---------------------------------


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
