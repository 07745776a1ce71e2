"""Answers of one person go together: the covariance of scores by person, and dispersion."""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.ranking.equations import Design, dense_blocks
from alpclusters.analysis.ranking.reml import RemlFit, fit_reml

# --- A residual variance of each measure's own, drawn towards that of all -------------------------


FloatArray = NDArray[np.float64]

ROUNDS: Final = 3  # fits with weights, after one without
LEAST_FREEDOM: Final = 0.5
LEAST_VARIANCE: Final = 0.01  # of the mean one: equal answers on steps still hide differences
MIN_RATINGS: Final = 3  # of a measure whose variance tells something about the others
MUCH_WORK: Final = 2e8  # raters times squared columns, as there are four fits
ALIKE: Final = 1e6  # degrees of freedom where nothing speaks for unequal variances
NEWTON: Final = 50  # steps at most


@dataclass(frozen=True, slots=True)
class Dispersion:
    """Residual variances by measure, at weight 1.

    Attributes
    ----------
    own, freedom : array of shape (n_measures,)
        Of the measure's own residuals, with their degrees of freedom.
    shrunk : array of shape (n_measures,)
        Drawn towards ``common``.
    common, prior_freedom : float
        What all measures say about the variance of one, and how many degrees of freedom it is
        worth; 1e6 if nothing speaks for unequal variances.
    """

    own: FloatArray
    freedom: FloatArray
    shrunk: FloatArray
    common: float
    prior_freedom: float


@dataclass(frozen=True, slots=True)
class Dispersed:
    """A fit, the weights it was made with, and the variances its residuals have."""

    fit: RemlFit
    weighted: Design
    dispersion: Dispersion


def fit_dispersed(design: Design, *, seed: int = 0) -> Dispersed:
    """Fit with a residual variance per measure: variances, weights and fit three times over.

    Weights are those of the design times 1 / variance, scaled to mean 1. Variances of few
    measures differ by chance, so each is drawn towards their common value (Smyth).

    References
    ----------
    .. [1] G. K. Smyth, Linear models and empirical Bayes methods for assessing differential
       expression in microarray experiments, Stat. Appl. Genet. Mol. Biol. 3 (2004), 3.
    """
    fit = fit_reml(design, much_work=MUCH_WORK, is_rough=True, seed=seed)
    weighted = design
    for round_ in range(1, ROUNDS + 1):
        found = disperse(design, weighted, fit)
        weight = design.weight / found.shrunk[design.measure]
        weighted = replace(design, weight=weight / weight.mean() * design.weight.mean())
        fit = fit_reml(
            weighted, start=fit.logs, much_work=MUCH_WORK, is_rough=round_ < ROUNDS, seed=seed
        )
    return Dispersed(fit, weighted, disperse(design, weighted, fit))


def disperse(design: Design, weighted: Design, fit: RemlFit) -> Dispersion:
    """Return the variances of the residuals of a fit to ``weighted``, by measure."""
    n_measures, ratios = design.n_measures, np.exp(fit.logs)

    def summed(figures: FloatArray) -> FloatArray:
        return np.bincount(design.measure, figures, n_measures)

    squares = summed(design.weight * residuals(design, fit) ** 2)
    least = max(LEAST_VARIANCE * float(squares.sum()) / design.value.size, fit.equations.least)
    of_measure = summed(weighted.weight)
    spent = summed(weighted.weight / fit.absorbed.d[design.rater])
    freedom = summed(np.ones(design.value.size)) - spent - of_measure / (of_measure + ratios[0])
    freedom = np.maximum(freedom, LEAST_FREEDOM)
    own = np.maximum(squares / freedom, least)
    return shrink(own, freedom, np.bincount(design.measure, minlength=n_measures))


def residuals(design: Design, fit: RemlFit) -> FloatArray:
    """Return what the fit leaves of each rating."""
    predicted = (
        fit.fixed[0]
        + design.contrast @ fit.fixed[1:]
        + fit.measure_effects[design.measure]
        + fit.rater_effects[design.rater]
    )
    if design.region is not None:
        known = design.region >= 0
        predicted[known] += fit.cell_effects[design.measure[known], design.region[known]]
    return np.asarray(design.value - predicted)


