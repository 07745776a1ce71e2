"""Two ways from a score to a probability: Platt's curve and the isotonic steps."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.matching.checking import (
    BoolArray,
    FloatArray,
    finite,
    frozen,
    out_of_range,
    same_length,
)

_ROUNDS: Final = 100
_CLOSE: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Platt:
    """A logistic curve: probability = 1 / (1 + exp(-(slope s + intercept))).

    Attributes
    ----------
    slope, intercept : float
    n : int
        Labels it was fitted to.
    reasons : tuple of str
        ``no_labels``, ``scores_equal``.
    """

    slope: float
    intercept: float
    n: int
    reasons: tuple[str, ...]

    def at(self, score: FloatArray) -> FloatArray:
        """Return the probability at some scores."""
        return _logistic(self.slope * score + self.intercept)


@dataclass(frozen=True, slots=True)
class Isotonic:
    """Steps that never fall.

    Attributes
    ----------
    scores, values : ndarray of shape (k,), float64
        Different scores that were seen, rising, and the probability at each.
    n : int
        Labels it was fitted to.
    reasons : tuple of str
        ``no_labels``, ``scores_equal``.
    """

    scores: FloatArray
    values: FloatArray
    n: int
    reasons: tuple[str, ...]

    def at(self, score: FloatArray) -> FloatArray:
        """Return the probability, straight between scores that were seen, level beyond them."""
        found: FloatArray = np.interp(score, self.scores, self.values)
        return found


def fit_platt(score: ArrayLike, label: ArrayLike) -> Platt:
    """Fit Platt's curve, with his targets in place of 0 and 1.

    Parameters
    ----------
    score : array_like of shape (n,)
        Higher is more likely.
    label : array_like of shape (n,)
        1 where the outcome came, else 0.

    Returns
    -------
    Platt

    Raises
    ------
    AnalysisError
        NaN, other lengths, a label that is neither 0 nor 1.

    Notes
    -----
    Targets (n+ + 1) / (n+ + 2) and 1 / (n- + 2) keep the curve finite when a score parts the
    labels without error. Newton's method on a convex loss: no start matters.

    References
    ----------
    .. [1] J. Platt, Probabilistic outputs for support vector machines, in: Advances in Large
       Margin Classifiers, 1999.

    Examples
    --------
    >>> curve = fit_platt([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95],
    ...                   [0, 0, 1, 0, 0, 1, 0, 1, 1, 1])
    >>> round(curve.slope, 6), round(curve.intercept, 6)
    (3.381289, -1.846946)
    """
    given, hit = read_labels(score, label)
    if not len(given):
        return Platt(0.0, 0.0, 0, ("no_labels",))
    n_hits = int(hit.sum())
    target = np.where(hit, (n_hits + 1) / (n_hits + 2), 1 / (len(hit) - n_hits + 2))
    if np.ptp(given) == 0:
        mean = float(target.mean())
        return Platt(0.0, float(np.log(mean / (1 - mean))), len(given), ("scores_equal",))
    middle, spread = float(given.mean()), float(given.std())
    slope, intercept = _newton((given - middle) / spread, target)
    return Platt(slope / spread, intercept - slope * middle / spread, len(given), ())


def fit_isotonic(score: ArrayLike, label: ArrayLike) -> Isotonic:
    """Fit the steps that never fall and lie closest to the labels, by pooling violators.

    Parameters
    ----------
    score : array_like of shape (n,)
        Higher is more likely; equal scores share a value.
    label : array_like of shape (n,)
        1 where the outcome came, else 0.

    Returns
    -------
    Isotonic

    Raises
    ------
    AnalysisError
        NaN, other lengths, a label that is neither 0 nor 1.

    References
    ----------
    .. [1] R. E. Barlow et al., Statistical Inference under Order Restrictions, 1972.

    Examples
    --------
    >>> fit_isotonic([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], [0, 0, 1, 0, 0, 1]).values.round(3)
    array([0.   , 0.   , 0.333, 0.333, 0.333, 1.   ])
    """
    given, hit = read_labels(score, label)
    seen, place = np.unique(given, return_inverse=True)
    n_at = np.bincount(place, minlength=len(seen)).astype(np.float64)
    hits = np.bincount(place, weights=hit.astype(np.float64), minlength=len(seen))
    values = _pooled(hits, n_at)
    reasons = ("no_labels",) if not len(seen) else ("scores_equal",) if len(seen) == 1 else ()
    return Isotonic(frozen(seen), frozen(values), len(given), reasons)


def read_labels(score: ArrayLike, label: ArrayLike) -> tuple[FloatArray, BoolArray]:
    """Check scores with their outcomes."""
    given, hit = finite(score, "score"), finite(label, "label")
    same_length(hit, len(given), "label")
    if not np.isin(hit, (0, 1)).all():
        raise out_of_range("label", "0, 1")
    return given, hit.astype(bool)


def _pooled(hits: FloatArray, n_at: FloatArray) -> FloatArray:
    """Pool neighbours as long as one is above the next; each block is (hits, labels, scores)."""
    blocks: list[tuple[float, float, int]] = []
    for hit, n in zip(hits.tolist(), n_at.tolist(), strict=True):
        block = (hit, n, 1)
        while blocks and blocks[-1][0] * block[1] >= block[0] * blocks[-1][1]:
            last = blocks.pop()
            block = (last[0] + block[0], last[1] + block[1], last[2] + block[2])
        blocks.append(block)
    means = [hit / n for hit, n, _ in blocks]
    return np.repeat(np.array(means, dtype=np.float64), [length for _, _, length in blocks])


def _newton(score: FloatArray, target: FloatArray) -> tuple[float, float]:
    design = np.stack([score, np.ones_like(score)], axis=1)
    found = np.zeros(2)
    for _ in range(_ROUNDS):
        probability = _logistic(design @ found)
        slope = design.T @ (probability - target)
        curvature = (design * (probability * (1 - probability))[:, None]).T @ design
        step = np.linalg.solve(curvature + _CLOSE * np.eye(2), slope)
        found = found - _damped(step, design, found, target)
        if np.abs(step).max() < _CLOSE:
            break
    return float(found[0]), float(found[1])


def _damped(step: FloatArray, design: FloatArray, at: FloatArray, target: FloatArray) -> FloatArray:
    """Halve a step that makes the loss greater."""
    before = _loss(design @ at, target)
    for _ in range(_ROUNDS):
        if _loss(design @ (at - step), target) <= before + _CLOSE:
            break
        step = step / 2
    return step


def _loss(height: FloatArray, target: FloatArray) -> float:
    return float((np.logaddexp(0, height) - target * height).sum())


def _logistic(height: FloatArray) -> FloatArray:
    found: FloatArray = np.exp(-np.logaddexp(0, -height))
    return found
