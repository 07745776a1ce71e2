"""What cross-border ties alone would be if every region took part everywhere alike."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
_DOUBLINGS = 60
_HALVINGS = 120


def cross_expectation(weight: FloatArray) -> FloatArray:
    """Return E_ij = x_i x_j with the row sums of the ties between regions, diagonal zero.

    Parameters
    ----------
    weight : ndarray of shape (..., n, n)
        Symmetric; the diagonal is not used.

    Returns
    -------
    ndarray of shape (..., n, n)
        NaN where one region holds at least half of all cross-border ties: then no x exists.

    Notes
    -----
    x_i (X - x_i) = r_i with X = sum x has for a given X the small root of a quadratic for every
    region but perhaps the largest, so one number is sought, by bisection. It converges also where
    one region is close to half, where a fixed point crawls. There X is nearly a double root and
    known to half its digits only; the distance between the roots of the largest region is not.

    Examples
    --------
    >>> table = [[50, 30, 10, 5], [30, 40, 20, 12], [10, 20, 60, 3], [5, 12, 3, 20]]
    >>> cross_expectation(np.array(table, dtype=float))[0].round(4).tolist()
    [0.0, 30.4629, 9.3194, 5.2177]
    """
    between = np.where(np.eye(weight.shape[-1], dtype=bool), 0.0, weight)
    sums = between.sum(-1)
    total = sums.sum(-1)
    solvable = (total > 0) & (2 * sums.max(-1, initial=0.0) < total)
    scaled: FloatArray = np.zeros_like(sums)
    np.divide(sums, total[..., None], out=scaled, where=solvable[..., None])
    x = _roots(scaled) * np.sqrt(np.where(solvable, total, 0.0))[..., None]
    expected = x[..., :, None] * x[..., None, :]
    expected = np.where(np.eye(weight.shape[-1], dtype=bool), 0.0, expected)
    found: FloatArray = np.where(solvable[..., None, None], expected, np.nan)
    return found


def _roots(sums: FloatArray) -> FloatArray:
    """Return x for row sums (..., n) that sum to 1, each below one half; zeros for zeros."""
    top = np.argmax(sums, -1)[..., None]
    largest = np.take_along_axis(sums, top, -1)[..., 0]
    low = np.zeros_like(largest)
    takes_small = _is_below(sums, low, np.ones_like(largest, dtype=bool)) & (largest > 0)
    high = _bracketed(sums, 4 * np.sqrt(largest) + 1, takes_small)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if not ((low < middle) & (middle < high)).any():  # no number lies between them any more
            break
        is_below = _is_below(sums, middle, takes_small)
        low, high = np.where(is_below, middle, low), np.where(is_below, high, middle)
    x = _small(sums, high)
    small = np.take_along_axis(x, top, -1)
    chosen = np.where(takes_small[..., None], small, small + high[..., None])
    np.put_along_axis(x, top, chosen, -1)
    return x


def _small(sums: FloatArray, apart: FloatArray) -> FloatArray:
    """Return the small root of x (X - x) = r, in a form in which nothing cancels.

    ``apart`` lies between the two roots of the largest region, so X^2 = apart^2 + 4 max r.
    """
    largest = sums.max(-1, initial=0.0)[..., None]
    squared = apart[..., None] ** 2
    total, inner = np.sqrt(squared + 4 * largest), np.sqrt(squared + 4 * (largest - sums))
    found: FloatArray = np.zeros_like(sums)
    np.divide(2 * sums, total + inner, out=found, where=sums > 0)
    return found


def _is_below(sums: FloatArray, apart: FloatArray, takes_small: BoolArray) -> BoolArray:
    """Say whether X is still too small.

    All roots small: the others' sum is as much as the large root of the largest region, and falls
    below it as X grows. Else that region has its large root: the others overtake its small one.
    """
    x = _small(sums, apart)
    largest = x.max(-1, initial=0.0)
    others = x.sum(-1) - largest
    return np.where(takes_small, others >= largest + apart, others <= largest)


def _bracketed(sums: FloatArray, high: FloatArray, takes_small: BoolArray) -> FloatArray:
    for _ in range(_DOUBLINGS):
        is_below = _is_below(sums, high, takes_small)
        if not is_below.any():
            break
        high = np.where(is_below, 2 * high, high)
    return high
