"""Poisson pseudo-maximum likelihood with robust and clustered standard errors."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
MOST_STEPS: Final = 100
TOLERANCE: Final = 1e-12
_REST: Final = 1e-6
_HALVINGS: Final = 30
_MOST_LOG: Final = 700.0
_LEAST_SHARE: Final = 1e-300


@dataclass(frozen=True, slots=True)
class PoissonFit:
    """A fit; `has_converged` says whether to believe it.

    Attributes
    ----------
    beta : ndarray of shape (p,), float64
    fitted : ndarray of shape (n,), float64
    deviance : float
    bread : ndarray of shape (p, p), float64
        Inverse of X' diag(fitted) X.
    score : ndarray of shape (n, p), float64
        Contribution of each row: (y - fitted) x.
    has_converged : bool
    """

    beta: FloatArray
    fitted: FloatArray
    deviance: float
    bread: FloatArray
    score: FloatArray
    has_converged: bool


def fit_poisson(y: FloatArray, x: FloatArray) -> PoissonFit:
    """Fit E y = exp(x beta) by reweighted least squares; a step that climbs is halved.

    Parameters
    ----------
    y : ndarray of shape (n,), not negative, not all zero
    x : ndarray of shape (n, p), full rank
    """
    fitted = (y + y.mean()) / 2
    beta = _solved(x, np.log(fitted) + (y - fitted) / fitted, fitted)
    fitted, has_converged = _mean(x, beta), False
    deviance = poisson_deviance(y, fitted)
    for _ in range(MOST_STEPS):
        aim = _solved(x, x @ beta + (y - fitted) / fitted, fitted)
        beta, fitted, new = _step(y, x, beta, aim, deviance)
        # A deviance that may be 0 is compared beside 1, not relative to itself.
        has_converged = abs(deviance - new) <= TOLERANCE * (abs(new) + 1)
        deviance = new
        if has_converged:
            break
    bread = np.linalg.pinv(x.T @ (fitted[:, None] * x))
    score = (y - fitted)[:, None] * x
    return PoissonFit(beta, fitted, deviance, bread, score, has_converged and _rests(y, x, score))


def robust_variance(fit: PoissonFit) -> FloatArray:
    """Return the sandwich without correction for small samples (HC0)."""
    found: FloatArray = fit.bread @ (fit.score.T @ fit.score) @ fit.bread
    return found


def dyadic_variance(fit: PoissonFit, first: IntArray, second: IntArray) -> FloatArray:
    """Return the sandwich in which rows that share a region may depend on one another.

    Two-way clustering for pairs without direction: it does not matter which region of a pair is
    named first (Cameron and Miller 2014; Aronow, Samii and Assenova 2015).
    """
    n = int(max(first.max(initial=-1), second.max(initial=-1))) + 1
    sums = np.zeros((n, fit.score.shape[1]))
    np.add.at(sums, first, fit.score)
    is_pair = first != second
    np.add.at(sums, second[is_pair], fit.score[is_pair])
    twice = fit.score[is_pair]
    found: FloatArray = fit.bread @ (sums.T @ sums - twice.T @ twice) @ fit.bread
    return found


def poisson_deviance(y: FloatArray, fitted: FloatArray) -> float:
    """Return the deviance, 0 for a perfect fit."""
    return float((unit_deviance(y, fitted)).sum())


def unit_deviance(y: FloatArray, fitted: FloatArray) -> FloatArray:
    """Return each row's part of the deviance; 0 ln 0 = 0."""
    ratio = np.ones_like(y)
    # On the way to a fit exp may come near 0; the ratio must stay finite.
    np.divide(y, np.maximum(fitted, _LEAST_SHARE * y), out=ratio, where=y > 0)
    return np.maximum(2 * (y * np.log(ratio) - (y - fitted)), 0.0)


def _step(
    y: FloatArray, x: FloatArray, beta: FloatArray, aim: FloatArray, deviance: float
) -> tuple[FloatArray, FloatArray, float]:
    for _ in range(_HALVINGS):
        fitted = _mean(x, aim)
        new = poisson_deviance(y, fitted)
        if new <= deviance * (1 + TOLERANCE) + TOLERANCE:
            return aim, fitted, new
        aim = (beta + aim) / 2
    return beta, _mean(x, beta), deviance


def _rests(y: FloatArray, x: FloatArray, score: FloatArray) -> bool:
    """Say whether the scores add up to 0; where they do not, the best beta is not finite.

    The deviance alone does not tell: far out it hardly changes any more.
    """
    return bool((np.abs(score.sum(axis=0)) <= _REST * (np.abs(x).T @ y)).all())


def _mean(x: FloatArray, beta: FloatArray) -> FloatArray:
    found: FloatArray = np.exp(np.clip(x @ beta, -_MOST_LOG, _MOST_LOG))
    return found


def _solved(x: FloatArray, target: FloatArray, weight: FloatArray) -> FloatArray:
    root = np.sqrt(weight)
    found: FloatArray = np.linalg.lstsq(x * root[:, None], target * root)[0]
    return found
