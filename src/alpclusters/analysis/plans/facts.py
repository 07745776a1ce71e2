"""What is known of an action, how far it is, and what its status is."""

import datetime as dt
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Final, Literal

from alpclusters.analysis.errors import ScaleError, Where
from alpclusters.analysis.plans.rules import PlanRules, Reason

# --- What is known of an action, and what its status is -------------------------------------------


type ProgressSource = Literal["report", "milestones", "none"]


class Colour(StrEnum):
    """How something stands; ``blue`` is done, ``none`` is stopped or not yet due."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"
    BLUE = "blue"
    NONE = "none"


class ActionState(StrEnum):
    """Where an action is in its life."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    DONE_LATE = "done_late"
    STOPPED = "stopped"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """A milestone of an action.

    Attributes
    ----------
    due : date
    weight : float
        At least 0; its part of the progress.
    done_on : date or None
        None while it is open.
    critical : bool
        Turns red earlier.
    """

    due: dt.date
    weight: float = 1
    done_on: dt.date | None = None
    critical: bool = False


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """What is known of an action.

    Attributes
    ----------
    key : hashable
        Its name within the plan, such as its uuid as text.
    starts_on, ends_on : date or None
    progress : float or None
        As reported, 0 to 1; what is outside is clamped, what is no number counts as missing.
    milestones : tuple of MilestoneFacts
    confirmed_on : date or None
        Date of the latest report.
    done_on, stopped_on : date or None
        Set by a person. Where both are set, it was done.
    weight : float
        Its part of the plan, at least 0.
    critical : bool
        One critical red action makes the plan red.
    """

    key: Hashable
    starts_on: dt.date | None
    ends_on: dt.date | None
    progress: float | None = None
    milestones: tuple[MilestoneFacts, ...] = ()
    confirmed_on: dt.date | None = None
    done_on: dt.date | None = None
    stopped_on: dt.date | None = None
    weight: float = 1
    critical: bool = False


@dataclass(frozen=True, slots=True)
class DependencyFacts:
    """One action can only go on once another has ended (finish to start).

    Attributes
    ----------
    before, after : hashable
        Keys of the two actions.
    lag_days : int
        Days between them; negative if they may overlap.
    """

    before: Hashable
    after: Hashable
    lag_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionStatus:
    """How an action stands, and why.

    Attributes
    ----------
    key : hashable
        Of the action.
    state : ActionState
    colour : Colour
    last_known : Colour or None
        What a grey action would be if somebody had reported; None where it is not stale.
    progress : float or None
        Clamped, 0 to 1; 1 when done; None without dates or when stopped.
    progress_source : {'report', 'milestones', 'none'}
    forecast : date or None
        When it will be finished at this pace; when it was, if done.
    ready : date or None
        When the actions before it will be finished.
    delay_days : int or None
        Forecast after the planned end.
    severity : int or None
        0 green, 1 yellow, 2 red; None unless planned or running.
    reasons : tuple of Reason
        The rules in their order.
    convention : str
    """

    key: Hashable
    state: ActionState
    colour: Colour
    last_known: Colour | None = None
    progress: float | None = None
    progress_source: ProgressSource = "none"
    forecast: dt.date | None = None
    ready: dt.date | None = None
    delay_days: int | None = None
    severity: int | None = None
    reasons: tuple[Reason, ...] = ()
    convention: str


# --- How far an action is: what was reported, else what its milestones say ------------------------


# 0.8 - 0.6 is more than 0.2 in binary figures.
ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Progress:
    """A share of the way between 0 and 1, and where it comes from."""

    value: float
    source: ProgressSource
    reasons: tuple[Reason, ...] = ()


def read_progress(
    reported: object, milestones: Sequence[MilestoneFacts], rules: PlanRules
) -> Progress:
    """Take the report, else the weight of milestones reached, else nothing."""
    told, reached = clamped(reported), reached_share(milestones)
    if told is not None:
        return Progress(told, "report", _remarks(reported, told, reached, rules))
    if reached is not None:
        return Progress(reached, "milestones", (Reason("progress_from_milestones"),))
    return Progress(0.0, "none", (Reason("progress_missing"),))


def clamped(value: object) -> float | None:
    """Bring a figure into 0 to 1; None for what is no finite number."""
    if not isinstance(value, int | float) or not isfinite(value):
        return None
    return min(1.0, max(0.0, float(value)))


def reached_share(milestones: Sequence[MilestoneFacts]) -> float | None:
    """Return the weight of the milestones reached among all; None where nothing has weight."""
    if not milestones:
        return None
    if any(not (isfinite(one.weight) and one.weight >= 0) for one in milestones):
        raise ScaleError("plans.weight", where=Where(field="weight"), expected="0")
    total = sum(one.weight for one in milestones)
    reached = sum(one.weight for one in milestones if one.done_on is not None)
    return reached / total if total > 0 else None


def _remarks(
    reported: object, told: float, reached: float | None, rules: PlanRules
) -> tuple[Reason, ...]:
    found = [Reason("progress_clamped", {"progress": told})] if told != reported else []
    if reached is not None and abs(told - reached) > rules.progress_gap + ROUNDING:
        found.append(Reason("progress_differs", {"reported": told, "milestones": reached}))
    return tuple(found)
