"""The statuses of a whole plan: what is late before an action makes it late."""

import datetime as dt
from collections import defaultdict, deque
from collections.abc import Hashable, Mapping, Sequence

from alpclusters.analysis.errors import AnalysisError, DuplicateError, Where
from alpclusters.analysis.plans.days import days_after
from alpclusters.analysis.plans.facts import (
    ActionFacts,
    ActionState,
    ActionStatus,
    DependencyFacts,
)
from alpclusters.analysis.plans.reasons import Reason
from alpclusters.analysis.plans.rules import DEFAULT_RULES, PlanRules
from alpclusters.analysis.plans.status import action_status


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
