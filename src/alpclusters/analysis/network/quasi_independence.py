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
    region but perhaps the largest, so X alone is sought, by bisection. It converges also where
    one region is close to half, where a fixed point crawls; there the row sums are kept to half
    of all digits (1e-8), since X is nearly a double root.

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
    largest = sums.max(-1, initial=0.0)
    low = 2 * np.sqrt(largest)
    takes_small = (_small(sums, low).sum(-1) >= low) & (largest > 0)
    high = _bracketed(sums, low, takes_small)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        is_below = _is_below(sums, middle, takes_small)
        low, high = np.where(is_below, middle, low), np.where(is_below, high, middle)
    x = _small(sums, high)
    top = np.argmax(sums, -1)[..., None]
    big = high[..., None] - np.take_along_axis(x, top, -1)
    chosen = np.where(takes_small[..., None], np.take_along_axis(x, top, -1), big)
    np.put_along_axis(x, top, chosen, -1)
    return x


def _small(sums: FloatArray, total: FloatArray) -> FloatArray:
    """Return the small root of x (X - x) = r, in the form that does not cancel."""
    inner = np.sqrt(np.maximum(total[..., None] ** 2 - 4 * sums, 0.0))
    found: FloatArray = np.zeros_like(sums)
    np.divide(2 * sums, total[..., None] + inner, out=found, where=sums > 0)
    return found


def _is_below(sums: FloatArray, total: FloatArray, takes_small: BoolArray) -> BoolArray:
    """Say whether X is still too small.

    All roots small: their sum falls below X as X grows. Else the largest region has the large
    root: the small roots of the others overtake its small root as X grows.
    """
    x = _small(sums, total)
    all_small = x.sum(-1)
    largest = x.max(-1, initial=0.0)
    return np.where(takes_small, all_small >= total, all_small - largest <= largest)


def _bracketed(sums: FloatArray, low: FloatArray, takes_small: BoolArray) -> FloatArray:
    high = 2 * low + 1
    for _ in range(_DOUBLINGS):
        is_below = _is_below(sums, high, takes_small)
        if not is_below.any():
            break
        high = np.where(is_below, 2 * high, high)
    return high
