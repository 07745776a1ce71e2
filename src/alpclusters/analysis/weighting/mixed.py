"""Multilevel regression and poststratification: groups borrow strength, then get their shares."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.conventions import LEVEL, Conventions
from alpclusters.analysis.weighting.margins import Estimate, FloatArray, Margins, values_of

STEPS: Final = 60
LEAST: Final = 3


def mrp(
    values: ArrayLike,
    groups: Sequence[ArrayLike],
    targets: Sequence[ArrayLike],
    *,
    level: float = LEVEL,
) -> Estimate:
    """Estimate a mean or share under the margins by a model with one random effect per column.

    Parameters
    ----------
    values : array_like, shape (n_people,)
        One number per person, or 0 and 1 for a share.
    groups, targets : sequence
        As in `rake`.
    level : float, default 0.90
        Of the two-sided interval (Student's t with n - 1 degrees of freedom).

    Returns
    -------
    Estimate
        A group without people has the effect 0 and its whole variance in the standard error.

    Raises
    ------
    MarginError, AnalysisError
        As `rake`; besides a value that is no number.

    Notes
    -----
    y = β + Σ_columns u_group + e. Variances by EM for restricted likelihood, 60 steps; value
    β̂ + Σ target·û, variance σ²e x'C⁻¹x with x the targets (C the coefficients of the mixed
    model equations). Additive, so margins suffice and no joint table is needed. Like raking it
    assumes that those of a group who came speak for those who did not.

    Examples
    --------
    >>> region = [0] * 30 + [1] * 10
    >>> found = mrp([4, 5] * 15 + [2, 1] * 5, [region], [[0.5, 0.5]])
    >>> round(found.value, 1), found.status
    (3.0, 'ok')
    """
    margins = Margins.of(groups, targets)
    y = values_of(values, margins.n_people)
    reasons = list(margins.reasons())
    if y.size < LEAST or np.ptp(y) == 0:
        reasons.append(_why_none(y.size))
        value = float(y.mean()) if y.size else None
        return _estimate(value, None, y.size, level, reasons)
    return _estimate(*_fitted(y, margins), y.size, level, reasons)


def _why_none(n: int) -> str:
    if not n:
        return "no_ratings"
    return "too_few" if n < LEAST else "no_variation"


def _fitted(y: FloatArray, margins: Margins) -> tuple[float, float]:
    """Return value and standard error after 60 EM steps for the variances."""
    parts, targets, absent = _parts(margins)
    design = np.hstack([np.ones((y.size, 1)), *parts])
    crossed, right = design.T @ design, design.T @ y
    ends = np.cumsum([1, *(part.shape[1] for part in parts)])
    places = [slice(a, b) for a, b in pairwise(ends.tolist())]
    spread = float(np.var(y, ddof=1))
    residual, effects = spread / 2, [spread / (2 * max(len(parts), 1))] * len(parts)
    for _ in range(STEPS):
        inverse = _inverse(crossed, places, residual, effects)
        found = inverse @ right
        floor = 1e-9 * spread
        rest = max(floor, float(y @ y - found @ right) / (y.size - 1))
        effects = [
            max(floor, float(found[at] @ found[at] + residual * np.trace(inverse[at, at])) / n)
            for at in places
            if (n := at.stop - at.start)
        ]
        residual = rest
    inverse = _inverse(crossed, places, residual, effects)
    found = inverse @ right
    weights = np.concatenate([[1.0], *targets])
    unseen = sum(share * effect for share, effect in zip(absent, effects, strict=True))
    variance = residual * float(weights @ inverse @ weights) + float(unseen)
    return float(weights @ found), variance**0.5


def _inverse(
    crossed: FloatArray, places: list[slice], residual: float, effects: list[float]
) -> FloatArray:
    ridge = np.zeros(len(crossed))
    for at, effect in zip(places, effects, strict=True):
        ridge[at] = residual / effect
    return np.linalg.inv(crossed + np.diag(ridge))


def _parts(margins: Margins) -> tuple[list[FloatArray], list[FloatArray], list[float]]:
    """Return dummies of the groups in the room, their shares, and squared shares of the others."""
    parts, targets, absent = [], [], []
    for column, codes in enumerate(margins.codes):
        present = np.flatnonzero(margins.counts(column) > 0)
        if not present.size:
            continue
        parts.append((codes[:, None] == present).astype(np.float64))
        targets.append(margins.told[column][present])
        absent.append(float((margins.told[column][list(margins.absent(column))] ** 2).sum()))
    return parts, targets, absent


def _estimate(
    value: float | None, se: float | None, n: int, level: float, reasons: list[str]
) -> Estimate:
    half = None if se is None else _quantile(n - 1, level) * se
    return Estimate(
        value=value,
        se=se,
        low=None if half is None or value is None else value - half,
        high=None if half is None or value is None else value + half,
        n=n,
        effective_n=float(n),
        status="undefined" if value is None else "limited" if reasons else "ok",
        reasons=tuple(reasons),
        conventions=Conventions(method="mrp", level=level, intervals=(("value", "mixed_model_t"),)),
    )


def _quantile(freedom: int, level: float) -> float:
    from scipy.special import stdtrit  # noqa: PLC0415 - a third of a second to import

    return float(stdtrit(max(freedom, 1), (1 + level) / 2))
