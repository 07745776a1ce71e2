"""A residual variance of each measure's own, drawn towards that of all."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.ranking.equations import Design
from alpclusters.analysis.ranking.reml import RemlFit, fit_reml

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
