"""A plan as a whole: what is late before an action makes it late, counts and one colour."""

import datetime as dt
from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import isfinite
from typing import Final

from alpclusters.analysis.errors import AnalysisError, DuplicateError, ScaleError, Where
from alpclusters.analysis.plans.facts import (
    ActionFacts,
    ActionState,
    ActionStatus,
    Colour,
    DependencyFacts,
)
from alpclusters.analysis.plans.rules import DEFAULT_RULES, PlanRules, Reason, days_after
from alpclusters.analysis.plans.status import action_status

# --- The statuses of a whole plan: what is late before an action makes it late --------------------


def plan_statuses(
    actions: Sequence[ActionFacts],
    dependencies: Sequence[DependencyFacts],
    *,
    today: dt.date,
    rules: PlanRules = DEFAULT_RULES,
) -> dict[Hashable, ActionStatus]:
    """Say how every action of a plan stands, delays handed on along the dependencies.

    Parameters
    ----------
    actions : sequence of ActionFacts
        Each key once.
    dependencies : sequence of DependencyFacts
        Between those actions, without a circle.
    today : date
        The day the statuses are for.
    rules : PlanRules
        Tolerances.

    Returns
    -------
    dict
        Status by key, in the order of ``actions``.

    Raises
    ------
    AnalysisError
        ``plans.cycle`` with the path, ``plans.unknown_action``, ``plans.ends_before_start``.
    DuplicateError
        ``plans.action_twice``.

    Notes
    -----
    Linear in actions, milestones and dependencies (Kahn's topological order). An action before it
    that was stopped or has no dates hands on nothing and is named in the reasons.

    References
    ----------
    .. [1] A. B. Kahn, Communications of the ACM 5 (1962), 558-562.

    Examples
    --------
    >>> from datetime import date
    >>> first = ActionFacts("a", date(2026, 1, 1), date(2026, 6, 30), progress=0.5,
    ...                     confirmed_on=date(2026, 7, 1))
    >>> then = ActionFacts("b", date(2026, 7, 1), date(2026, 12, 31))
    >>> found = plan_statuses([first, then], [DependencyFacts("a", "b")],
    ...                       today=date(2026, 7, 15))
    >>> print(found["b"].ready, found["b"].forecast, found["b"].delay_days, found["b"].colour)
    2026-10-13 2027-04-14 104 red
    """
    facts = _by_key(actions)
    before = _predecessors(facts, dependencies)
    found: dict[Hashable, ActionStatus] = {}
    for key in _in_order(facts, dependencies):
        ready, remarks = _ready(before[key], found) if key in before else (None, ())
        found[key] = action_status(
            facts[key], today=today, ready=ready, remarks=remarks, rules=rules
        )
    return {key: found[key] for key in facts}


def find_cycle(dependencies: Sequence[DependencyFacts]) -> tuple[Hashable, ...] | None:
    """Name a circle of dependencies, or say that there is none.

    Parameters
    ----------
    dependencies : sequence of DependencyFacts
        Those that are stored and the one that somebody wants to add.

    Returns
    -------
    tuple or None
        Keys along the arrows, the first one again at the end; None without a circle.

    Notes
    -----
    Linear; depth-first without recursion, so that long chains do no harm.

    Examples
    --------
    >>> find_cycle([DependencyFacts("a", "b"), DependencyFacts("b", "a")])
    ('a', 'b', 'a')
    >>> find_cycle([DependencyFacts("a", "b")]) is None
    True
    """
    following: dict[Hashable, list[Hashable]] = defaultdict(list)
    for one in dependencies:
        following[one.before].append(one.after)
    finished: set[Hashable] = set()
    for start in list(following):
        found = _walk(start, following, finished)
        if found is not None:
            return found
    return None


def _walk(
    start: Hashable, following: Mapping[Hashable, Sequence[Hashable]], finished: set[Hashable]
) -> tuple[Hashable, ...] | None:
    if start in finished:
        return None
    # A dict keeps the path in order and finds a key in it at once.
    path: dict[Hashable, None] = {start: None}
    waiting = [iter(following.get(start, ()))]
    while waiting:
        key = next(waiting[-1], None)
        if key is None:
            waiting.pop()
            finished.add(path.popitem()[0])
        elif key in path:
            keys = list(path)
            return (*keys[keys.index(key) :], key)
        elif key not in finished:
            path[key] = None
            waiting.append(iter(following.get(key, ())))
    return None


def _by_key(actions: Sequence[ActionFacts]) -> dict[Hashable, ActionFacts]:
    facts = {one.key: one for one in actions}
    if len(facts) == len(actions):
        return facts
    seen: set[Hashable] = set()
    twice = next(one.key for one in actions if one.key in seen or seen.add(one.key))  # type: ignore[func-returns-value]
    raise DuplicateError("plans.action_twice", where=Where(argument="actions"), found=str(twice))


def _predecessors(
    facts: Mapping[Hashable, ActionFacts], dependencies: Sequence[DependencyFacts]
) -> dict[Hashable, list[DependencyFacts]]:
    before: dict[Hashable, list[DependencyFacts]] = defaultdict(list)
    for one in dependencies:
        for key in (one.before, one.after):
            if key not in facts:
                raise AnalysisError(
                    "plans.unknown_action", where=Where(argument="dependencies"), found=str(key)
                )
        before[one.after].append(one)
    return dict(before)


def _in_order(
    facts: Mapping[Hashable, ActionFacts], dependencies: Sequence[DependencyFacts]
) -> list[Hashable]:
    waits_for = dict.fromkeys(facts, 0)
    following: dict[Hashable, list[Hashable]] = defaultdict(list)
    for one in dependencies:
        following[one.before].append(one.after)
        waits_for[one.after] += 1
    free = deque(key for key, n in waits_for.items() if n == 0)
    order: list[Hashable] = []
    while free:
        order.append(key := free.popleft())
        for after in following.get(key, ()):
            waits_for[after] -= 1
            if waits_for[after] == 0:
                free.append(after)
    if len(order) < len(facts):
        path = " -> ".join(map(str, find_cycle(dependencies) or ()))
        raise AnalysisError("plans.cycle", where=Where(argument="dependencies"), found=path)
    return order


def _ready(
    before: Sequence[DependencyFacts], found: Mapping[Hashable, ActionStatus]
) -> tuple[dt.date | None, tuple[Reason, ...]]:
    days, remarks = [], []
    for one in before:
        status = found[one.before]
        if status.forecast is not None:
            days.append(days_after(status.forecast, one.lag_days))
        elif status.state is ActionState.STOPPED:
            remarks.append(Reason("predecessor_stopped", {"action": str(one.before)}))
        else:
            remarks.append(Reason("predecessor_undated", {"action": str(one.before)}))
    return max(days, default=None), tuple(remarks)


# --- A plan as a whole: counts and shares, and one colour for lists; colours are never averaged


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
