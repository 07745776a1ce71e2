"""The status of an indicator: its latest value against the path, and what is refused."""

import datetime as dt
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import isfinite
from typing import Final, Literal

from alpclusters.analysis.errors import AnalysisError, NotFiniteError, Where
from alpclusters.analysis.plans.facts import Colour
from alpclusters.analysis.plans.rules import DEFAULT_RULES, PlanRules, Reason, days_after

# --- What is known of an indicator, how it stands, and what is refused when it is saved -----------


type Direction = Literal["increase", "decrease", "hold_min", "hold_max"]
type Path = Literal["linear", "step"]
DIRECTIONS: Final = ("increase", "decrease", "hold_min", "hold_max")
PATHS: Final = ("linear", "step")


class IndicatorState(StrEnum):
    """What can be said of an indicator."""

    MEASURED = "measured"
    NOT_DUE = "not_due"
    OVERDUE = "overdue"
    NO_BASELINE = "no_baseline"
    NO_TARGET = "no_target"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """What is known of an indicator.

    Attributes
    ----------
    key : hashable
        Its name, such as its uuid as text.
    direction : {'increase', 'decrease', 'hold_min', 'hold_max'}
    path : {'linear', 'step'}
        How the value is expected to move between two targets.
    baseline, baseline_on : float or None, date or None
    targets : tuple of (date, float)
        Ascending by date; the last one is the target.
    value, value_on : float or None, date or None
        Latest confirmed value and the date it refers to.
    frequency_days : int
        Days between two values.
    """

    key: Hashable
    direction: Direction
    path: Path
    baseline: float | None
    baseline_on: dt.date | None
    targets: tuple[tuple[dt.date, float], ...]
    value: float | None = None
    value_on: dt.date | None = None
    frequency_days: int = 365

    @property
    def is_held(self) -> bool:
        """Whether the value should stay where it is, instead of moving."""
        return self.direction in DIRECTIONS[2:]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorStatus:
    """How an indicator stands, and why.

    Attributes
    ----------
    key : hashable
    colour : Colour
        ``grey`` where nothing can be said, ``none`` where nothing has to be said yet.
    state : IndicatorState
    expected : float or None
        Value that the path expects on the date of the value.
    progress, expected_progress : float or None
        Share of the way from baseline to target, 0 to 1; None for values to be held.
    gap : float or None
        Expected share less the share; for values to be held the relative shortfall.
    reasons : tuple of Reason
    convention : str
    """

    key: Hashable
    colour: Colour
    state: IndicatorState
    expected: float | None = None
    progress: float | None = None
    expected_progress: float | None = None
    gap: float | None = None
    reasons: tuple[Reason, ...] = ()
    convention: str


def check_indicator(facts: IndicatorFacts) -> None:
    """Refuse an indicator that contradicts itself; gaps of a draft are allowed.

    Parameters
    ----------
    facts : IndicatorFacts
        As somebody wants to save it.

    Returns
    -------
    None
        Where nothing is wrong.

    Raises
    ------
    NotFiniteError
        ``plans.not_finite``: NaN or infinity as baseline, target or value.
    AnalysisError
        ``plans.unknown_value``: no direction or path that exists;
        ``plans.targets_order``: dates not ascending, or not after the baseline;
        ``plans.target_is_baseline``: nothing has to change;
        ``plans.target_direction``: the target lies on the other side of the baseline.

    Examples
    --------
    >>> from datetime import date
    >>> check_indicator(IndicatorFacts("i", "increase", "linear", 0.0, date(2026, 1, 1),
    ...                                ((date(2028, 12, 31), 3.0),)))
    """
    figures = [facts.baseline, facts.value, *(value for _, value in facts.targets)]
    if any(one is not None and not isfinite(one) for one in figures):
        raise NotFiniteError("plans.not_finite", where=Where(argument="facts"))
    _check_word("direction", facts.direction, DIRECTIONS)
    _check_word("path", facts.path, PATHS)
    _check_dates(facts)
    if facts.targets and facts.baseline is not None and not facts.is_held:
        _check_way(facts.baseline, facts.targets[-1][1], facts.direction)