def shrink(own: FloatArray, freedom: FloatArray, n: NDArray[np.int64]) -> Dispersion:
    """Draw variances towards their common value, as far as they differ by no more than chance.

    Parameters
    ----------
    own, freedom : array of shape (n_measures,)
        Variances and their degrees of freedom.
    n : array of int, shape (n_measures,)
        Ratings; with fewer than three a measure has the common value.

    Examples
    --------
    >>> found = shrink(np.array([0.25, 1.1, 1.6]), np.array([9.0, 15.0, 14.0]), np.full(3, 16))
    >>> found.shrunk.round(3).tolist(), round(found.prior_freedom, 2)
    ([0.354, 1.005, 1.398], 3.61)
    """
    from scipy.special import digamma, polygamma  # noqa: PLC0415 - a third of a second to import

    counts = (n >= MIN_RATINGS) & (own > 0)
    half = freedom[counts] / 2
    logs = np.log(own[counts]) - digamma(half) + np.log(half)
    excess = logs.var(ddof=1) - polygamma(1, half).mean() if counts.sum() > 1 else 0.0
    prior = 2 * _inverse_trigamma(float(excess)) if excess > 0 else ALIKE
    prior = min(prior, ALIKE)
    mean = float(logs.mean()) if counts.any() else 0.0
    common = float(np.exp(mean + digamma(prior / 2) - np.log(prior / 2)))
    weight = np.where(n >= MIN_RATINGS, freedom, 0.0)
    shrunk = (prior * common + weight * own) / (prior + weight)
    return Dispersion(own, freedom, shrunk, common, prior)


def _inverse_trigamma(value: float) -> float:
    """Return x with trigamma(x) = value, by Newton's method on 1 / trigamma."""
    from scipy.special import polygamma  # noqa: PLC0415 - as above

    x = 0.5 + 1 / value
    for _ in range(NEWTON):
        trigamma = float(polygamma(1, x))
        step = trigamma * (1 - trigamma / value) / float(polygamma(2, x))
        x += step
        if abs(step) < x * 1e-12:
            break
    return x


# --- Answers of one person go together: the covariance of scores by person, drawn to the model's


IntArray = NDArray[np.int64]

FEWEST_RATERS: Final = 8
LEAST_SEEN: Final = 1e-9  # of what the model expects: answers that it meets exactly
LEAST_LEFT: Final = 0.2  # of a residual's variance, after what the fit took of it


@dataclass(frozen=True, slots=True)
class Clustering:
    """What answers that go together add to the equations.

    Attributes
    ----------
    added : array of shape (n_columns, n_columns)
        To the covariance of the scores, in units of the equations.
    together : float
        Weight of what was seen against what the model expects, 0 to 1: how far answers go
        together beyond the model.
    """

    added: FloatArray
    together: float


def cluster(design: Design, fit: RemlFit) -> Clustering:
    """Compare the scores of each rater with what the model expects of them.

    The covariance that was seen is M = Σ g g' over raters, g the scores of the measures; the
    model expects M₀. M is brought to the variances of M₀ and weighed by 1 - Σ Var(M) / Σ (M - M₀)²
    over pairs of measures. Both stay positive semi-definite. With fewer than eight raters nothing
    is added.
    """
    n_columns = design.n_columns
    if design.n_raters < FEWEST_RATERS:
        return Clustering(np.zeros((n_columns, n_columns)), 0.0)
    scores = _scores(design, fit)
    weights = _table(design, design.weight)
    groups = _groups(design)
    parts = [_Part.of(scores[rows], weights[rows], fit.absorbed.d[rows]) for rows in groups]
    total = _Part.summed(parts)
    together = _together(total, design.n_raters)
    model = np.diag(total.expected)
    size = np.sqrt(model / np.maximum(np.diag(total.seen), LEAST_SEEN * model))
    added = np.zeros((n_columns, n_columns))
    for part, rows in zip(parts, groups, strict=True):
        spread = _spread(design, int(rows[0]))
        gap = _contrasts(size[:, None] * part.seen * size - part.expected, part.expected)
        added += together * (spread @ (spread @ gap).T)
    return Clustering((added + added.T) / 2, together)


