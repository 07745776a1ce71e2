"""Which projects lie in a window, and one measure over several of them."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.errors import AnalysisError, ShapeError, Where
from alpclusters.analysis.network.stamp import Window
from alpclusters.analysis.network.ties import Ties, frozen


def in_window(start: ArrayLike, end: ArrayLike, window: Window) -> NDArray[np.bool_]:
    """Say which projects lie in a window.

    Parameters
    ----------
    start, end : array_like of shape (n,)
        Ordinals of days, NaN where unknown. A project without the date that the rule needs is
        outside of every window but the open one.
    window : Window

    Returns
    -------
    ndarray of shape (n,), bool

    Raises
    ------
    ShapeError
        If the two have different lengths.

    Examples
    --------
    >>> in_window([1, 5], [9, 9], Window(name="a", start=1, end=5, rule="started")).tolist()
    [True, False]
    """
    first, last = np.array(start, dtype=float), np.array(end, dtype=float)
    if first.shape != last.shape or first.ndim != 1:
        raise ShapeError("array.lengths_differ", where=Where(argument="end"))
    if window.rule == "all":
        return frozen(np.ones(len(first), bool))
    low = -np.inf if window.start is None else window.start
    high = np.inf if window.end is None else window.end
    if window.rule == "started":
        inside: NDArray[np.bool_] = (first >= low) & (first < high)
    else:
        inside = (first < high) & (last >= low)
    return frozen(inside)


def over_windows[T](function: Callable[[Ties], T], ties_by_window: Sequence[Ties]) -> tuple[T, ...]:
    """Apply a measure to each window.

    Parameters
    ----------
    function : callable
        Takes ties.
    ties_by_window : sequence of Ties

    Returns
    -------
    tuple
        One result per window, in the order given.

    Raises
    ------
    AnalysisError
        A ValueError: two windows differ in more than the window (group, weights, level, size,
        rule), or in the names of the groups.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> from alpclusters.analysis.network import make_ties
    >>> empty = make_ties(csr_array((1, 1)), [7], [0], ["AT"])
    >>> over_windows(lambda ties: ties.stamp.n_ties, [empty, empty])
    (0, 0)
    """
    for place, ties in enumerate(ties_by_window):
        first = ties_by_window[0]
        same_stamp = ties.stamp.without_window() == first.stamp.without_window()
        if not same_stamp or ties.group_names != first.group_names:
            where = Where(argument="ties_by_window", row=place)
            raise AnalysisError("network.other_stamp", where=where)
    return tuple(function(ties) for ties in ties_by_window)
