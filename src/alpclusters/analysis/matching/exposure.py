"""Who is proposed how often, and how to spread it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.errors import NotFiniteError, ShapeError, Where
from alpclusters.analysis.matching.checking import (
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
