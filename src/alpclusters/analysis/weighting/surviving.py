"""Would it survive? How far a finding hangs on who came, without knowing who did not."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.errors import AnalysisError, NotFiniteError, Where
from alpclusters.analysis.weighting.margins import Breakdown, FloatArray, ShiftWord, finite

STRONG: Final = 3.0
MODERATE: Final = 1.5
MOST: Final = 50.0


def worst_case(values: ArrayLike, gamma: float) -> float | None:
    """Return the least mean that weights between 1/gamma and gamma can make (Aronow, Lee 2013).

    Parameters
    ----------
    values : array_like, shape (n_people,)
        Value less threshold, or the difference of two items, per person.
    gamma : float
        From 1 on; 1 is the plain mean.

    Returns
    -------
    float or None
        None of nobody.

    Raises
    ------
    AnalysisError
        A value that is no number, or a gamma below 1.

    Examples
    --------
    >>> worst_case([1] * 6 + [0] + [-1] * 3, 1), round(worst_case([1] * 6 + [0] + [-1] * 3, 2), 4)
    (0.3, -0.3158)
    """
    d = np.sort(_values(values))
    if not (np.isfinite(gamma) and gamma >= 1):
        code = "argument.out_of_range"
        raise AnalysisError(code, where=Where(argument="gamma"), expected="gamma >= 1")
    if not d.size:
        return None
    lowest = np.concatenate([[0.0], np.cumsum(d)])
    k = np.arange(d.size + 1)
    means = (gamma * lowest + (lowest[-1] - lowest) / gamma) / (gamma * k + (d.size - k) / gamma)
    return float(means.min())


def breakdown(values: ArrayLike, threshold: float) -> Breakdown:
    """Return the least unevenness of weights that brings the mean to a threshold.

    Parameters
    ----------
    values : array_like, shape (n_people,)
    threshold : float
        The finding is that the mean lies above it, or below.

    Returns
    -------
    Breakdown
        1 if the mean lies on the threshold.

    Raises
    ------
    AnalysisError
        A value or threshold that is no number, or no values.

    Notes
    -----
    Least weight for all that speaks for the finding, greatest for all that speaks against it:
    γ = √(P/N), P and N the sums of both sides. This is where `worst_case` reaches 0.

    Examples
    --------
    >>> found = breakdown([5, 4, 4, 3, 5, 4, 2, 1, 2, 3], 3)
    >>> round(found.gamma**2, 9), found.word
    (1.75, 'rests_on_who_came')
    """
    d = _values(values)
    if not np.isfinite(threshold):
        code = "array.not_finite"
        raise NotFiniteError(code, where=Where(argument="threshold"))
    if not d.size:
        code = "ratings.too_few"
        raise AnalysisError(code, where=Where(argument="values"), expected="1")
    d = d - threshold
    above, below = float(d[d > 0].sum()), float(-d[d < 0].sum())
    greater, less = max(above, below), min(above, below)
    if not greater:
        return Breakdown(1.0, "rests_on_who_came")
    gamma = (greater / less) ** 0.5 if less else np.inf
    return Breakdown(float(gamma) if gamma <= MOST else None, _word(float(gamma)))


def turning_share(mean_group: float, mean_rest: float, threshold: float) -> float | None:
    """Return the share of a group at which the mean of all reaches a threshold.

    Parameters
    ----------
    mean_group, mean_rest : float
        Means of the group and of everybody else.
    threshold : float

    Returns
    -------
    float or None
        None if no share between 0 and 1 does it.

    Raises
    ------
    AnalysisError
        A number that is none.

    Examples
    --------
    >>> round(turning_share(1.75, 4.1667, 3.5), 4), turning_share(4, 4.2, 3.5)
    (0.2759, None)
    """
    finite(np.array([mean_group, mean_rest, threshold], dtype=np.float64), "mean_group")
    if mean_group == mean_rest:
        return None
    share = (threshold - mean_rest) / (mean_group - mean_rest)
    return float(share) if 0 <= share <= 1 else None


def _values(values: ArrayLike) -> FloatArray:
    return finite(np.asarray(values, dtype=np.float64).ravel(), "values")


def _word(gamma: float) -> ShiftWord:
    if gamma > MOST:
        return "any"
    if gamma >= STRONG:
        return "strong"
    return "moderate" if gamma >= MODERATE else "rests_on_who_came"
