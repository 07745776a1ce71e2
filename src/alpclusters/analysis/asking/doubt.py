"""How sure it is which measures are the best few: the expected number of wrong ones among them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.conventions import Conventions
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
