"""Bootstrap: resample whole units, read an interval from the figures of the resamples."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus.results import Interval
from alpclusters.analysis.errors import AnalysisError, ScaleError, Where

FloatArray = NDArray[np.float64]
BLOCK_CELLS: Final = 2_000_000
MIN_DEFINED_SHARE: Final = 0.5


def tail_of(level: float) -> float:
    """Return the share on each side of a two-sided interval.

    Examples
    --------
    >>> tail_of(0.90)
    0.05
    """
    if not 0 < level < 1:
        code = "argument.out_of_range"
        raise ScaleError(code, where=Where(argument="level"), expected="0 < level < 1")
    # Rounded, because 1 - 0.9 is not 0.1 in binary and an end may lie exactly on a resample.
    return round((1 - level) / 2, 12)


def check_draws(draws: int, *, argument: str) -> None:
    """Refuse a negative number of random draws; 0 means none."""
    if draws < 0:
        code = "argument.out_of_range"
        raise AnalysisError(code, where=Where(argument=argument), expected=f"{argument} >= 0")


def resample_weights(
    n_units: int, *, resamples: int, seed: int, widest: int = 0
) -> Iterator[FloatArray]:
    """Yield how often each unit occurs in each resample, in blocks that fit into memory.

    Parameters
    ----------
    n_units : int
        Units that are drawn with replacement, as many as there are.
    resamples : int
        Resamples in all.
    seed : int
        Of `numpy.random.default_rng`.
    widest : int, optional
        Width of the widest array made per resample, if it is not ``n_units``.

    Yields
    ------
    array of shape (n_block, n_units)
        Rows sum to ``n_units``.

    Examples
    --------
    >>> blocks = list(resample_weights(4, resamples=3, seed=0))
    >>> [block.sum(axis=1).tolist() for block in blocks]
    [[4.0, 4.0, 4.0]]
    """
    random = np.random.default_rng(seed)
    rows = max(1, BLOCK_CELLS // max(n_units, widest, 1))
    for start in range(0, resamples if n_units else 0, rows):
        n_rows = min(rows, resamples - start)
        # One double per draw: the stream depends neither on the blocks nor on n_units.
        drawn = (random.random((n_rows, n_units)) * n_units).astype(np.int64)
        places = drawn + np.arange(n_rows)[:, None] * n_units
        counts = np.bincount(places.ravel(), minlength=n_rows * n_units)
        yield counts.reshape(n_rows, n_units).astype(np.float64)


def percentile_interval(
    figures: FloatArray, *, level: float
) -> tuple[Interval | None, tuple[str, ...]]:
    """Read the percentile interval from the figures of the resamples.

    Parameters
    ----------
    figures : array of shape (n_resamples,)
        NaN where a resample has no figure; those are left out.
    level : float
        Two-sided, equal-tailed.

    Returns
    -------
    interval : Interval or None
        None if there is none to be had.
    reasons : tuple of str
        ``few_resamples_defined`` if more than half of them have no figure;
        ``interval_no_width`` if the ends fall together: that would claim certainty.

    Examples
    --------
    >>> percentile_interval(np.arange(101.0), level=0.90)
    (Interval(low=5.0, high=95.0, coverage=None), ())
    >>> percentile_interval(np.ones(9), level=0.90)
    (None, ('interval_no_width',))
    """
    tail = tail_of(level)
    known = figures[~np.isnan(figures)]
    if not figures.size:
        return None, ()
    if known.size <= MIN_DEFINED_SHARE * figures.size:
        return None, ("few_resamples_defined",)
    low, high = (float(end) for end in np.quantile(known, (tail, 1 - tail)))
    if high - low <= 1e-12 * max(1.0, abs(high)):
        return None, ("interval_no_width",)
    return Interval(low, high), ()
