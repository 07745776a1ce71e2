"""Who is proposed how often, and how to spread it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.errors import NotFiniteError, ShapeError, Where
from alpclusters.analysis.matching.checking import (
    FloatArray,
    IntArray,
    frozen,
    out_of_range,
)

NOBODY: Final = -1
TOP_SHARE: Final = 0.01
CAP: Final = 0.05


@dataclass(frozen=True, slots=True)
class Exposure:
    """How evenly proposals are spread over the organisations.

    Attributes
    ----------
    counts : ndarray of shape (n,), int64
        Lists each organisation stands on.
    gini : float or None
        0 if all stand on as many lists, near 1 if a few stand on all.
    coverage : float or None
        Share of the organisations that stand on some list.
    top_share : float or None
        Share of all slots taken by the 1 % that stand on most, at least one organisation.
    n, n_lists, n_slots : int
        Organisations, lists, filled places on lists.
    reasons : tuple of str
        ``no_lists``.
    """

    counts: IntArray
    gini: float | None
    coverage: float | None
    top_share: float | None
    n: int
    n_lists: int
    n_slots: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CappedLists:
    """Lists on which nobody stands too often.

    Attributes
    ----------
    lists : ndarray of shape (n_lists, top), int64
        Places, best first; -1 where a list ran out of candidates.
    points : ndarray of shape (n_lists, top), float64
        Their points, 0 where there is nobody.
    cap : int
        Lists one organisation may stand on.
    loss : float or None
        Mean points per slot of the plain lists less those of these.
    n_changed : int
        Lists with somebody else on them.
    n_short : int
        Slots of the plain lists that could not be filled.
    reasons : tuple of str
        ``no_lists``.
    """

    lists: IntArray
    points: FloatArray
    cap: int
    loss: float | None
    n_changed: int
    n_short: int
    reasons: tuple[str, ...]


def exposure(recommendations: ArrayLike, n: int) -> Exposure:
    """Count how often each organisation is proposed.

    Parameters
    ----------
    recommendations : array_like of shape (n_lists, k)
        Places 0 to n - 1; -1 is an empty slot. On one list an organisation counts once.
    n : int
        Number of eligible organisations, those that are never proposed included.

    Returns
    -------
    Exposure

    Raises
    ------
    AnalysisError
        NaN, or a place that is none.

    Notes
    -----
    Gini = sum (2i - n - 1) x_i / (n sum x) over counts x in rising order, zeros included.

    Examples
    --------
    >>> found = exposure([[4, 3], [4, 3], [4, 2], [4, -1], [4, -1], [4, -1], [4, -1]], 5)
    >>> found.counts, found.gini, found.coverage
    (array([0, 0, 1, 2, 7]), 0.64, 0.6)
    """
    lists = _lists(recommendations, n)
    rows, _ = np.nonzero(lists >= 0)
    pairs = np.unique(rows * max(n, 1) + lists[lists >= 0])
    counts = np.bincount(pairs % max(n, 1), minlength=n).astype(np.int64)
    total = int(counts.sum())
    if not total:
        return Exposure(frozen(counts), None, None, None, n, len(lists), 0, ("no_lists",))
    rising = np.sort(counts)
    gini = float(((2 * np.arange(1, n + 1) - n - 1) * rising).sum() / (n * total))
    n_top = max(int(np.ceil(TOP_SHARE * n)), 1)
    return Exposure(
        frozen(counts),
        gini,
        float((counts > 0).mean()),
        float(rising[-n_top:].sum() / total),
        n,
        len(lists),
        total,
        (),
    )


def cap_exposure(
    candidates: ArrayLike, points: ArrayLike, *, top: int = 20, share: float = CAP
) -> CappedLists:
    """Re-rank lists so that nobody stands on more than a share of them.

    Parameters
    ----------
    candidates : array_like of shape (n_lists, m)
        Places or numbers of the candidates of each list, best first, longer than ``top`` so that
        others can move up; -1 is an empty slot.
    points : array_like of shape (n_lists, m)
        Their points.
    top : int
        Length of a list.
    share : float
        Part of all lists that one organisation may stand on, at least one list.

    Returns
    -------
    CappedLists

    Raises
    ------
    AnalysisError
        Other shapes, NaN, a share outside of 0 to 1.

    Notes
    -----
    Greedy: all pairs of list and candidate by points, the highest first, of equal ones the list
    and then the number that comes first; a pair is taken while the list has room and the
    candidate is below the cap.

    Examples
    --------
    >>> found = cap_exposure([[1, 2], [1, 3]], [[90, 80], [85, 60]], top=1, share=0.5)
    >>> found.lists.ravel(), found.loss
    (array([1, 3]), 12.5)
    """
    given, worth = np.array(candidates, dtype=np.float64), np.array(points, dtype=np.float64)
    if given.ndim != 2 or given.shape != worth.shape:  # noqa: PLR2004 - lists and slots
        raise ShapeError("array.lengths_differ", where=Where(argument="points"))
    if not (np.isfinite(given).all() and np.isfinite(worth).all()):
        raise NotFiniteError("array.not_finite", where=Where(argument="points"))
    if top < 1 or not 0 < share <= 1:
        raise out_of_range("share", "0 – 1")
    who = given.astype(np.int64)
    cap = max(int(share * len(who)), 1)
    taken = _taken(who, worth, top, cap)
    lists, kept = _filled(who, worth, taken, top)
    plain, plain_worth = _filled(who, worth, _first(who, worth, top), top)
    n_slots = int((plain >= 0).sum())
    n_short = n_slots - int((lists >= 0).sum())
    loss = None if not n_slots else float((plain_worth.sum() - kept.sum()) / n_slots)
    return CappedLists(
        frozen(lists),
        frozen(kept),
        cap,
        loss,
        int((np.sort(plain, axis=1) != np.sort(lists, axis=1)).any(axis=1).sum()),
        n_short,
        () if n_slots else ("no_lists",),
    )


def _lists(recommendations: ArrayLike, n: int) -> IntArray:
    given = np.array(recommendations, dtype=np.float64)
    if given.size == 0:
        return np.zeros((0, 1), dtype=np.int64)
    if given.ndim != 2:  # noqa: PLR2004 - lists and slots
        raise ShapeError("array.lengths_differ", where=Where(argument="recommendations"))
    if not np.isfinite(given).all():
        raise NotFiniteError("array.not_finite", where=Where(argument="recommendations"))
    lists = given.astype(np.int64)
    if lists.max() >= n or lists.min() < NOBODY:
        raise out_of_range("recommendations", f"-1 – {n - 1}")
    return lists


def _order(who: IntArray, worth: FloatArray) -> tuple[IntArray, IntArray]:
    """Return all pairs of list and slot, the highest points first."""
    rows, slots = np.nonzero(who >= 0)
    order = np.lexsort((who[rows, slots], rows, -worth[rows, slots]))
    return rows[order], slots[order]


def _taken(who: IntArray, worth: FloatArray, top: int, cap: int) -> FloatArray:
    taken = np.zeros(who.shape, bool)
    room = np.full(len(who), top)
    stands: dict[int, int] = {}
    for row, slot in zip(*(axis.tolist() for axis in _order(who, worth)), strict=True):
        one = int(who[row, slot])
        if room[row] and stands.get(one, 0) < cap:
            taken[row, slot] = True
            room[row] -= 1
            stands[one] = stands.get(one, 0) + 1
    return taken


def _first(who: IntArray, worth: FloatArray, top: int) -> FloatArray:
    return _taken(who, worth, top, max(len(who), 1))


def _filled(
    who: IntArray, worth: FloatArray, taken: FloatArray, top: int
) -> tuple[IntArray, FloatArray]:
    lists = np.full((len(who), top), NOBODY)
    kept = np.zeros((len(who), top))
    filled = np.zeros(len(who), dtype=np.int64)
    rows, slots = _order(who, worth)
    for row, slot in zip(rows.tolist(), slots.tolist(), strict=True):
        if taken[row, slot]:
            lists[row, filled[row]], kept[row, filled[row]] = who[row, slot], worth[row, slot]
            filled[row] += 1
    return lists, kept
