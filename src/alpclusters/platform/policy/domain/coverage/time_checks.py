"""Checks of time: what is late because something before it is late."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from alpclusters.platform.policy.domain.coverage.action_checks import action_issue
from alpclusters.platform.policy.domain.coverage.reading import Facts
from alpclusters.platform.policy.domain.coverage.records import Check, Issue
from alpclusters.platform.policy.domain.records.statuses import rules_of, standings_of

_WORSE: Final = {"yellow": 1, "red": 2}


def time_issues(facts: Facts, *, today: date) -> Iterator[Issue]:
    """List actions that would stand better if nothing had to end before them."""
    from alpclusters.analysis.plans import plan_statuses  # noqa: PLC0415 - NumPy, slow to load

    standings = standings_of(facts.plan, today=today)
    alone = plan_statuses(
        [standing.facts for standing in standings.values()],
        [],
        today=today,
        rules=rules_of(facts.plan),
    )
    for action in facts.actions:
        standing = standings[action.pk]
        colour = standing.status.colour
        if _WORSE.get(colour, 0) > _WORSE.get(alone[standing.facts.key].colour, 0):
            params = {"colour": str(colour)}
            yield action_issue(action, Check.DEPENDENCY_LATE, "time", params=params)
