"""Measures in clumps: whether their spread has one centre, two or three, and what follows."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

MIN_MEASURES: Final = 8
MOST: Final = 3  # clumps
STEPS: Final = 200  # at most
ENOUGH: Final = 1e-9  # gain of a step, in units of the log likelihood
LEAST_SPREAD: Final = 1e-6  # within clumps, of the variance of all
LEAST_TOLD: Final = 1e-9  # of a measure's variance: what its answers tell beyond the prior
LEAST_WEIGHT: Final = 0.01  # of a number of clumps that is still followed up


@dataclass(frozen=True, slots=True)
class Mixture:
    """Normal clumps with one spread within, fitted to uncertain values.

    Attributes
    ----------
    centres, shares : array of shape (n_clumps,)
    within : float
        Variance.
    log_likelihood : float
    path : tuple of float
        Log likelihood before every step; it never falls.
    """

    centres: FloatArray
    shares: FloatArray
    within: float
    log_likelihood: float
    path: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class World:
    """The measures under one number of clumps.

    Attributes
    ----------
    weight : float
        Probability of this number.
    member, mean : array of shape (n, n_clumps)
        Probability of each clump, and the value if it is the measure's.
    variance : array of shape (n,)
        Of the value, whichever the clump.
    """

    weight: float
    member: FloatArray
    mean: FloatArray
    variance: FloatArray


@dataclass(frozen=True, slots=True)
class Clumps:
    """Probabilities of one, two and three clumps, and the worlds of two and three.

    Attributes
    ----------
    weights : tuple of float
        By BIC; their sum is 1.
    worlds : tuple of World
    correlation : array of shape (n, n)
        Of the errors.
    """

    weights: tuple[float, ...]
    worlds: tuple[World, ...]
    correlation: FloatArray

    @property
    def is_told(self) -> bool:
        """Whether two or three clumps are likelier than one cloud."""
        return self.weights[0] < 0.5  # noqa: PLR2004 - likelier than not


def find_clumps(effects: FloatArray, covariance: FloatArray, spread: float) -> Clumps | None:
    """Compare one, two and three clumps of measures; None below eight measures.

    Parameters
    ----------
    effects : array of shape (n,)
        Under a normal prior.
    covariance : array of shape (n, n)
        Of their errors.
    spread : float
        Variance of that prior; it is taken out again, and so is the common level.
    """
    n = effects.size
    if n < MIN_MEASURES or spread <= 0:
        return None
    rows = covariance.mean(axis=0)
    centred = covariance - rows - rows[:, None] + rows.mean()
    known = np.diag(centred)
    if (known <= 0).any():
        return None
    error = 1 / np.maximum(1 / known - 1 / spread, LEAST_TOLD / known)
    values = (effects - effects.mean()) * error / known
    mixtures = [fit_mixture(values, error, k) for k in range(1, MOST + 1)]
    scores = np.array([m.log_likelihood - m.centres.size * np.log(n) for m in mixtures])
    weights = np.exp(scores - scores.max())
    weights /= weights.sum()
    kept = np.where(weights >= LEAST_WEIGHT, weights, 0.0)
    kept /= kept.sum()
    worlds = tuple(
        _world(mixture, values, error, float(weight))
        for mixture, weight in zip(mixtures[1:], kept[1:], strict=True)
        if weight > 0
    )
    sizes = np.sqrt(known)
    return Clumps(tuple(kept.tolist()), worlds, centred / sizes / sizes[:, None])


def fit_mixture(values: FloatArray, error: FloatArray, n_clumps: int) -> Mixture:
    """Fit normal clumps to values with known variances ``error``, by EM from quantiles.

    Examples
    --------
    >>> values = np.array([-1.1, -1.0, -0.9, 0.9, 1.0, 1.1])
    >>> fit_mixture(values, np.full(6, 0.01), 2).centres.round(3).tolist()
    [-1.0, 1.0]
    """
    least = max(LEAST_SPREAD * float(values.var()), np.finfo(float).tiny)
    centres = np.quantile(values, (np.arange(n_clumps) + 0.5) / n_clumps)
    shares = np.full(n_clumps, 1 / n_clumps)
    within = max(float(values.var()) / n_clumps**2, least)
    path = []
    for _ in range(STEPS):
        member, log_likelihood = _members(values, error, centres, shares, within)
        path.append(log_likelihood)
        if len(path) > 1 and log_likelihood - path[-2] < ENOUGH:
            break
        mean, variance = _latent(values, error, centres, within)
        sizes = np.maximum(member.sum(axis=0), np.finfo(float).tiny)
        shares, centres = sizes / sizes.sum(), (member * mean).sum(axis=0) / sizes
        rest = (member * ((mean - centres) ** 2 + variance[:, None])).sum()
        within = max(float(rest) / values.size, least)
    log_likelihood = _members(values, error, centres, shares, within)[1]
    return Mixture(centres, shares, within, log_likelihood, tuple(path))


def _world(mixture: Mixture, values: FloatArray, error: FloatArray, weight: float) -> World:
    shape = (mixture.centres, mixture.shares, mixture.within)
    member, _ = _members(values, error, *shape)
    mean, variance = _latent(values, error, mixture.centres, mixture.within)
    return World(weight, member, mean, variance)


def _members(
    values: FloatArray, error: FloatArray, centres: FloatArray, shares: FloatArray, within: float
) -> tuple[FloatArray, float]:
    """Return how likely each value belongs to each clump, and the log likelihood."""
    variance = (error + within)[:, None]
    logs = np.log(np.maximum(shares, np.finfo(float).tiny)) - np.log(2 * np.pi * variance) / 2
    logs = logs - (values[:, None] - centres) ** 2 / variance / 2
    greatest = logs.max(axis=1, keepdims=True)
    total = greatest[:, 0] + np.log(np.exp(logs - greatest).sum(axis=1))
    return np.exp(logs - total[:, None]), float(total.sum())


def _latent(
    values: FloatArray, error: FloatArray, centres: FloatArray, within: float
) -> tuple[FloatArray, FloatArray]:
    """Return mean and variance of what is behind each value, clump by clump."""
    variance = 1 / (1 / error + 1 / within)
    return variance[:, None] * (values[:, None] / error[:, None] + centres / within), variance
