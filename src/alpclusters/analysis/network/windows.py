"""Which projects lie in a window, and one measure over several of them."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.errors import ShapeError, Where
from alpclusters.analysis.network.stamp import Window
from alpclusters.analysis.network.ties import frozen


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
