"""What a score has meant so far: from points to the chance of an outcome."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.consensus.intervals import wilson_interval
from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.matching.checking import BoolArray, FloatArray, IntArray, finite, frozen
from alpclusters.analysis.matching.curves import (
    Isotonic,
    Platt,
    fit_isotonic,
    fit_platt,
    read_labels,
)

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
