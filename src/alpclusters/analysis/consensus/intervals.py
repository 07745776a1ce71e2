"""Intervals for a share, a mean and a median, each with its convention named, and resampling."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.consensus.results import Interval
from alpclusters.analysis.conventions import LEVEL
from alpclusters.analysis.counting import whole_counts
from alpclusters.analysis.errors import AnalysisError, ScaleError, Where

# --- Bootstrap: resample whole units, read an interval from the figures of the resamples ----------


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


# --- Intervals for a share, a mean and a median, each with its convention named -------------------


IntArray = NDArray[np.int64]
ShareInterval = Literal["wilson", "jeffreys"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Lower and upper ends of intervals, NaN where there is none.

    Attributes
    ----------
    low, high : array of shape (n,)
        In the unit of the figure: a share 0 to 1, or scale points.
    """

    low: FloatArray
    high: FloatArray

    def __post_init__(self) -> None:
        for array in (self.low, self.high):
            array.setflags(write=False)


@dataclass(frozen=True, slots=True)
class RankBounds:
    """Ranks of the order statistics that bound a median.

    Attributes
    ----------
    low, high : array of shape (n,)
        1-based ranks; 0 where no pair of ranks reaches the level.
    coverage : array of shape (n,)
        Probability attained for continuous data; at least the level. NaN where none.
    """

    low: IntArray
    high: IntArray
    coverage: FloatArray

    def __post_init__(self) -> None:
        for array in (self.low, self.high, self.coverage):
            array.setflags(write=False)


def wilson_interval(k: ArrayLike, n: ArrayLike, *, level: float = LEVEL) -> Bounds:
    r"""Bound a share k of n by Wilson's score interval.

    With :math:`p = k/n` and the normal quantile z the centre is
    :math:`(p + z^2/2n) / (1 + z^2/n)` and the half width
    :math:`z \sqrt{p(1-p)/n + z^2/4n^2} / (1 + z^2/n)`.

    Parameters
    ----------
    k, n : array_like of int
        Hits and trials, ``0 <= k <= n``; they are broadcast against each other.
    level : float, default 0.90
        Two-sided, equal-tailed level.

    Returns
    -------
    Bounds
        NaN where ``n == 0``; exactly 0 at ``k == 0`` and exactly 1 at ``k == n``.

    Raises
    ------
    ScaleError
        ``k`` outside 0 to n, or a level outside 0 to 1.

    References
    ----------
    .. [1] E. B. Wilson, Probable inference, the law of succession, and statistical inference,
       Journal of the American Statistical Association 22 (1927), 209-212.

    Examples
    --------
    >>> bounds = wilson_interval(8, 11, level=0.95)
    >>> round(float(bounds.low[0]), 10), round(float(bounds.high[0]), 10)
    (0.4343546988, 0.9025394071)
    """
    hits, trials = _hits_and_trials(k, n)
    z2 = _normal_quantile(level) ** 2
    safe = np.maximum(trials, 1.0)
    share = hits / safe
    centre = (share + z2 / (2 * safe)) / (1 + z2 / safe)
    half = np.sqrt(z2 * (share * (1 - share) / safe + z2 / (4 * safe**2))) / (1 + z2 / safe)
    return _with_exact_ends(centre - half, centre + half, hits, trials)


def jeffreys_interval(k: ArrayLike, n: ArrayLike, *, level: float = LEVEL) -> Bounds:
    """Bound a share k of n by the Jeffreys interval with exact ends.

    The ends are quantiles of Beta(k + 1/2, n - k + 1/2); the lower end is 0 at ``k == 0``
    and the upper end is 1 at ``k == n``.

    Parameters
    ----------
    k, n : array_like of int
        Hits and trials, ``0 <= k <= n``.
    level : float, default 0.90
        Two-sided, equal-tailed level.

    Returns
    -------
    Bounds
        NaN where ``n == 0``.

    Raises
    ------
    ScaleError
        ``k`` outside 0 to n, or a level outside 0 to 1.

    Notes
    -----
    Some packages do not apply the rule at the ends; theirs is slightly above 0 for k = 0.

    References
    ----------
    .. [1] L. D. Brown, T. T. Cai, A. DasGupta, Interval estimation for a binomial proportion,
       Statistical Science 16 (2001), 101-133.

    Examples
    --------
    >>> bounds = jeffreys_interval(8, 11, level=0.95)
    >>> round(float(bounds.low[0]), 10), round(float(bounds.high[0]), 10)
    (0.4349045195, 0.9165182402)
    """
    from scipy.special import betaincinv  # noqa: PLC0415 - a third of a second to import

    hits, trials = _hits_and_trials(k, n)
    tail = _tail(level)
    low = betaincinv(hits + 0.5, trials - hits + 0.5, tail)
    high = betaincinv(hits + 0.5, trials - hits + 0.5, 1 - tail)
    return _with_exact_ends(low, high, hits, trials)


def share_interval(
    k: ArrayLike, n: ArrayLike, *, level: float = LEVEL, kind: ShareInterval = "wilson"
) -> Bounds:
    """Bound a share by the named kind of interval.

    Examples
    --------
    >>> share_interval(0, 10, kind="jeffreys").low.tolist()
    [0.0]
    """
    if kind == "wilson":
        return wilson_interval(k, n, level=level)
    if kind == "jeffreys":
        return jeffreys_interval(k, n, level=level)
    code = "argument.not_one_of"
    raise AnalysisError(code, where=Where(argument="kind"), expected="wilson, jeffreys")


