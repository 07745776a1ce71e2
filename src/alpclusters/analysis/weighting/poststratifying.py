"""A raked mean or share with the interval that weighting leaves."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.conventions import LEVEL, Conventions
from alpclusters.analysis.weighting.margins import FloatArray, Margins, values_of
from alpclusters.analysis.weighting.raking import rake
from alpclusters.analysis.weighting.results import Estimate


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
