"""Pairs of regions against what one would expect of them, by all ties or cross-border ones."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.network.regions import (
    FloatArray,
    IntArray,
    RegionTable,
    region_table,
    total_weight,
)
from alpclusters.analysis.network.resampling import Interval, Resampled, check_same_stamp, in_blocks
from alpclusters.analysis.network.ties import Stamp, Ties, frozen

# --- What cross-border ties alone would be if every region took part everywhere alike -------------


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


# --- Pairs of regions against what one would expect of them ---------------------------------------


Null = Literal["margins", "cross"]


@dataclass(frozen=True, slots=True)
class Pair:
    """One pair of regions.

    Attributes
    ----------
    first, second : int
        Places in the group names; equal for ties within one.
    observed : float
        Weight of its ties, each once.
    expected, ratio : float or None
        What the null gives, and observed / expected.
    shortfall : float or None
        expected - observed, in units of the weights.
    interval : Interval or None
        Of the ratio, by draws of projects.
    """

    first: int
    second: int
    observed: float
    expected: float | None
    ratio: float | None
    shortfall: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class PairTable:
    """All pairs of regions under one expectation.

    Attributes
    ----------
    null : {"margins", "cross"}
    pairs : tuple of Pair
        By first and second place; with ``margins`` also first = second.
    n_connected : ndarray of shape (n_groups,), int64
        Organisations of each region with a tie that is counted.
    group_names : tuple of str
    reasons : tuple of str
        ``no_ties``, ``no_cross_ties``, ``one_region_holds_all_cross_ties``.
    stamp : Stamp
    """

    null: Null
    pairs: tuple[Pair, ...]
    n_connected: IntArray
    group_names: tuple[str, ...]
    reasons: tuple[str, ...]
    stamp: Stamp

    def pair(self, first: str, second: str) -> Pair:
        """Return the pair of two names, in whatever order.

        Raises
        ------
        KeyError
            No such pair.
        """
        wanted = {first, second}
        for each in self.pairs:
            if {self.group_names[each.first], self.group_names[each.second]} == wanted:
                return each
        raise KeyError(first, second)

    def as_record(self) -> dict[str, object]:
        """Return it as a plain mapping for JSON."""
        return {**asdict(self), "n_connected": self.n_connected.tolist()}


def affinity(
    ties: Ties | RegionTable, *, null: Null = "margins", resampled: Resampled | None = None
) -> PairTable:
    """Compare every pair of regions with its expectation.

    Parameters
    ----------
    ties : Ties or RegionTable
    null : {"margins", "cross"}
        ``margins``: q_i q_j, as if nobody preferred home; home bias pushes every pair of
        different regions below 1. ``cross``: from ties between regions alone, x_i x_j with the
        row sums kept (quasi-independence); the one for "fewer ties than expected".
    resampled : Resampled, optional
        Draws of the same projects, for intervals of the ratios.

    Returns
    -------
    PairTable

    Raises
    ------
    AnalysisError
        Another null; draws of another stamp.

    Notes
    -----
    Under ``cross`` no expectation exists if one region holds at least half of all cross-border
    ties (two regions always do): then None, with the reason.

    Examples
    --------
    >>> from alpclusters.analysis.network import make_region_table
    >>> rows = [[50, 30, 10, 5], [30, 40, 20, 12], [10, 20, 60, 3], [5, 12, 3, 20]]
    >>> pair = affinity(make_region_table(rows, "ABCD"), null="cross").pair("A", "C")
    >>> round(pair.expected, 6), round(pair.ratio, 6)
    (9.319398, 1.073031)
    """
    table = region_table(ties) if isinstance(ties, Ties) else ties
    check_same_stamp(table.stamp, resampled)
    if null not in ("margins", "cross"):
        raise AnalysisError(
            "argument.not_one_of", where=Where(argument="null"), expected="margins, cross"
        )
    expected = expectation(table.weight, null)
    drawn = None if resampled is None else drawn_ratios(resampled, null)
    return PairTable(
        null,
        tuple(_pairs(table.weight, expected, null, drawn, resampled)),
        frozen(table.n_connected.copy()),
        table.group_names,
        _reasons(table, expected, null),
        table.stamp,
    )


def expectation(weight: FloatArray, null: Null) -> FloatArray:
    """Return the expected weight of tables (..., n, n), each tie once; NaN if undefined."""
    if null == "cross":
        return cross_expectation(weight)
    total = np.asarray(total_weight(weight))[..., None]
    sums = weight.sum(-1) + np.diagonal(weight, axis1=-2, axis2=-1)
    q = np.full(sums.shape, np.nan)
    np.divide(sums, 2 * total, out=q, where=total > 0)
    product = q[..., :, None] * q[..., None, :] * total[..., None]
    # A pair of different regions has two cells of the symmetric table.
    found: FloatArray = np.where(np.eye(weight.shape[-1], dtype=bool), product, 2 * product)
    return found


def ratios(weight: FloatArray, null: Null) -> FloatArray:
    """Return observed / expected of tables (..., n, n); NaN where nothing is expected."""
    expected = expectation(weight, null)
    found: FloatArray = np.full(weight.shape, np.nan)
    np.divide(weight, expected, out=found, where=expected > 0)
    return found


def drawn_ratios(resampled: Resampled, null: Null) -> FloatArray:
    """Return observed / expected in every draw, shape (draws, n, n)."""
    return in_blocks(lambda tables: ratios(tables, null), resampled.tables)


def _pairs(
    weight: FloatArray,
    expected: FloatArray,
    null: Null,
    drawn: FloatArray | None,
    resampled: Resampled | None,
) -> Iterator[Pair]:
    for first, second in zip(*np.triu_indices(len(weight), int(null == "cross")), strict=True):
        seen, due = float(weight[first, second]), float(expected[first, second])
        is_defined = bool(np.isfinite(due))
        interval = None
        if drawn is not None and resampled is not None and is_defined and due > 0:
            interval = resampled.interval(drawn[:, first, second])
        yield Pair(
            first=int(first),
            second=int(second),
            observed=seen,
            expected=due if is_defined else None,
            ratio=seen / due if is_defined and due > 0 else None,
            shortfall=due - seen if is_defined else None,
            interval=interval,
        )


def _reasons(table: RegionTable, expected: FloatArray, null: Null) -> tuple[str, ...]:
    if not table.total:
        return ("no_ties",)
    if null == "margins":
        return ()
    if table.total == table.internal:
        return ("no_cross_ties",)
    return ("one_region_holds_all_cross_ties",) if np.isnan(expected).any() else ()
