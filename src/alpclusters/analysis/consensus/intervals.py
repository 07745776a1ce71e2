"""Intervals for a share, a mean and a median, each with its convention named."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.conventions import LEVEL
from alpclusters.analysis.counting import whole_counts
from alpclusters.analysis.errors import AnalysisError, ScaleError, Where

FloatArray = NDArray[np.float64]
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
