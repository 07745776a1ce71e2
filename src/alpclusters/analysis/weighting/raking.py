"""Weights to several margins at once, and a raked mean or share with its interval."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.conventions import LEVEL, Conventions
from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.weighting.margins import (
    Estimate,
    FloatArray,
    IntArray,
    Margins,
    Weights,
    finite,
    values_of,
)

# --- Weights to several margins at once: one column after the other, until all fit ----------------


LEAST_EFFECTIVE: Final = 50
HOLDS: Final = 100
EXACT: Final = 1e-12


def rake(
    groups: Sequence[ArrayLike],
    targets: Sequence[ArrayLike],
    *,
    lo: float = 0.2,
    hi: float = 5.0,
    tol: float = 1e-10,
    most: int = 500,
) -> Weights:
    """Weigh people so that every column has the shares it should have.

    In turn for each column the weights of a group are multiplied until the group has its share;
    then all weights are held within bounds around their mean.

    Parameters
    ----------
    groups : sequence of array_like of int, shape (n_people,)
        Per column the group of each person from 0 on; -1 is "not known" and keeps its weight.
    targets : sequence of array_like
        Per column the share of each group; they add up to 1 within 0.01 and are rescaled.
    lo, hi : float, default 0.2 and 5.0
        Least and greatest weight, as a multiple of the mean.
    tol : float, default 1e-10
        Stop when no factor differs more from 1.
    most : int, default 500
        Rounds after which it stops anyway and says ``margins_not_met``.

    Returns
    -------
    Weights

    Raises
    ------
    MarginError
        Shares that are none.
    AnalysisError
        Codes that do not fit the shares, columns of unequal length, impossible bounds.

    Notes
    -----
    Nobody can be weighed up from nothing: the share of a group without people is spread over
    the other groups of its column, and ``absent`` names it. O(rounds * cells).

    Examples
    --------
    >>> weights = rake([[0, 0, 0, 1]], [[0.5, 0.5]])
    >>> weights.values.round(3).tolist(), round(weights.effective_n, 2)
    ([0.667, 0.667, 0.667, 2.0], 3.0)
    """
    if not (0 < lo <= 1 <= hi):
        code = "argument.out_of_range"
        raise AnalysisError(code, where=Where(argument="lo"), expected="0 < lo <= 1 <= hi")
    margins = Margins.of(groups, targets)
    cells, place = np.unique(np.stack(margins.codes), axis=1, return_inverse=True)
    size = np.bincount(place.ravel(), minlength=cells.shape[1]).astype(np.float64)
    by_cell, rounds, is_met, is_held = _raked(cells, size, margins, (lo, hi, tol, most))
    values = by_cell[place.ravel()]
    values.setflags(write=False)
    n_effective = effective_n(values)
    reasons = [*margins.reasons()]
    reasons += [] if is_met else ["margins_not_met"]
    reasons += ["weights_held"] if is_held else []
    if n_effective < max(LEAST_EFFECTIVE, values.size / 3):
        reasons.append("effective_n_small")
    columns = range(len(margins.codes))
    return Weights(
        values=values,
        effective_n=n_effective,
        reached=tuple(_reached(values, margins, column) for column in columns),
        absent=tuple(margins.absent(column) for column in columns),
        absent_share=tuple(
            float(margins.told[column][list(margins.absent(column))].sum()) for column in columns
        ),
        rounds=rounds,
        status="limited" if reasons else "ok",
        reasons=tuple(reasons),
        conventions=Conventions(
            method="raking", thresholds=(("lo", lo), ("hi", hi)), missing="keeps_weight"
        ),
    )


def effective_n(weights: ArrayLike) -> float:
    """Return how many people a simple sample would need to be as sure (Kish 1965).

    Parameters
    ----------
    weights : array_like, shape (n_people,)
        Not negative; in any unit.

    Returns
    -------
    float
        0 of nobody.

    Raises
    ------
    AnalysisError
        A negative weight, or one that is no number.

    Examples
    --------
    >>> effective_n([1, 1, 1]), round(effective_n([1, 1, 4]), 2)
    (3.0, 2.0)
    """
    values = finite(np.asarray(weights, dtype=np.float64).ravel(), "weights")
    if (values < 0).any():
        code = "counts.negative"
        raise AnalysisError(code, where=Where(argument="weights"))
    total = float(values.sum())
    return total**2 / float((values**2).sum()) if total else 0.0


def _raked(
    cells: IntArray, size: FloatArray, margins: Margins, rules: tuple[float, float, float, int]
) -> tuple[FloatArray, int, bool, bool]:
    """Return weights per cell, the rounds, whether margins are met, whether bounds hold some."""
    lo, hi, tol, most = rules
    targets = [margins.reachable(column) for column in range(len(cells))]
    weights, is_held = np.ones(size.size), False
    for number in range(1, most + 1):
        away = 0.0
        for codes, target in zip(cells, targets, strict=True):
            factors = _factors(codes, weights * size, target)
            weights *= factors
            away = max(away, float(np.abs(factors - 1).max(initial=0.0)))
        weights, is_held = _held(weights, size, lo, hi)
        if away < tol:
            return weights, number, True, is_held
    return weights, most, False, is_held


def _held(weights: FloatArray, size: FloatArray, lo: float, hi: float) -> tuple[FloatArray, bool]:
    """Hold weights within the bounds around their mean, which moves with them; mean 1."""
    is_held = False
    for _ in range(HOLDS):
        mean = float(weights @ size) / max(float(size.sum()), 1.0) or 1.0
        weights = weights / mean
        held = np.clip(weights, lo, hi)
        if np.abs(held - weights).max(initial=0.0) < EXACT:
            break
        weights, is_held = held, True
    return weights, is_held


def _factors(codes: IntArray, mass: FloatArray, target: FloatArray) -> FloatArray:
    """Return per cell what its group must be multiplied by; 1 where it is not known."""
    known = codes >= 0
    if not known.any() or not target.sum():
        return np.ones(codes.size)
    by_group = np.bincount(codes[known], mass[known], minlength=target.size)
    wanted = target * mass[known].sum()
    factors = np.divide(wanted, by_group, out=np.ones(target.size), where=by_group > 0)
    return np.where(known, factors[np.maximum(codes, 0)], 1.0)


def _reached(values: FloatArray, margins: Margins, column: int) -> FloatArray:
    codes, size = margins.codes[column], margins.told[column].size
    known = codes >= 0
    mass = np.bincount(codes[known], values[known], minlength=size)
    shares = mass / mass.sum() if mass.sum() else mass
    shares.setflags(write=False)
    return shares


# --- A raked mean or share with the interval that weighting leaves --------------------------------


def poststratify(
    values: ArrayLike,
    groups: Sequence[ArrayLike],
    targets: Sequence[ArrayLike],
    *,
    level: float = LEVEL,
) -> Estimate:
    """Return the raked mean of values, or the raked share of zeros and ones.

    Parameters
    ----------
    values : array_like, shape (n_people,)
        One number per person; leave people without an answer out of all arguments.
    groups, targets : sequence
        As in `rake`.
    level : float, default 0.90
        Of the two-sided interval (Student's t).

    Returns
    -------
    Estimate
        Without interval, reason ``effective_n_small``, below an effective number of 50 or of a
        third of the people: there `mrp` is the better answer.

    Raises
    ------
    MarginError, AnalysisError
        As `rake`; besides a value that is no number.

    Notes
    -----
    Standard error from the residuals r of a weighted regression on the margins' groups:
    √(Σ (w/Σw)² r² n/(n - rank)). The interval is too short below about 150 people.

    Examples
    --------
    >>> region = [0] * 90 + [1] * 30
    >>> found = poststratify([1, 0] * 45 + [1] * 30, [region], [[0.6, 0.4]])
    >>> round(found.value, 3), found.n
    (0.7, 120)
    """
    margins = Margins.of(groups, targets)
    y = values_of(values, margins.n_people)
    weights = rake(groups, targets)
    value, se = _mean(y, weights.values, margins) if y.size else (None, None)
    freedom = y.size - _rank(margins)
    has_interval = se is not None and "effective_n_small" not in weights.reasons
    half = _quantile(freedom, level) * se if has_interval and se is not None else None
    reasons = weights.reasons if y.size else ("no_ratings",)
    return Estimate(
        value=value,
        se=se,
        low=None if half is None or value is None else value - half,
        high=None if half is None or value is None else value + half,
        n=y.size,
        effective_n=weights.effective_n,
        status="undefined" if value is None else "limited" if reasons else "ok",
        reasons=reasons,
        conventions=Conventions(
            method="raked_mean", level=level, intervals=(("value", "linearised_t"),)
        ),
    )


def _mean(y: FloatArray, weights: FloatArray, margins: Margins) -> tuple[float, float | None]:
    shares = weights / weights.sum()
    design = _dummies(margins)
    root = np.sqrt(weights)
    fitted, *_ = np.linalg.lstsq(root[:, None] * design, root * y, rcond=None)
    residuals = y - design @ fitted
    freedom = y.size - _rank(margins)
    if freedom < 1:
        return float(shares @ y), None
    spread = float(np.sum((shares * residuals) ** 2)) * y.size / freedom
    return float(shares @ y), spread**0.5


def _dummies(margins: Margins) -> FloatArray:
    """Return a column of ones, and one per group of each column, "not known" included."""
    dummies = [(codes[:, None] == np.unique(codes)).astype(np.float64) for codes in margins.codes]
    return np.hstack([np.ones((margins.n_people, 1)), *dummies])


def _rank(margins: Margins) -> int:
    return int(np.linalg.matrix_rank(_dummies(margins))) if margins.n_people else 0


def _quantile(freedom: int, level: float) -> float:
    from scipy.special import stdtrit  # noqa: PLC0415 - a third of a second to import

    return float(stdtrit(max(freedom, 1), (1 + level) / 2))
