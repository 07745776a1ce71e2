"""Checks of single actions: owner, days, money, yardsticks, milestones."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final

from alpclusters.platform.policy.domain.coverage.reading import Facts
from alpclusters.platform.policy.domain.coverage.records import Check, Issue, On
from alpclusters.platform.policy.models import Action, Indicator, Level

SIX_MONTHS: Final = 183
"""Days: a longer action needs a milestone."""


def action_issue(action: Action, check: Check, part: str, **rest: Any) -> Issue:
    """Say that something of an action is missing, and in which section it is mended."""
    return Issue(check, On.ACTION, action.pk, action.code, action.title.each(), part, **rest)


def action_issues(facts: Facts) -> Iterator[Issue]:
    """Go through the actions of a plan."""
    if not facts.actions:
        yield Issue(Check.NO_ACTIONS, On.PLAN, facts.plan.pk)
    for action in facts.actions:
        yield from _basics(action)
        yield from _money(action)
        yield from _yardsticks(action)


def _basics(action: Action) -> Iterator[Issue]:
    if not action.responsible.strip():
        yield action_issue(action, Check.NO_OWNER, "players")
    if action.starts_on is None or action.ends_on is None:
        yield action_issue(action, Check.NO_DATES, "time")
    elif (action.ends_on - action.starts_on).days > SIX_MONTHS and not action.milestones.all():
        yield action_issue(action, Check.NO_MILESTONE, "time")
    if action.level not in Level.values:
        yield action_issue(action, Check.NO_LEVEL, "action")
    if action.level == Level.EUROPEAN and action.accepted_on is None:
        yield action_issue(action, Check.EU_ONLY_OWNER, "players")


def _money(action: Action) -> Iterator[Issue]:
    """Compare costs with the sources of money, each currency by itself."""
    costs, sources = _sums(action.costs.all()), _sums(action.funding.all())
    if not costs:
        yield action_issue(action, Check.NO_BUDGET, "costs")
    for currency in sorted(costs):
        if sources.get(currency, 0) < costs[currency]:
            money = {"costs": costs[currency], "sources": sources.get(currency, 0)}
            params = {"what": currency, "currency": currency, **money}
            yield action_issue(action, Check.NO_FUNDING, "funding", params=params)


def _sums(rows: Iterable[Any]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        found[row.currency] += row.amount_cents
    return dict(found)


def _yardsticks(action: Action) -> Iterator[Issue]:
    indicators = list(action.indicators.all())
    if not indicators:
        yield action_issue(action, Check.NO_INDICATOR, "indicators")
    for place, indicator in enumerate(indicators, start=1):
        params = {"what": indicator.code or str(place), "name": indicator.name}
        for check in _lacks(indicator):
            yield action_issue(action, check, "indicators", params=params)


def _lacks(indicator: Indicator) -> Iterator[Check]:
    if indicator.baseline is None or indicator.baseline_on is None:
        yield Check.NO_BASELINE
    if not indicator.targets.all():
        yield Check.NO_TARGET
