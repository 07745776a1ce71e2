"""What is known of an indicator, how it stands, and what is refused when it is saved."""

import datetime as dt
from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import isfinite
from typing import Final, Literal

from alpclusters.analysis.errors import AnalysisError, NotFiniteError, Where
from alpclusters.analysis.plans.facts import Colour
from alpclusters.analysis.plans.reasons import Reason

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
