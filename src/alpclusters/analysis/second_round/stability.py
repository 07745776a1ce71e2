"""Stability between rounds: net change of histograms, individual agreement beyond chance."""

from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
STABLE_BELOW: Final = 0.15
KappaWeights = Literal["plain", "linear", "quadratic"]
POWERS: Final[dict[KappaWeights, int]] = {"linear": 1, "quadratic": 2}


def net_change(first: IntArray, second: IntArray) -> float:
    """Return half the sum of differences of two histograms, per person.

    It sees only net change: people who swap places leave it at 0.

    Examples
    --------
    >>> net_change(np.array([1, 2, 3, 3, 1]), np.array([0, 1, 3, 4, 2]))
    0.2
    """
    return float(np.abs(first - second).sum() / (2 * first.sum()))


def weighted_kappa(matrix: IntArray, points: FloatArray, *, weights: KappaWeights) -> float | None:
    """Return Cohen's kappa of a migration matrix; None if no disagreement is to be expected.

    kappa = 1 - sum(w O) / sum(w E), with w 1 off the diagonal (plain), the distance of the
    points as a share of the scale (linear), or its square (quadratic).

    Examples
    --------
    >>> weighted_kappa(np.array([[3, 1], [0, 2]]), np.array([0.0, 1.0]), weights="plain")
    0.6666666666666667
    """
    distance = np.abs(points[:, None] - points) / max(points[-1] - points[0], 1e-300)
    weight = distance ** POWERS[weights] if weights in POWERS else (distance > 0).astype(float)
    n = matrix.sum()
    expected = float((weight * np.outer(matrix.sum(axis=1), matrix.sum(axis=0))).sum())
    return 1 - float((weight * matrix).sum()) * float(n) / expected if expected > 0 else None