def _check_word(field: str, found: str, allowed: tuple[str, ...]) -> None:
    if found not in allowed:
        raise AnalysisError(
            "plans.unknown_value",
            where=Where(field=field),
            found=found,
            expected=", ".join(allowed),
        )


def _check_dates(facts: IndicatorFacts) -> None:
    start = [] if facts.baseline_on is None or facts.is_held else [facts.baseline_on]
    days = [*start, *(day for day, _ in facts.targets)]
    for one, following in pairwise(days):
        if following <= one:
            raise _refused("plans.targets_order", "targets", following.isoformat())


def _check_way(baseline: float, target: float, direction: Direction) -> None:
    if target == baseline:
        raise _refused("plans.target_is_baseline", "targets", f"{target:g}")
    if (target > baseline) != (direction == "increase"):
        raise _refused("plans.target_direction", "direction", direction)


def _refused(code: str, field: str, found: str) -> AnalysisError:
    return AnalysisError(code, where=Where(field=field), found=found)


# --- The status of an indicator: its latest value against the path, at the date of that value -----


ROUNDING: Final = 1e-9


def indicator_status(
    facts: IndicatorFacts, *, today: dt.date, rules: PlanRules = DEFAULT_RULES
) -> IndicatorStatus:
    """Compare the latest value with what the path expected on its date.

    Parameters
    ----------
    facts : IndicatorFacts
        Baseline, targets, latest confirmed value.
    today : date
        The day the status is for; it decides only whether a value is missing or stale.
    rules : PlanRules
        Limits of the colours.

    Returns
    -------
    IndicatorStatus
        State, colour, expectation, shares of the way, gap, reasons.

    Raises
    ------
    AnalysisError
        As `check_indicator`.

    Notes
    -----
    A stale value keeps its figures and names the colour it would have. Where a value should be
    held at 0 there is no relative shortfall: it is met or it is red.

    References
    ----------
    .. [1] docs/methods/plan-status.md, convention ap-1.

    Examples
    --------
    >>> from datetime import date
    >>> facts = IndicatorFacts("i", "increase", "linear", 0.0, date(2026, 1, 1),
    ...                        ((date(2028, 12, 31), 3.0),), 1.0, date(2027, 6, 30))
    >>> found = indicator_status(facts, today=date(2027, 7, 1))
    >>> print(found.colour, round(found.expected, 4), round(found.gap, 4))
    yellow 1.4932 0.1644
    """
    check_indicator(facts)
    missing = _missing(facts, today, rules)
    if missing is not None:
        return missing
    measured = _held(facts, rules) if facts.is_held else _moving(facts, rules)
    return _aged(facts, measured, today, rules)


def expected_value(facts: IndicatorFacts, day: dt.date) -> float | None:
    """Return the value that the path of an indicator expects on a day.

    Parameters
    ----------
    facts : IndicatorFacts
        Baseline, targets and the kind of path; a value is not needed.
    day : date
        Any day; before the baseline its value holds, after the last target that target.

    Returns
    -------
    float or None
        None without a baseline or without a target.

    Raises
    ------
    AnalysisError
        As `check_indicator`.

    Examples
    --------
    >>> from datetime import date
    >>> facts = IndicatorFacts("i", "increase", "linear", 0.0, date(2026, 1, 1),
    ...                        ((date(2028, 12, 31), 100.0),))
    >>> round(expected_value(facts, date(2027, 7, 2)), 4)
    49.9543
    """
    check_indicator(facts)
    if not facts.targets:
        return None
    if facts.is_held:
        return float(facts.targets[-1][1])
    if facts.baseline is None or facts.baseline_on is None:
        return None
    points = ((facts.baseline_on, float(facts.baseline)), *facts.targets)
    return _on_path(points, day, is_step=facts.path == "step")


def _on_path(points: Sequence[tuple[dt.date, float]], day: dt.date, *, is_step: bool) -> float:
    n_passed = sum(date <= day for date, _ in points)
    before = points[max(0, n_passed - 1)]
    if is_step or n_passed in {0, len(points)}:
        return float(before[1])
    return _between(day, before, points[n_passed])


def _between(day: dt.date, start: tuple[dt.date, float], end: tuple[dt.date, float]) -> float:
    share = (day - start[0]).days / (end[0] - start[0]).days
    return start[1] + share * (end[1] - start[1])


