"""Estimates averaged over what the spread of the measures may be, as few measures tell it badly."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.ranking.equations import ridge
from alpclusters.analysis.ranking.reml import RemlFit

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
