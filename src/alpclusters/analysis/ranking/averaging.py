"""What the spread of the measures may be: estimates averaged over it, and clumps."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.ranking.equations import ridge
from alpclusters.analysis.ranking.reml import RemlFit

# --- Estimates averaged over what the spread of the measures may be, as few measures tell it badly


FloatArray = NDArray[np.float64]

POINTS: Final = 15
BELOW: Final = 3.0  # of the logarithm of the fitted ratio
ABOVE: Final = 4.0


@dataclass(frozen=True, slots=True)
class Averaged:
    """Measures with errors that know nothing for sure about the spread of the measures.

    Attributes
    ----------
    estimate, standard_error : array of shape (n_measures,)
        Intercept plus effect.
    effects : array of shape (n_measures,)
    covariance : array of shape (n_measures, n_measures)
        Of the errors of the effects.
    """

    estimate: FloatArray
    standard_error: FloatArray
    effects: FloatArray
    covariance: FloatArray


def average(fit: RemlFit, added: FloatArray | None = None) -> Averaged:
    """Average over 15 ratios of residual variance to that of the measures.

    Weights are restricted likelihood times a half-Cauchy density of the measures' standard
    deviation, as wide as the residual one; other ratios stay as fitted. The covariance is the mean
    covariance plus that of the means. One eigendecomposition serves all points.

    Parameters
    ----------
    fit : RemlFit
    added : array of shape (n_columns, n_columns), optional
        To the covariance of scores, such as from answers that go together.
    """
    parts = _Parts.of(fit, added)
    logs = fit.logs[0] + np.linspace(-BELOW, ABOVE, POINTS)
    weights = parts.weights(logs)
    means = [parts.effects(log) for log in logs]
    effects = np.stack([effect for effect, _ in means])
    fixed = np.array([first for _, first in means])
    estimates = fixed[:, None] + effects
    covariance, errors = parts.errors(logs, weights)
    estimate, effect = weights @ estimates, weights @ effects
    spread = (effects - effect) * np.sqrt(weights)[:, None]
    errors += weights @ (estimates - estimate) ** 2
    return Averaged(
        estimate=fit.equations.centre + estimate,
        standard_error=np.sqrt(np.maximum(errors, 0.0)),
        effects=effect,
        covariance=covariance + spread.T @ spread,
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """The equations with all but the measures eliminated.

    Attributes
    ----------
    values, vectors
        Of the measures' matrix K.
    turned : array of shape (n_measures,)
        Right-hand side in the directions of ``vectors``.
    first : array of shape (n_measures,)
        How the measures move the intercept.
    start : float
        Intercept without them.
    square : float
        Sum of squares without them.
    own : float
        Error of the intercept for itself, in units of the residual variance.
    crossed : array of shape (n_measures,)
        What is added to scores of measures and intercept together, in directions.
    turned_added : array of shape (n_measures, n_measures)
        The same of measures, in directions.
    """

    values: FloatArray
    vectors: FloatArray
    turned: FloatArray
    first: FloatArray
    start: float
    square: float
    own: float
    crossed: FloatArray
    turned_added: FloatArray
    freedom: int
    least: float

    @classmethod
    def of(cls, fit: RemlFit, added: FloatArray | None) -> "_Parts":
        e, absorbed = fit.equations, fit.absorbed
        n = absorbed.right.size
        measures = np.arange(n)[e.measures]
        others = np.setdiff1d(np.arange(n), measures)
        ratios = np.exp(fit.logs)
        matrix = absorbed.matrix + np.diag(ridge(e, np.append(0.0, ratios[1:])))
        inverse = np.linalg.inv(matrix[np.ix_(others, others)])
        between = matrix[np.ix_(others, measures)]
        moved = inverse @ between
        kernel = matrix[np.ix_(measures, measures)] - between.T @ moved
        right = absorbed.right[measures] - moved.T @ absorbed.right[others]
        values, vectors = np.linalg.eigh((kernel + kernel.T) / 2)
        change = np.hstack([-moved.T, np.eye(measures.size)])
        places = np.append(others, measures)
        extra = np.zeros((n, n)) if added is None else added[np.ix_(places, places)]
        of_measures = change @ extra  # scores of measures, others eliminated
        p = others.size
        return cls(
            values=np.maximum(values, 0.0),
            vectors=vectors,
            turned=vectors.T @ right,
            first=moved[0],
            start=float(inverse[0] @ absorbed.right[others]),
            square=float(
                absorbed.square - absorbed.right[others] @ inverse @ absorbed.right[others]
            ),
            own=float(inverse[0, 0] + inverse[0] @ extra[:p, :p] @ inverse[0]),
            crossed=vectors.T @ (of_measures[:, :p] @ inverse[0]),
            turned_added=vectors.T @ (of_measures @ change.T) @ vectors,
            freedom=e.freedom,
            least=e.least,
        )

    def residual(self, log: float) -> float:
        """Return the residual variance at a ratio."""
        square = self.square - float((self.turned**2 / (self.values + np.exp(log))).sum())
        return max(square / self.freedom, self.least)

    def weights(self, logs: FloatArray) -> FloatArray:
        """Return what each ratio counts."""
        density = np.array(
            [
                -self.freedom / 2 * np.log(self.residual(log))
                - np.log(self.values + np.exp(log)).sum() / 2
                + self.values.size / 2 * log
                - log / 2
                - np.log1p(np.exp(-log))
                for log in logs
            ]
        )
        weights = np.exp(density - density.max())
        return np.asarray(weights / weights.sum())

    def effects(self, log: float) -> tuple[FloatArray, float]:
        """Return the effects of the measures at a ratio, and the intercept from the centre."""
        effects = self.vectors @ (self.turned / (self.values + np.exp(log)))
        return effects, float(self.start - self.first @ effects)

    def errors(self, logs: FloatArray, weights: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the mean covariance of effects and the mean variance of estimates."""
        turned, crossed, own = np.zeros_like(self.turned_added), np.zeros_like(self.turned), 0.0
        for log, weight in zip(logs, weights, strict=True):
            share = weight * self.residual(log)
            inverse = 1 / (self.values + np.exp(log))
            turned += share * inverse[:, None] * self.turned_added * inverse
            turned[np.diag_indices_from(turned)] += share * inverse
            crossed += share * inverse * self.crossed
            own += share * self.own
        covariance = self.vectors @ turned @ self.vectors.T
        covariance = (covariance + covariance.T) / 2
        along, with_first = self.vectors @ crossed, covariance @ self.first
        errors = np.diag(covariance) - 2 * with_first + self.first @ with_first
        errors = errors + own + 2 * (along - self.first @ along)
        return covariance, errors


# --- Measures in clumps: whether their spread has one centre, two or three, and what follows ------


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
