"""How long something lasts when not all of it was seen to end (Kaplan and Meier 1958)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.consensus.intervals import tail_of
from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.errors import ScaleError, Where
from alpclusters.analysis.survival.results import (
    Curve,
    Durations,
    FloatArray,
    IntArray,
    Mean,
    Reading,
    Step,
    finite,
    read_durations,
    read_only,
)

# --- The product-limit sums that curves, tests and resamples share --------------------------------


# S <= .5 in exact arithmetic may be .5 + 1e-16 as a product of fractions.
EQUAL = 1e-12


@dataclass(frozen=True, slots=True)
class Timeline:
    """Times with events, ascending, and each row's place among them.

    Attributes
    ----------
    times : ndarray of float, shape (t,)
    event_at : ndarray of int, shape (n,)
        Place of the row's event; t for a censored row.
    last_at : ndarray of int, shape (n,)
        How many of the times the row is still at risk for: those up to its duration.
    first_at : ndarray of int, shape (n,)
        How many of the times had passed when it came under observation.
    """

    times: FloatArray
    event_at: IntArray
    last_at: IntArray
    first_at: IntArray

    @property
    def n_times(self) -> int:
        """Return how many times there are."""
        return len(self.times)


def build_timeline(rows: Durations) -> Timeline:
    """Find the times with events. Censored at the time of an event is still at risk."""
    times = np.unique(rows.duration[rows.event])
    last = np.searchsorted(times, rows.duration, side="right")
    first = np.searchsorted(times, rows.entry, side="right")
    at = np.where(rows.event, last - 1, len(times))
    return Timeline(times, at.astype(np.int64), last.astype(np.int64), first.astype(np.int64))


def count_at_risk(line: Timeline, weights: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the weight at risk just before each time and that of its events."""
    size = line.n_times + 1
    came = np.cumsum(_summed(line.first_at, weights, size))
    left = np.cumsum(_summed(line.last_at, weights, size))
    return (came - left)[:-1], _summed(line.event_at, weights, size)[:-1]


def product_limit(at_risk: FloatArray, ended: FloatArray) -> FloatArray:
    """Multiply what lasts: S *= 1 - d/n."""
    lost = np.divide(ended, at_risk, out=np.zeros_like(ended), where=at_risk > 0)
    survival: FloatArray = np.cumprod(1.0 - lost)
    return survival


def _summed(place: IntArray, weights: FloatArray, size: int) -> FloatArray:
    # Of nothing bincount makes whole numbers.
    return np.bincount(place, weights, minlength=size).astype(np.float64)


# --- How long something lasts when not all of it was seen to end (Kaplan and Meier 1958) ----------


FEWEST: Final = 5
FEWEST_SHARE: Final = 0.1
LEVEL: Final = 0.95


def kaplan_meier(
    duration: ArrayLike, event: ArrayLike, *, entry: ArrayLike | None = None, level: float = LEVEL
) -> Curve:
    """Estimate which share lasts, by time.

    Parameters
    ----------
    duration : array_like of shape (n,)
        Time from zero to the end or to when it was last known to last; not negative.
    event : array_like of shape (n,), 0 or 1
        1 where it ended, 0 where it was last seen lasting (censored).
    entry : array_like of shape (n,), optional
        When it came under observation (left truncation); 0 or less is from the beginning.
    level : float
        Of the two-sided intervals.

    Returns
    -------
    Curve
        Steps with Greenwood's standard error and the log-log interval, the median, the stretch
        that is drawn.

    Raises
    ------
    AnalysisError
        Other lengths, NaN, a negative duration, an entry at or after the end; names the argument.

    Notes
    -----
    At each time with d events and n at risk, S *= 1 - d/n. What is censored at the time of an
    event still counts as at risk. O(n log n).

    References
    ----------
    .. [1] E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete observations,
       Journal of the American Statistical Association 53 (1958), 457-481.

    Examples
    --------
    >>> curve = kaplan_meier([1, 2, 2, 3], [1, 1, 0, 0])
    >>> [(step.time, step.at_risk, step.survival) for step in curve.steps]
    [(1.0, 4, 0.75), (2.0, 3, 0.5)]
    >>> curve.median
    2.0
    """
    rows = read_durations(duration, event, entry)
    z = _normal_quantile(level)
    line = build_timeline(rows)
    at_risk, ended = count_at_risk(line, np.ones(len(rows.duration)))
    survival = product_limit(at_risk, ended)
    fewest = _fewest(rows)
    steps = _steps(line.times, at_risk, ended, survival, fewest=fewest, z=z)
    return _curve(rows, steps, fewest=fewest, level=level)


def count_under_observation(curve: Curve, times: FloatArray) -> IntArray:
    """Return how many are at risk just before each time; entries of a whole start are -inf."""
    came = np.searchsorted(curve.entries, times, side="left")
    gone = np.searchsorted(curve.exits, times, side="left")
    return np.asarray(came - gone, dtype=np.int64)


def numbers_at_risk(curve: Curve, times: Sequence[float]) -> tuple[int, ...]:
    """Count who is under observation at given times, for the row below the axis.

    Parameters
    ----------
    curve : Curve
        Of `kaplan_meier`.
    times : sequence of float
        In the unit of the durations.

    Returns
    -------
    tuple of int
        Just before each time, as in the steps; what is censored at that time is still counted.

    Raises
    ------
    NotFiniteError
        A time that is no number.

    Examples
    --------
    >>> numbers_at_risk(kaplan_meier([1, 2, 2, 3], [1, 1, 0, 0]), [0, 1, 2, 2.5, 4])
    (4, 4, 3, 1, 0)
    """
    return tuple(count_under_observation(curve, finite(times, "times")).tolist())