def median_ranks(n: ArrayLike, *, level: float = LEVEL) -> RankBounds:
    """Find the order statistics that bound the median of the population.

    The interval from the l-th smallest to the l-th greatest of n values covers the median
    with probability ``1 - 2 P(B < l)``, B binomial with n trials of one half. The greatest l
    that reaches the level is taken.

    Parameters
    ----------
    n : array_like of int
        Numbers of values.
    level : float, default 0.90
        Level that must at least be reached.

    Returns
    -------
    RankBounds
        Ranks 0 and coverage NaN where even the smallest and the greatest value do not reach
        the level (n < 5 at 90 %).

    Raises
    ------
    ScaleError
        A negative number or a fraction, or a level outside 0 to 1.
    NotFiniteError
        NaN or infinity.

    Notes
    -----
    Distribution-free. For data with ties, such as ratings, the coverage is at least the one
    stated.

    References
    ----------
    .. [1] W. J. Conover, Practical Nonparametric Statistics, 3rd edition (1999), section 3.2.

    Examples
    --------
    >>> ranks = median_ranks([4, 5, 20])
    >>> ranks.low.tolist(), ranks.high.tolist()
    ([0, 1, 6], [0, 5, 15])
    >>> ranks.coverage.round(4).tolist()
    [nan, 0.9375, 0.9586]
    """
    from scipy.special import bdtr  # noqa: PLC0415 - a third of a second to import

    sizes = np.atleast_1d(whole_counts(n, argument="n"))
    if (sizes < 0).any():
        code = "counts.negative"
        raise ScaleError(code, where=Where(argument="n", row=int((sizes < 0).argmax())))
    candidates = _candidate_ranks(sizes, level)
    below = bdtr(np.maximum(candidates - 1, 0), np.maximum(sizes, 1)[:, None], 0.5)
    fits = (candidates >= 1) & (candidates <= sizes[:, None]) & (2 * below <= 1 - level)
    low = np.where(fits, candidates, 0).max(axis=1)
    coverage = np.where(fits, 1 - 2 * below, np.inf).min(axis=1)
    coverage[low == 0] = np.nan
    return RankBounds(low, np.where(low > 0, sizes + 1 - low, 0), coverage)


def t_interval(
    mean: FloatArray, sd: FloatArray, n: IntArray, *, level: float, scale: tuple[float, float]
) -> Bounds:
    """Bound a mean by Student's t with n - 1 degrees of freedom, clipped to the scale.

    Parameters
    ----------
    mean, sd : array of shape (n_items,)
        Sample means and standard deviations (n - 1).
    n : array of int
        Numbers of values.
    level : float
        Two-sided level.
    scale : (float, float)
        Lowest and highest point of the scale.

    Returns
    -------
    Bounds
        NaN for n < 2 and where all values are equal: such a sample says nothing about spread,
        and an interval of width 0 would claim certainty.

    Examples
    --------
    >>> one = np.array([3.5]), np.array([1.0]), np.array([16])
    >>> bounds = t_interval(*one, level=0.90, scale=(1, 5))
    >>> round(float(bounds.low[0]), 4), round(float(bounds.high[0]), 4)
    (3.0617, 3.9383)
    """
    from scipy.special import stdtrit  # noqa: PLC0415 - a third of a second to import

    known = (n >= 2) & (np.nan_to_num(sd) > 0)  # noqa: PLR2004 - a spread needs two
    quantile = stdtrit(np.maximum(n - 1, 1), 1 - _tail(level))
    half = np.where(known, quantile * sd / np.sqrt(np.maximum(n, 1)), np.nan)
    low, high = np.clip(mean - half, *scale), np.clip(mean + half, *scale)
    return Bounds(low, high)


def _candidate_ranks(sizes: IntArray, level: float) -> IntArray:
    """Seven ranks around the normal approximation, which is never more than two off."""
    spread = _normal_quantile(level) * np.sqrt(sizes) / 2
    near = np.floor(sizes / 2 - spread).astype(np.int64)
    return near[:, None] + np.arange(-2, 5)


def _hits_and_trials(k: ArrayLike, n: ArrayLike) -> tuple[FloatArray, FloatArray]:
    hits, trials = np.broadcast_arrays(
        np.atleast_1d(np.asarray(k, dtype=np.float64)),
        np.atleast_1d(np.asarray(n, dtype=np.float64)),
    )
    wrong = np.flatnonzero(~((hits >= 0) & (hits <= trials)))
    if wrong.size:
        code = "share.hits_exceed_trials"
        raise ScaleError(code, where=Where(argument="k", row=int(wrong[0])))
    return hits, trials


def _tail(level: float) -> float:
    if not 0 < level < 1:
        code = "argument.out_of_range"
        raise ScaleError(code, where=Where(argument="level"), expected="0 < level < 1")
    return (1 - level) / 2


def _normal_quantile(level: float) -> float:
    from scipy.special import ndtri  # noqa: PLC0415 - a third of a second to import

    return float(ndtri(1 - _tail(level)))


def _with_exact_ends(
    low: FloatArray, high: FloatArray, hits: FloatArray, trials: FloatArray
) -> Bounds:
    low = np.where(hits == 0, 0.0, np.maximum(low, 0.0))
    high = np.where(hits == trials, 1.0, np.minimum(high, 1.0))
    unknown = trials == 0
    return Bounds(np.where(unknown, np.nan, low), np.where(unknown, np.nan, high))
