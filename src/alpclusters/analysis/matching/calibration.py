"""What a score has meant so far: from points to the chance of an outcome, by two curves."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.consensus.intervals import wilson_interval
from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.matching.score_parts import (
    BoolArray,
    FloatArray,
    IntArray,
    finite,
    frozen,
    out_of_range,
    same_length,
)

# --- Two ways from a score to a probability: Platt's curve and the isotonic steps -----------------


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


# --- What a score has meant so far: from points to the chance of an outcome -----------------------


Kind = Literal["rank_only", "platt", "isotonic"]
FEWEST: Final = 30
FEWEST_OF_A_CLASS: Final = 5
MANY: Final = 200
FOLDS: Final = 5
LEVEL: Final = 0.95
MOST_BINS: Final = 10
PER_BIN: Final = 10


@dataclass(frozen=True, slots=True)
class ReliabilityRow:
    """Pairs with about the same promised probability.

    Attributes
    ----------
    n, n_hits : int
        Pairs, and those with the outcome.
    promised : float
        Mean of the probabilities, each from a fit that did not see the pair.
    observed, low, high : float
        Share with the outcome, with Wilson's interval.
    """

    n: int
    n_hits: int
    promised: float
    observed: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a score translates into the chance of an outcome, and how well that holds.

    Attributes
    ----------
    method : {'rank_only', 'platt', 'isotonic'}
        Few labels give no probability: then only the rank is shown.
    curve : Platt, Isotonic or None
        Fitted to all labels.
    n, n_hits : int
        Introduced pairs with a known outcome, and those with the outcome.
    base_rate, base_low, base_high : float or None
        Share with the outcome, with Wilson's interval.
    brier : float or None
        Mean squared error of the promised probabilities, cross-fitted; 0 is best.
    brier_of_base_rate : float or None
        The same for the share of the other folds promised to everybody: to be beaten.
    reliability : tuple of ReliabilityRow
        From low to high promises.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        ``no_labels``, ``few_labels``; always with a probability: ``introduced_pairs_only``
        (labels exist only for pairs that were introduced).
    conventions : Conventions
    """

    method: Kind
    curve: Platt | Isotonic | None
    n: int
    n_hits: int
    base_rate: float | None
    base_low: float | None
    base_high: float | None
    brier: float | None
    brier_of_base_rate: float | None
    reliability: tuple[ReliabilityRow, ...]
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions


def calibrate(score: ArrayLike, label: ArrayLike, *, seed: int = 0) -> Calibration:
    """Learn from outcomes what a score means.

    Parameters
    ----------
    score : array_like of shape (n,)
        Of introduced pairs.
    label : array_like of shape (n,)
        1 where the outcome (contact, agreement or project) came within the time, else 0.
    seed : int
        Of the division into folds.

    Returns
    -------
    Calibration

    Raises
    ------
    AnalysisError
        NaN, other lengths, a label that is neither 0 nor 1.

    Notes
    -----
    Below 30 labels, or 5 of one kind, no probability. To 199 Platt's curve, from 200 isotonic
    steps. Brier score and reliability use five-fold cross-fitting, the folds with equal shares
    of outcomes.

    Examples
    --------
    >>> found = calibrate([0.2, 0.7, 0.9], [0, 1, 1])
    >>> found.method, round(found.base_rate, 3), found.reasons
    ('rank_only', 0.667, ('few_labels',))
    """
    given, hit = read_labels(score, label)
    n, n_hits = len(given), int(hit.sum())
    method = _method(n, n_hits)
    base = _share(n_hits, n)
    if method == "rank_only":
        told: tuple[str, ...] = ("no_labels",) if not n else ("few_labels",)
        status: Status = "undefined" if not n else "limited"
        nothing = (None, None, ())
        return Calibration(
            method, None, n, n_hits, *base, *nothing, status, told, _conventions(method, seed)
        )
    fold = _folds(hit, seed)
    promised, plain = _cross_fitted(given, hit, fold, method)
    return Calibration(
        method,
        _fit(given, hit, method),
        n,
        n_hits,
        *base,
        float(((promised - hit) ** 2).mean()),
        float(((plain - hit) ** 2).mean()),
        _reliability(promised, hit),
        "ok",
        ("introduced_pairs_only",),
        _conventions(method, seed),
    )


