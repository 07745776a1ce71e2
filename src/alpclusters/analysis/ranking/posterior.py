"""What the fit says about all measures jointly: who is above whom, ranks, the first k."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

JITTER: Final = 1e-12  # added to variances so that rounding cannot make them negative
TIE: Final = 1e-11  # of the greatest estimate: nearer ones differ by the rounding of the fit alone


@dataclass(frozen=True, slots=True)
class Posterior:
    """Measures with a rating: estimates and the covariance of their errors.

    Attributes
    ----------
    rows : array of int, shape (n,)
        Positions among all measures.
    estimate, standard_error : array of shape (n,)
    covariance : array of shape (n, n)
        Of the effects alone: what all measures share does not move their order.
    """

    rows: IntArray
    estimate: FloatArray
    standard_error: FloatArray
    covariance: FloatArray

    @property
    def is_null(self) -> bool:
        """Whether measures do not differ at all: the variance of their effects is 0."""
        return not self.covariance.any()

    def order(self) -> IntArray:
        """Return positions within ``rows``, best estimate first, ties by position."""
        return np.lexsort((self.rows, levels(self.estimate)))


@dataclass(frozen=True, slots=True)
class RankFigures:
    """Ranks of the measures of a posterior, in its order of rows.

    ``low`` and ``high`` bound the rank, ``expected`` is its mean, ``top`` has one row per k.
    """

    low: IntArray
    high: IntArray
    expected: FloatArray
    top: FloatArray


def levels(estimate: FloatArray) -> IntArray:
    """Number estimates from the best, 0, on; those that only rounding tells apart share a number.

    Examples
    --------
    >>> levels(np.array([0.1 + 0.2, 2.0, 0.3])).tolist()
    [1, 0, 1]
    """
    order = np.argsort(-estimate, kind="stable")
    least = TIE * np.abs(estimate).max(initial=0.0)
    found = np.zeros(estimate.size, np.int64)
    found[order[1:]] = np.cumsum(-np.diff(estimate[order]) > least)
    return found


def pairwise(posterior: Posterior) -> FloatArray:
    """Return the probability that the row's measure is above the column's; 0.5 on the diagonal."""
    from scipy.special import ndtr  # noqa: PLC0415 - a third of a second to import

    spread = np.diag(posterior.covariance)
    variance = np.maximum(spread[:, None] + spread - 2 * posterior.covariance, 0.0)
    np.fill_diagonal(variance, 0.0)
    level = levels(posterior.estimate)
    differs = level[:, None] != level
    gap = np.where(differs, posterior.estimate[:, None] - posterior.estimate, 0.0)
    certain = np.where(differs, (gap > 0).astype(np.float64), 0.5)
    scaled = gap / np.sqrt(np.where(variance > 0, variance, 1.0))
    return np.where(variance > 0, ndtr(scaled), certain)


def expected_ranks(above: FloatArray) -> FloatArray:
    """Return 1 plus the sum of the probabilities that others are above."""
    return np.asarray(1 + above.sum(axis=0) - np.diag(above))


def draw_values(posterior: Posterior, *, draws: int, seed: int) -> FloatArray:
    """Draw the measures jointly, shape (draws, n).

    Random numbers are dealt out in the order of estimates, so that names change nothing.
    """
    order = posterior.order()
    spread = posterior.covariance[np.ix_(order, order)]
    normal = np.random.default_rng(seed).standard_normal((draws, order.size))
    values = np.empty_like(normal)
    values[:, order] = posterior.estimate[order] + normal @ factor(spread).T
    return values


def factor(covariance: FloatArray) -> FloatArray:
    """Return L with L L' = covariance, also where rounding makes it slightly indefinite."""
    jitter = JITTER * np.eye(covariance.shape[0])
    try:
        return np.linalg.cholesky(covariance + jitter)
    except np.linalg.LinAlgError:
        values, vectors = np.linalg.eigh(covariance)
        return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0)))


def ranks_of(values: FloatArray) -> IntArray:
    """Return ranks along the last axis, the greatest value first."""
    order = np.argsort(-values, axis=-1, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, values.shape[-1] + 1), axis=-1)
    return ranks


def rank_figures(
    posterior: Posterior, *, level: float, draws: int, top: tuple[int, ...], seed: int
) -> RankFigures:
    """Simulate ranks; without any difference between measures all ranks are alike by rule."""
    n = posterior.rows.size
    expected = expected_ranks(pairwise(posterior))
    if posterior.is_null:
        alike = np.array([[min(k / n, 1.0)] * n for k in top]).reshape(len(top), n)
        return RankFigures(np.ones(n, np.int64), np.full(n, n), expected, alike)
    ranks = ranks_of(draw_values(posterior, draws=draws, seed=seed))
    ends = [(1 - level) / 2, (1 + level) / 2]
    low, high = np.quantile(ranks, ends, axis=0, method="inverted_cdf").astype(np.int64)
    shares = np.array([(ranks <= k).mean(axis=0) for k in top]).reshape(len(top), n)
    return RankFigures(low, high, expected, shares)