def _missing(facts: IndicatorFacts, today: dt.date, rules: PlanRules) -> IndicatorStatus | None:
    if not facts.targets:
        return _grey(facts, IndicatorState.NO_TARGET, rules)
    if not facts.is_held and (facts.baseline is None or facts.baseline_on is None):
        return _grey(facts, IndicatorState.NO_BASELINE, rules)
    if facts.value is not None and facts.value_on is not None:
        return None
    due = _first_due(facts, rules)
    if today > due:
        return _grey(facts, IndicatorState.OVERDUE, rules, Reason("overdue", {"due": due}))
    return IndicatorStatus(
        key=facts.key,
        colour=Colour.NONE,
        state=IndicatorState.NOT_DUE,
        reasons=(Reason("not_due", {"due": due}),),
        convention=rules.convention,
    )


def _first_due(facts: IndicatorFacts, rules: PlanRules) -> dt.date:
    """Return the day by which the first value has to be there."""
    first = facts.targets[0][0]
    if facts.baseline_on is None:
        return first
    return min(first, days_after(facts.baseline_on, _patience(facts, rules)))


def _patience(facts: IndicatorFacts, rules: PlanRules) -> int:
    return facts.frequency_days + rules.indicator_grace_days


def _grey(
    facts: IndicatorFacts, state: IndicatorState, rules: PlanRules, reason: Reason | None = None
) -> IndicatorStatus:
    return IndicatorStatus(
        key=facts.key,
        colour=Colour.GREY,
        state=state,
        reasons=(reason or Reason(state.value),),
        convention=rules.convention,
    )


def _moving(facts: IndicatorFacts, rules: PlanRules) -> IndicatorStatus:
    start, target = float(facts.baseline or 0.0), facts.targets[-1][1]
    value, day = float(facts.value or 0.0), facts.value_on or dt.date.min
    expected = expected_value(facts, day) or 0.0
    share, due = (min(1.0, max(0.0, (one - start) / (target - start))) for one in (value, expected))
    gap = due - share
    colour = _colour(gap, rules.indicator_green, rules.indicator_yellow)
    return IndicatorStatus(
        key=facts.key,
        colour=colour,
        state=IndicatorState.MEASURED,
        expected=expected,
        progress=share,
        expected_progress=due,
        gap=gap,
        reasons=(Reason(f"gap_{colour}", {"gap": gap, "progress": share, "expected": due}),),
        convention=rules.convention,
    )


def _held(facts: IndicatorFacts, rules: PlanRules) -> IndicatorStatus:
    target, value = facts.targets[-1][1], float(facts.value or 0.0)
    short = target - value if facts.direction == "hold_min" else value - target
    if target == 0 and short > 0:
        gap, colour, reason = None, Colour.RED, Reason("not_held", {"value": value, "target": 0.0})
    else:
        gap = max(0.0, short / abs(target)) if target else 0.0
        colour = _colour(gap, rules.hold_green, rules.hold_yellow)
        reason = Reason(f"held_{colour}", {"gap": gap, "value": value, "target": target})
    return IndicatorStatus(
        key=facts.key,
        colour=colour,
        state=IndicatorState.MEASURED,
        expected=target,
        gap=gap,
        reasons=(reason,),
        convention=rules.convention,
    )


def _colour(gap: float, green: float, yellow: float) -> Colour:
    if gap <= green + ROUNDING:
        return Colour.GREEN
    return Colour.YELLOW if gap <= yellow + ROUNDING else Colour.RED


def _aged(
    facts: IndicatorFacts, measured: IndicatorStatus, today: dt.date, rules: PlanRules
) -> IndicatorStatus:
    """Turn it grey if its value is too old."""
    days = (today - (facts.value_on or today)).days
    limit = _patience(facts, rules)
    if days <= limit:
        return measured
    reason = Reason("stale_value", {"days": days, "limit": limit, "colour": measured.colour.value})
    return IndicatorStatus(
        key=facts.key,
        colour=Colour.GREY,
        state=IndicatorState.STALE,
        expected=measured.expected,
        progress=measured.progress,
        expected_progress=measured.expected_progress,
        gap=measured.gap,
        reasons=(reason, *measured.reasons),
        convention=rules.convention,
    )