@dataclass(frozen=True, slots=True)
class _Part:
    """Covariance of scores of some raters: seen, expected, and sums of squared products."""

    seen: FloatArray
    expected: FloatArray
    products: FloatArray

    @classmethod
    def of(cls, scores: Any, weights: Any, d: FloatArray) -> "_Part":
        n = scores.shape[1]
        seen, products = np.zeros((n, n)), np.zeros((n, n))
        expected = np.diag(np.asarray(weights.sum(axis=0)).ravel())
        for _, block in dense_blocks(scores):
            seen += block.T @ block
            products += (block**2).T @ block**2
        for rows, block in dense_blocks(weights):
            expected -= block.T @ (block / d[rows, None])
        return cls(seen, expected, products)

    @classmethod
    def summed(cls, parts: list["_Part"]) -> "_Part":
        names = ("seen", "expected", "products")
        return cls(*(np.sum([getattr(part, name) for part in parts], axis=0) for name in names))


def _scores(design: Design, fit: RemlFit) -> Any:
    """Return one row of scores per rater; residuals are enlarged by what the fit took of them."""
    w, ratio = design.weight, float(np.exp(fit.logs[0]))
    of_measure = np.bincount(design.measure, w, design.n_measures)[design.measure]
    left = np.maximum(1 - w / (of_measure + ratio), LEAST_LEFT)
    return _table(design, w * residuals(design, fit) / np.sqrt(left * fit.residual))


def _table(design: Design, figures: FloatArray) -> Any:
    """Lay figures of ratings out by rater and measure."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - a third of a second to import

    shape = (design.n_raters, design.n_measures)
    return csr_array((figures, (design.rater, design.measure)), shape=shape)


def _groups(design: Design) -> list[IntArray]:
    """Return the raters of each region, all in one without regions."""
    contrast = np.zeros((design.n_raters, design.contrast.shape[1]))
    contrast[design.rater] = design.contrast
    group = np.unique(contrast, axis=0, return_inverse=True)[1].ravel()
    return [np.flatnonzero(group == number) for number in range(group.max() + 1)]


def _together(total: _Part, n_raters: int) -> float:
    chance = total.products - total.seen**2 / n_raters
    gap = (total.seen - total.expected) ** 2
    np.fill_diagonal(chance, 0.0)
    np.fill_diagonal(gap, 0.0)
    return float(np.clip(1 - chance.sum() / gap.sum(), 0, 1)) if gap.sum() > 0 else 0.0


def _contrasts(gap: FloatArray, expected: FloatArray) -> FloatArray:
    """Take the common level out: how strict raters are is fitted, clusters tell of differences."""
    level = expected.sum(axis=0)
    whole = level.sum()
    if whole <= 0:
        return gap
    half = gap - np.outer(level / whole, gap.sum(axis=0))
    return np.asarray(half - np.outer(half.sum(axis=1), level / whole))


def _spread(design: Design, rater: int) -> Any:
    """Return the matrix from scores of measures to those of all columns, for a rater's region."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - as above

    n, p = design.n_measures, design.n_fixed
    row = int(np.flatnonzero(design.rater == rater)[0])
    fixed = np.append(1.0, design.contrast[row])
    measures = np.arange(n)
    entries = [np.repeat(fixed, n), np.ones(n)]
    rows = [np.repeat(np.arange(p), n), p + measures]
    region = -1 if design.region is None else int(design.region[row])
    if region >= 0:
        entries.append(np.ones(n))
        rows.append(p + n + measures * design.n_regions + region)
    columns = np.tile(measures, sum(part.size for part in rows) // n)
    places = (np.concatenate(rows), columns)
    return csr_array((np.concatenate(entries), places), shape=(design.n_columns, n))
