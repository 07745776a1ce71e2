"""Which measures to ask next, and how sure it is which measures are the best few."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.counting import whole_counts
from alpclusters.analysis.errors import ShapeError, Where, check_range

FloatArray = NDArray[np.float64]

ENOUGH: Final = 0.5
DRAWS: Final = 2000


@dataclass(frozen=True, slots=True)
class TopDoubt:
    """What is known of the best few.

    Attributes
    ----------
    top : int
        How many were looked for.
    among : array of shape (n,)
        Probability of each measure of being among them; sums to ``top``.
    doubt : float
        Expected number of wrong ones among the likeliest: half the sum of min(P, 1 - P).
    is_enough : bool
        Whether ``doubt`` is at most one half. Nothing closes by itself then.
    conventions : Conventions
    """

    top: int
    among: FloatArray
    doubt: float
    is_enough: bool
    conventions: Conventions


@dataclass(frozen=True, slots=True)
class Posterior:
    """Estimates of all measures with the covariance of their errors."""

    estimate: FloatArray
    covariance: FloatArray

    @property
    def variance(self) -> FloatArray:
        """Of each estimate."""
        return np.maximum(np.diag(self.covariance), 0.0)

    def above_cut(self, top: int) -> FloatArray:
        """Return the chance of lying above the middle between the last of the best and the next."""
        from scipy.special import ndtr  # noqa: PLC0415 - a third of a second to import

        best = np.sort(self.estimate)[::-1]
        cut = (best[top - 1] + best[top]) / 2
        spread = np.sqrt(np.maximum(self.variance, np.finfo(np.float64).tiny))
        return np.asarray(ndtr((self.estimate - cut) / spread))


def top_doubt(
    estimate: ArrayLike, covariance: ArrayLike, *, top: int, draws: int = DRAWS, seed: int = 0
) -> TopDoubt:
    """Return how many of the best so many are expected to be wrong.

    Parameters
    ----------
    estimate : array_like of shape (n,)
    covariance : array_like of shape (n, n)
        Of the errors of the estimates.
    top : int
        At least 1, fewer than the measures.
    draws : int, default 2000
    seed : int, default 0

    Returns
    -------
    TopDoubt

    Raises
    ------
    ShapeError
        A covariance of another shape, a value that is not finite.
    AnalysisError
        ``top`` or ``draws`` out of range.

    Notes
    -----
    Orders are drawn from the normal distribution of the estimates; ties by position. Whoever names
    the likeliest ``top`` measures is wrong in so many of them on average. O(draws * n²).

    Examples
    --------
    >>> clear = top_doubt([3.0, 2.0, 1.0], [[0.01, 0, 0], [0, 0.01, 0], [0, 0, 0.01]], top=1)
    >>> clear.is_enough, round(clear.doubt, 2)
    (True, 0.0)
    """
    check_range("draws", draws >= 1, ">= 1")
    posterior = checked_posterior(estimate, covariance, np.asarray(estimate).size, top)
    if posterior is None:
        code = "ratings.lengths"
        raise ShapeError(code, where=Where(argument="estimate"))
    values, vectors = np.linalg.eigh(posterior.covariance)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    normal = np.random.default_rng(seed).standard_normal((draws, values.size))
    drawn = posterior.estimate + normal @ root.T
    first = np.argsort(-drawn, axis=1, kind="stable")[:, :top]
    among = np.bincount(first.ravel(), minlength=values.size) / draws
    among.setflags(write=False)
    doubt = float(np.minimum(among, 1 - among).sum() / 2)
    conventions = Conventions(
        method="top_doubt", seed=seed, draws=draws, thresholds=(("enough", ENOUGH),)
    )
    return TopDoubt(top, among, doubt, doubt <= ENOUGH, conventions)


def checked_posterior(
    estimate: ArrayLike | None, covariance: ArrayLike | None, n: int, top: int | None
) -> Posterior | None:
    """Return estimates with their covariance, None where there are none."""
    check_range("top", top is None or 1 <= top < n, f"1 .. {n - 1}")
    if estimate is None or covariance is None:
        return None
    found = Posterior(
        np.asarray(estimate, dtype=np.float64), np.asarray(covariance, dtype=np.float64)
    )
    is_finite = np.isfinite(found.estimate).all() and np.isfinite(found.covariance).all()
    if found.estimate.shape != (n,) or found.covariance.shape != (n, n) or not is_finite:
        code = "ratings.lengths"
        raise ShapeError(
            code,
            where=Where(argument="covariance"),
            found=str(found.covariance.shape),
            expected=str((n, n)),
        )
    return found


# --- Deal measures out to a phone: the least shown, or those that decide who is among the best


IntArray = NDArray[np.int64]

_NOISE: Final = 0.3  # of the logarithm of a score: phones at the same moment get other measures


@dataclass(frozen=True, slots=True)
class Choice:
    """What a phone is asked next.

    Attributes
    ----------
    measures : tuple of str or int
        In the order in which they are to be shown.
    status : {'ok', 'undefined'}
    reasons : tuple of str
        Undefined: ``all_seen``. For information: ``no_estimates`` (least shown first, as
        nothing is known yet), ``fewer_left`` (fewer than asked for).
    conventions : Conventions
    """

    measures: tuple[Id, ...]
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions


def next_measures(  # noqa: PLR0913 - one per rule that people may choose
    measures: Sequence[Id],
    shown: ArrayLike,
    *,
    count: int,
    seen: Collection[Id] = (),
    top: int | None = None,
    estimate: ArrayLike | None = None,
    covariance: ArrayLike | None = None,
    residual: float = 1.0,
    rater: float = 0.0,
    floor: float = 0.5,
    cap: float = 3.0,
    even: float = 0.25,
    seed: int = 0,
) -> Choice:
    """Choose the measures that one person is asked about next.

    Without ``top`` those shown least so far: at the end all were shown alike. With ``top`` those
    whose place among the best so many is most in doubt, but for a quarter of the places, which
    go to the least shown.

    Parameters
    ----------
    measures : sequence of str or int, shape (n,)
    shown : array_like of int, shape (n,)
        How often each was shown to anybody.
    count : int
        How many to choose; fewer if fewer are left.
    seen : collection of str or int, optional
        Measures that this person was shown already.
    top : int, optional
        How many best measures are looked for; at least 1, fewer than the measures.
    estimate : array_like of shape (n,), optional
    covariance : array_like of shape (n, n), optional
        Of the ranking's effects, from standing answers; both or none.
    residual, rater : float
        Variances of a rating and of people's strictness, in squared points of the scale.
    floor : float, default 0.5
        Measures shown less than this part of the even share come before any score.
    cap : float, default 3.0
        A measure shown more than so many times the even share is chosen by no score.
    even : float, default 0.25
        Part of the places that go to the least shown.
    seed : int, default 0
        Another for each person and call: ties, noise and the order on the phone hang on it.

    Returns
    -------
    Choice

    Raises
    ------
    ShapeError
        Columns of unequal length, a covariance that is not square.
    AnalysisError
        ``count``, ``top`` or a share out of range, a negative number of times shown.

    Notes
    -----
    The score of a measure is p (1 - p) V / (V + residual + rater / count), p the chance that it
    lies above the middle between the last of the best and the next, V the variance of its
    estimate; times a random factor, so that phones at the same moment get other measures. The
    choice hangs on standing answers only, never on what a person would have said, so estimates of
    the ranking stay valid; plain means do not. O(n log n) beside the ranking.

    References
    ----------
    .. [1] D. B. Rubin, Inference and missing data, Biometrika 63 (1976), 581-592.

    Examples
    --------
    >>> next_measures(["fair", "lab", "visit"], [9, 2, 7], count=1).measures
    ('lab',)
    >>> next_measures(["fair", "lab", "visit"], [3, 3, 3], count=2, seen=["lab"]).reasons
    ()
    >>> next_measures(["fair"], [3], count=2, seen=["fair"]).reasons
    ('all_seen',)
    """
    times = whole_counts(shown, argument="shown")
    if times.shape != (len(measures),):
        code = "ratings.lengths"
        where = Where(argument="shown")
        raise ShapeError(code, where=where, found=str(times.shape), expected=str((len(measures),)))
    check_range("shown", bool((times >= 0).all()), ">= 0")
    check_range("count", count >= 1, ">= 1")
    for argument, value in (("floor", floor), ("even", even)):
        check_range(argument, 0 <= value <= 1, "0 .. 1")
    check_range("cap", cap >= 1, ">= 1")
    check_range("residual", residual > 0 and rater >= 0, "> 0")
    posterior = checked_posterior(estimate, covariance, len(measures), top)
    conventions = Conventions(
        method="next_measures",
        seed=seed,
        thresholds=(("floor", floor), ("cap", cap), ("even", even), ("top", float(top or 0))),
    )
    known = set(seen)
    left = np.array([row for row, one in enumerate(measures) if one not in known], dtype=np.int64)
    if not left.size:
        return Choice((), "undefined", ("all_seen",), conventions)
    state = _State(times, left, np.random.default_rng(seed))
    if top is None or posterior is None:
        rows = state.least(count)
    else:
        noise = rater / count + residual
        rows = state.deciding(posterior, top, count, floor, cap, even, noise)
    order = state.g.permutation(len(rows))
    reasons = (
        *(["no_estimates"] if top is not None and posterior is None else []),
        *(["fewer_left"] if left.size < count else []),
    )
    return Choice(tuple(measures[rows[place]] for place in order), "ok", reasons, conventions)


@dataclass(frozen=True, slots=True)
class _State:
    """What was shown, what is left for this person, and the lots drawn for them."""

    shown: IntArray
    left: IntArray
    g: np.random.Generator

    def least(self, count: int) -> list[int]:
        """Return the least shown, ties by lot."""
        order = np.lexsort((self.g.random(self.left.size), self.shown[self.left]))
        return [int(row) for row in self.left[order][:count]]

    def deciding(
        self,
        posterior: Posterior,
        top: int,
        count: int,
        floor: float,
        cap: float,
        even: float,
        noise: float,
    ) -> list[int]:
        """Return the least shown for some places, then what lags behind, then by score."""
        chosen = self.least(round(even * count))
        share = self.shown.sum() / self.shown.size
        behind = [row for row in self.least(self.left.size) if self.shown[row] < floor * share]
        score = self._score(posterior, top, noise)
        by_score = [
            row
            for row in self.left[np.argsort(-score[self.left])]
            if self.shown[row] <= cap * share
        ]
        rest = self.least(self.left.size)
        found = list(dict.fromkeys(int(row) for row in (*chosen, *behind, *by_score, *rest)))
        return found[:count]

    def _score(self, posterior: Posterior, top: int, noise: float) -> FloatArray:
        p = posterior.above_cut(top)
        gain = posterior.variance / (posterior.variance + noise)
        lot = np.exp(_NOISE * self.g.standard_normal(p.size))
        return np.asarray(p * (1 - p) * gain * lot)
