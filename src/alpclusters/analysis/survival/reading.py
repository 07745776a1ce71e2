"""A curve at a time, and the mean up to a horizon."""

from itertools import pairwise

import numpy as np

from alpclusters.analysis.errors import ScaleError, Where
from alpclusters.analysis.survival.arrays import finite
from alpclusters.analysis.survival.kaplan_meier import count_under_observation
from alpclusters.analysis.survival.results import Curve, Mean, Reading, Step


def at(curve: Curve, t: float) -> Reading:
    """Read a curve at one time.

    Parameters
    ----------
    curve : Curve
        Of `kaplan_meier`.
    t : float
        Time in the unit of the durations, not negative.

    Returns
    -------
    Reading
        Share that lasts beyond ``t``. Beyond the longest duration it is None (reason
        ``beyond_follow_up``), unless it had fallen to 0 before.

    Raises
    ------
    NotFiniteError, ScaleError
        A time that is no number or negative.

    Examples
    --------
    >>> from alpclusters.analysis.survival import kaplan_meier
    >>> curve = kaplan_meier([1, 2, 2, 3], [1, 1, 0, 0])
    >>> at(curve, 1.5).survival, at(curve, 3.5).reasons
    (0.75, ('beyond_follow_up',))
    """
    time = _read_time(t, "t")
    here = int(count_under_observation(curve, np.array([time]))[0])
    reason = _why_unknown(curve, time)
    if reason:
        return Reading(time, None, None, None, None, here, curve.n, False, (reason,))  # noqa: FBT003 - a field
    step = _step_before(curve, time)
    is_drawn = here >= curve.fewest
    reasons = () if is_drawn else ("few_at_risk",)
    if step is None:
        return Reading(time, 1.0, 0.0, None, None, here, curve.n, is_drawn, reasons)
    shares = (step.survival, step.se, step.low, step.high)
    return Reading(time, *shares, here, curve.n, is_drawn, reasons)


def restricted_mean(curve: Curve, *, until: float | None = None) -> Mean:
    """Average how long something lasts up to a horizon.

    Parameters
    ----------
    curve : Curve
        Of `kaplan_meier`.
    until : float, optional
        The horizon in the unit of the durations; the longest duration if left out.

    Returns
    -------
    Mean
        Area under the curve up to ``until``, with a standard error of Greenwood's kind: the
        root of the sum of A(t)^2 d/(n(n-d)), where A(t) is the area from t to the horizon.

    Raises
    ------
    NotFiniteError, ScaleError
        A horizon that is no number or negative.

    Examples
    --------
    >>> from alpclusters.analysis.survival import kaplan_meier
    >>> restricted_mean(kaplan_meier([1, 2, 2, 3], [1, 1, 0, 0]), until=3).value
    2.25
    """
    horizon = curve.until if until is None else _read_time(until, "until")
    reason = _why_unknown(curve, horizon or 0.0)
    if horizon is None or reason:
        return Mean(None, None, horizon, (reason or "no_spells",))
    steps = [step for step in curve.steps if step.time < horizon]
    pieces = _areas(steps, horizon)
    return Mean(sum(pieces), _mean_error(steps, pieces[1:]), horizon, ())


def _areas(steps: list[Step], horizon: float) -> list[float]:
    """Areas before the first step, from each to the next, from the last to the horizon."""
    ends = [0.0, *(step.time for step in steps), horizon]
    heights = [1.0, *(step.survival for step in steps)]
    return [h * (b - a) for h, (a, b) in zip(heights, pairwise(ends), strict=True)]


def _mean_error(steps: list[Step], after: list[float]) -> float:
    rest = np.cumsum(after[::-1])[::-1]
    terms = [
        area**2 * step.n_events / (step.at_risk * (step.at_risk - step.n_events))
        for step, area in zip(steps, rest, strict=True)
        if step.at_risk > step.n_events
    ]
    return float(np.sqrt(sum(terms)))


def _read_time(value: float, argument: str) -> float:
    time = float(finite([value], argument)[0])
    if time < 0:
        raise ScaleError("argument.out_of_range", where=Where(argument=argument), expected=">= 0")
    return time


def _why_unknown(curve: Curve, time: float) -> str | None:
    if curve.until is None:
        return "no_spells"
    is_over = bool(curve.steps) and curve.steps[-1].survival == 0.0
    return "beyond_follow_up" if time > curve.until and not is_over else None


def _step_before(curve: Curve, time: float) -> Step | None:
    place = int(np.searchsorted([step.time for step in curve.steps], time, side="right"))
    return curve.steps[place - 1] if place else None