def _steps(
    times: FloatArray,
    at_risk: FloatArray,
    ended: FloatArray,
    survival: FloatArray,
    *,
    fewest: int,
    z: float,
) -> tuple[Step, ...]:
    lasting = survival > EQUAL
    terms = ended / np.where(lasting, at_risk * (at_risk - ended), 1.0)
    root = np.sqrt(np.cumsum(np.where(lasting, terms, 0.0)))
    inner = lasting & (survival < 1.0)
    logs = np.log(np.where(inner, survival, 0.5))
    spread = np.exp(z * root / np.abs(logs))
    low, high = np.exp(logs * spread), np.exp(logs / spread)
    return tuple(
        Step(
            time=float(times[k]),
            at_risk=round(at_risk[k]),
            n_events=round(ended[k]),
            survival=float(survival[k]) if lasting[k] else 0.0,
            se=float(survival[k] * root[k]) if lasting[k] else None,
            low=float(low[k]) if inner[k] else None,
            high=float(high[k]) if inner[k] else None,
            is_drawn=bool(at_risk[k] >= fewest),
        )
        for k in range(len(times))
    )


def _curve(rows: Durations, steps: tuple[Step, ...], *, fewest: int, level: float) -> Curve:
    exits, entries = np.sort(rows.duration), np.sort(rows.entry)
    median = _first_half([step.survival for step in steps], steps)
    drawn = _drawn_stretch(exits, entries, fewest)
    status, reasons = _status(rows, steps, median=median, is_drawn=drawn is not None)
    return Curve(
        steps=steps,
        n=len(exits),
        n_events=int(rows.event.sum()),
        n_late=int(np.isfinite(rows.entry).sum()),
        until=float(exits[-1]) if len(exits) else None,
        median=median,
        median_low=_first_half([_known(step.low, step) for step in steps], steps),
        median_high=_first_half([_known(step.high, step) for step in steps], steps),
        fewest=fewest,
        drawn_from=drawn[0] if drawn else None,
        drawn_until=drawn[1] if drawn else None,
        exits=read_only(exits),
        entries=read_only(entries),
        status=status,
        reasons=reasons,
        conventions=_conventions(level),
    )


def _known(end: float | None, step: Step) -> float:
    """An interval without ends says nothing: it neither reaches one half nor leaves it."""
    return 1.0 if end is None and step.survival > 0 else (end or 0.0)


def _first_half(shares: list[float], steps: tuple[Step, ...]) -> float | None:
    return next(
        (step.time for share, step in zip(shares, steps, strict=True) if share <= 1 / 2 + EQUAL),
        None,
    )


def _fewest(rows: Durations) -> int:
    """Five, or a tenth of the start if that is more; with late entries the start is the most."""
    most = len(rows.entry)
    if np.isfinite(rows.entry).any():
        came = np.searchsorted(np.sort(rows.entry), rows.duration, side="left")
        gone = np.searchsorted(np.sort(rows.duration), rows.duration, side="left")
        most = int((came - gone).max())
    return max(FEWEST, int(np.ceil(FEWEST_SHARE * most - EQUAL)))


def _drawn_stretch(
    exits: FloatArray, entries: FloatArray, fewest: int
) -> tuple[float, float] | None:
    """Return from where to where enough are at risk without a break."""
    times = np.unique(exits)
    here = np.searchsorted(entries, times, side="left") - np.searchsorted(exits, times, side="left")
    enough = here >= fewest
    if not enough.any():
        return None
    begin = int(np.argmax(enough))
    after = np.flatnonzero(~enough[begin:])
    end = begin + int(after[0]) - 1 if len(after) else len(times) - 1
    return (_begin_of(times, entries, begin, fewest), float(times[end]))


def _begin_of(times: FloatArray, entries: FloatArray, begin: int, fewest: int) -> float:
    """Before the first exit nobody has left: enough had come with the fewest-th entry."""
    if begin == 0:
        return float(max(entries[fewest - 1], 0.0))
    return float(times[begin])


def _status(
    rows: Durations, steps: tuple[Step, ...], *, median: float | None, is_drawn: bool
) -> tuple[Status, tuple[str, ...]]:
    if not len(rows.duration):
        return "undefined", ("no_spells",)
    limits = {"few_at_risk": not is_drawn, "emptied_early": _is_emptied_early(rows, steps)}
    notes = {"no_events": not steps, "more_than_half_remain": median is None}
    reasons = tuple(code for code, holds in {**limits, **notes}.items() if holds)
    return ("limited" if any(limits.values()) else "ok"), reasons


def _is_emptied_early(rows: Durations, steps: tuple[Step, ...]) -> bool:
    empty = next((step.time for step in steps if step.survival == 0.0), None)
    return empty is not None and bool((rows.duration > empty).any())


def _normal_quantile(level: float) -> float:
    from scipy.special import ndtri  # noqa: PLC0415 - a third of a second to import

    return float(ndtri(1 - tail_of(level)))


def _conventions(level: float) -> Conventions:
    return Conventions(
        method="kaplan_meier",
        level=level,
        intervals=(("survival", "log_log"), ("median", "log_log_inverted")),
        ties="censored_after_events",
        missing="right_censored",
        standard_deviation="greenwood",
        thresholds=(("fewest_at_risk", float(FEWEST)), ("fewest_share", FEWEST_SHARE)),
    )


# --- A curve at a time, and the mean up to a horizon ----------------------------------------------


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
