"""How long something lasts when not all of it was seen to end (Kaplan and Meier 1958)."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.consensus.intervals import tail_of
from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.survival.arrays import (
    Durations,
    FloatArray,
    IntArray,
    finite,
    read_durations,
    read_only,
)
from alpclusters.analysis.survival.estimating import (
    EQUAL,
    build_timeline,
    count_at_risk,
    product_limit,
)
from alpclusters.analysis.survival.results import Curve, Step

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
