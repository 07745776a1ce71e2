"""A plan as a whole: counts and shares, and one colour for lists; colours are never averaged."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import isfinite
from typing import Final

from alpclusters.analysis.errors import ScaleError, Where
from alpclusters.analysis.plans.facts import ActionState, ActionStatus, Colour
from alpclusters.analysis.plans.reasons import Reason
from alpclusters.analysis.plans.rules import DEFAULT_RULES, PlanRules

ROUNDING: Final = 1e-9
ENDED: Final = frozenset({ActionState.DONE, ActionState.DONE_LATE, ActionState.STOPPED})


class PlanColour(StrEnum):
    """How a plan stands as a whole."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"
    COMPLETE = "complete"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class SummaryItem:
    """An action and how much it counts.

    Attributes
    ----------
    status : ActionStatus
    weight : float
        At least 0.
    critical : bool
        Red makes the whole plan red.
    """

    status: ActionStatus
    weight: float = 1
    critical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSummary:
    """A plan in figures.

    Attributes
    ----------
    counts_by_state, counts_by_colour : mapping of str to int
        Every state and colour, also those with 0.
    weight_by_colour : mapping of str to float
    n_asked, n_reported : int
        Planned and running actions, and those of them that are not grey.
    colour : PlanColour
        ``complete``: all done; ``ended``: nothing open, something was stopped.
    reasons : tuple of Reason
        What decided about the colour.
    convention : str
    """

    counts_by_state: Mapping[str, int] = field(hash=False)
    counts_by_colour: Mapping[str, int] = field(hash=False)
    weight_by_colour: Mapping[str, float] = field(hash=False)
    n_asked: int
    n_reported: int
    colour: PlanColour
    reasons: tuple[Reason, ...]
    convention: str

    @property
    def n(self) -> int:
        """Number of actions."""
        return sum(self.counts_by_state.values())

    @property
    def reported_share(self) -> float | None:
        """Share of the asked actions that have reported; None where nobody was asked."""
        return self.n_reported / self.n_asked if self.n_asked else None


def plan_summary(items: Sequence[SummaryItem], *, rules: PlanRules = DEFAULT_RULES) -> PlanSummary:
    """Count the actions of a plan and give it one colour.

    Parameters
    ----------
    items : sequence of SummaryItem
        The actions of the plan; of a parent plan all actions of its children.
    rules : PlanRules
        Shares of the weight that decide.

    Returns
    -------
    PlanSummary
        Counts, weights, share with a report, colour with its reason.

    Raises
    ------
    ScaleError
        ``plans.weight``: a negative weight.

    Notes
    -----
    Actions without dates are open and grey. If no open action has weight, all count 1. A plan
    without actions is grey. Linear.

    References
    ----------
    .. [1] docs/methods/plan-status.md, convention ap-1.

    Examples
    --------
    >>> from alpclusters.analysis.plans import ActionState, ActionStatus, Colour
    >>> def items(colour, n):
    ...     return [SummaryItem(ActionStatus(key=k, state=ActionState.RUNNING, colour=colour,
    ...                                      convention="ap-1")) for k in range(n)]
    >>> print(plan_summary(items(Colour.GREEN, 7) + items(Colour.YELLOW, 3)).colour)
    yellow
    """
    if any(not (isfinite(one.weight) and one.weight >= 0) for one in items):
        raise ScaleError("plans.weight", where=Where(field="weight"), expected="0")
    colour, reason = _plan_colour(items, rules)
    states = Counter(one.status.state.value for one in items)
    colours = Counter(one.status.colour.value for one in items)
    asked = [one.status.colour for one in items if is_asked(one.status)]
    return PlanSummary(
        counts_by_state={one.value: states[one.value] for one in ActionState},
        counts_by_colour={one.value: colours[one.value] for one in Colour},
        weight_by_colour=_weights(items),
        n_asked=len(asked),
        n_reported=sum(colour is not Colour.GREY for colour in asked),
        colour=colour,
        reasons=(reason,),
        convention=rules.convention,
    )


def _weights(items: Sequence[SummaryItem]) -> dict[str, float]:
    weights = dict.fromkeys((one.value for one in Colour), 0.0)
    for one in items:
        weights[one.status.colour.value] += one.weight
    return weights


def is_asked(status: ActionStatus) -> bool:
    """Say whether a report is due for an action: it is planned or running.

    Parameters
    ----------
    status : ActionStatus

    Returns
    -------
    bool

    Examples
    --------
    >>> from alpclusters.analysis.plans import ActionState, ActionStatus, Colour
    >>> status = ActionStatus(
    ...     key="a", state=ActionState.RUNNING, colour=Colour.GREEN, convention="ap-1"
    ... )
    >>> is_asked(status)
    True
    """
    return status.state in {ActionState.PLANNED, ActionState.RUNNING}


def _plan_colour(items: Sequence[SummaryItem], rules: PlanRules) -> tuple[PlanColour, Reason]:
    if not items:
        return PlanColour.GREY, Reason("no_actions")
    still = [one for one in items if one.status.state not in ENDED]
    if not still:
        stopped = sum(one.status.state is ActionState.STOPPED for one in items)
        ending = PlanColour.ENDED if stopped else PlanColour.COMPLETE
        return ending, Reason(f"all_{ending}", {"n": len(items), "stopped": stopped})
    return _open_colour(still, rules)


def _open_colour(still: Sequence[SummaryItem], rules: PlanRules) -> tuple[PlanColour, Reason]:
    weights = _weights(still)
    if not any(weights.values()):
        weights = _weights([SummaryItem(one.status) for one in still])
    grey = weights[Colour.GREY] / sum(weights.values())
    if grey > rules.grey_share + ROUNDING:
        return PlanColour.GREY, Reason("grey_share", {"share": grey})
    known = sum(weights.values()) - weights[Colour.GREY]
    red, yellow = weights[Colour.RED] / known, weights[Colour.YELLOW] / known
    if any(one.critical and one.status.colour is Colour.RED for one in still):
        return PlanColour.RED, Reason("critical_red")
    if red >= rules.red_share - ROUNDING:
        return PlanColour.RED, Reason("red_share", {"share": red})
    has_red = any(one.status.colour is Colour.RED for one in still)
    if has_red or yellow >= rules.yellow_share_of_plan - ROUNDING:
        return PlanColour.YELLOW, Reason("some_late", {"red": red, "yellow": yellow})
    return PlanColour.GREEN, Reason("few_late", {"yellow": yellow})
