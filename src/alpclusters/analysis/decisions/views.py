"""Draws of what each group thinks of each measure: means and shares against."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus.ratings import Ratings
from alpclusters.analysis.ranking import RankedMeasure, Ranking

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
type Measures = Sequence[RankedMeasure | None]

PSEUDO_FREEDOM: Final = 4.0  # of the pooled variance, in the variance of a group's answers
_PRIOR: Final = 0.5  # of a share: Jeffreys
_TINY: Final = 1e-12  # variance of answers that the model meets exactly


@dataclass(frozen=True, slots=True)
class Views:
    """Draws for the measures judged enough.

    Attributes
    ----------
    value : array of shape (draws, n_measures, n_groups)
        Ratings: mean of a group on the scale. Votes: share that agrees.
    against : array of the same shape
        Share against.
    side : array of the same shape
        What the middle is compared with: the mean, or agree / (agree + disagree).
    """

    value: FloatArray
    against: FloatArray
    side: FloatArray


@dataclass(frozen=True, slots=True)
class Counts:
    """Answers of each group on each measure; shape (n_measures, n_groups)."""

    n: IntArray
    against: IntArray


def rating_views(
    ranking: Ranking,
    measures: Measures,
    ratings: Ratings,
    group: IntArray,
    rows: IntArray,
    counts: Counts,
    seed: int,
) -> Views:
    """Draw group means: the model's estimate, moved as far as a group's own answers carry.

    ``measures`` are those of the ranking in the order of ``ratings``, None where nobody judged;
    ``group`` is that of each rater, -1 for none; ``rows`` are the measures that are judged
    enough, ``counts`` theirs.
    """
    judged = [one for row in rows if (one := measures[row])]
    estimate = np.array([one.estimate for one in judged], dtype=np.float64)
    error = np.array([one.standard_error for one in judged], dtype=np.float64)
    freedom = np.array([one.freedom or np.inf for one in judged], dtype=np.float64)
    g = np.random.default_rng(seed)
    draws = ranking.conventions.draws or 0
    centre = estimate + error * _student(g, freedom, (draws, rows.size))
    against = _shares(g, counts.against, counts.n, draws)
    n_groups = counts.n.shape[1]
    if n_groups == 1:
        return Views(centre[:, :, None], against, centre[:, :, None])
    answers = ratings.value - _strictness(ranking, measures, ratings)[ratings.rater]
    rater_variance = ranking.variances.rater if ranking.variances else 0.0
    spread = _spread(ratings, answers, group, rows, estimate, rater_variance)
    expected = centre[:, :, None] + spread.offset
    noise = _student(g, spread.freedom, (draws, rows.size, n_groups))
    value = expected + spread.share * (spread.mean - expected)
    value += np.sqrt(spread.share * spread.variance) * noise
    return Views(value, against, value)


def vote_views(counts: IntArray, *, draws: int, seed: int) -> Views:
    """Draw the shares that agree and disagree; counts of shape (n_statements, n_groups, 3)."""
    parts = np.random.default_rng(seed).standard_gamma(counts + _PRIOR, (draws, *counts.shape))
    agree, disagree = parts[..., 0], parts[..., 2]
    total = parts.sum(axis=-1)
    return Views(agree / total, disagree / total, agree / (agree + disagree))


@dataclass(frozen=True, slots=True)
class _Spread:
    """How far groups differ, and how much of a group's own mean counts."""

    mean: FloatArray
    variance: FloatArray
    freedom: FloatArray
    offset: FloatArray
    share: FloatArray


def _spread(
    ratings: Ratings,
    answers: FloatArray,
    group: IntArray,
    rows: IntArray,
    estimate: FloatArray,
    rater_variance: float,
) -> _Spread:
    """Compare group means of answers, strictness taken out, with the estimates for all."""
    place = np.full(len(ratings.measure_ids), -1)
    place[rows] = np.arange(rows.size)
    at, of = place[ratings.measure], group[ratings.rater]
    is_in = (at >= 0) & (of >= 0)
    n_groups = int(group.max()) + 1
    cell = at[is_in] * n_groups + of[is_in]
    answer = answers[is_in]
    shape = (rows.size, n_groups)

    def sums(values: FloatArray | None) -> FloatArray:
        return np.bincount(cell, values, rows.size * n_groups).reshape(shape).astype(np.float64)

    n = sums(None)
    mean = sums(answer) / n
    squares = sums((answer - mean.ravel()[cell]) ** 2)
    pooled = squares.sum() / max((n - 1).sum(), 1.0)
    freedom = n - 1 + PSEUDO_FREEDOM
    own = (squares + PSEUDO_FREEDOM * pooled) / freedom
    n_people = np.bincount(group[np.unique(ratings.rater[is_in])], minlength=n_groups)
    variance = own / n + rater_variance / n_people
    gap = mean - estimate[:, None]
    offset = gap.mean(axis=0)
    between = max(0.0, float(((gap - offset) ** 2 - variance).mean()))
    share = between / np.maximum(between + variance, _TINY)
    return _Spread(mean, variance, freedom, offset, share)


def _strictness(ranking: Ranking, measures: Measures, ratings: Ratings) -> FloatArray:
    """Return the model's effect of each rater, given the estimates: how far above they rate."""
    variances = ranking.variances
    n_raters = len(ratings.rater_ids)
    if variances is None or variances.rater == 0:
        return np.zeros(n_raters)
    estimate, residual = np.array(
        [
            (one.estimate, variances.residual if one.residual is None else one.residual)
            if one
            else (np.nan, np.nan)
            for one in measures
        ],
        dtype=np.float64,
    )[ratings.measure].T
    weight = 1 / np.maximum(residual, _TINY)
    total = np.bincount(ratings.rater, weight, n_raters) + 1 / variances.rater
    gap = weight * (ratings.value - estimate)
    return np.asarray(np.bincount(ratings.rater, gap, n_raters) / total)


def _student(g: np.random.Generator, freedom: FloatArray, shape: tuple[int, ...]) -> FloatArray:
    """Draw t, normal where the degrees of freedom are infinite."""
    normal = g.standard_normal(shape)
    finite = np.where(np.isfinite(freedom), freedom, 1.0)
    scale = np.sqrt(finite / g.chisquare(finite, shape))
    return np.asarray(normal * np.where(np.isfinite(freedom), scale, 1.0))


def _shares(g: np.random.Generator, k: IntArray, n: IntArray, draws: int) -> FloatArray:
    return np.asarray(g.beta(k + _PRIOR, n - k + _PRIOR, (draws, *k.shape)))