def outcome_probability(calibration: Calibration, score: ArrayLike) -> FloatArray | None:
    """Return the chance of the outcome at some scores.

    Parameters
    ----------
    calibration : Calibration
    score : array_like of shape (n,)

    Returns
    -------
    ndarray of shape (n,), float64, or None
        None where only the rank is known.

    Raises
    ------
    AnalysisError
        NaN.

    Examples
    --------
    >>> outcome_probability(calibrate([0.2, 0.7, 0.9], [0, 1, 1]), [0.5]) is None
    True
    """
    given = finite(score, "score")
    return None if calibration.curve is None else frozen(calibration.curve.at(given))


def _method(n: int, n_hits: int) -> Kind:
    if n < FEWEST or min(n_hits, n - n_hits) < FEWEST_OF_A_CLASS:
        return "rank_only"
    return "platt" if n < MANY else "isotonic"


def _fit(score: FloatArray, hit: BoolArray, method: Kind) -> Platt | Isotonic:
    return fit_platt(score, hit) if method == "platt" else fit_isotonic(score, hit)


def _share(n_hits: int, n: int) -> tuple[float | None, float | None, float | None]:
    if not n:
        return None, None, None
    bounds = wilson_interval([n_hits], [n], level=LEVEL)
    return n_hits / n, float(bounds.low[0]), float(bounds.high[0])


def _folds(hit: BoolArray, seed: int) -> IntArray:
    """Deal pairs with and without the outcome out to the folds in turn, in a random order."""
    shuffled = np.random.default_rng(seed).permutation(len(hit))
    ordered = shuffled[np.argsort(hit[shuffled], kind="stable")]
    fold = np.empty(len(hit), dtype=np.int64)
    fold[ordered] = np.arange(len(hit)) % FOLDS
    return fold


def _cross_fitted(
    score: FloatArray, hit: BoolArray, fold: IntArray, method: Kind
) -> tuple[FloatArray, FloatArray]:
    """Return for each pair what a fit without its fold promises, and the share in that fit."""
    promised, plain = np.empty(len(score)), np.empty(len(score))
    for out in range(FOLDS):
        held, kept = fold == out, fold != out
        promised[held] = _fit(score[kept], hit[kept], method).at(score[held])
        plain[held] = hit[kept].mean()
    return promised, plain


def _reliability(promised: FloatArray, hit: BoolArray) -> tuple[ReliabilityRow, ...]:
    """Part into rows of about as many pairs; pairs with equal promises stay together."""
    n_bins = min(MOST_BINS, len(promised) // PER_BIN)
    edges = np.unique(np.quantile(promised, np.arange(1, n_bins) / n_bins, method="higher"))
    bins = np.searchsorted(edges, promised, side="right")
    return tuple(_row(promised[bins == one], hit[bins == one]) for one in np.unique(bins))


def _row(promised: FloatArray, hit: BoolArray) -> ReliabilityRow:
    n, n_hits = len(hit), int(hit.sum())
    bounds = wilson_interval([n_hits], [n], level=LEVEL)
    low, high = float(bounds.low[0]), float(bounds.high[0])
    return ReliabilityRow(n, n_hits, float(promised.mean()), n_hits / n, low, high)


def _conventions(method: Kind, seed: int) -> Conventions:
    return Conventions(
        method=f"calibrate_{method}",
        level=LEVEL,
        intervals=(("base_rate", "wilson"), ("reliability", "wilson")),
        ties="equal_scores_share_a_value",
        seed=seed,
        thresholds=(
            ("fewest", FEWEST),
            ("fewest_of_a_class", FEWEST_OF_A_CLASS),
            ("isotonic_from", MANY),
            ("folds", FOLDS),
        ),
    )
