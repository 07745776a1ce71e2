"""All checks of a plan at once."""

from datetime import date
from typing import Final

from alpclusters.platform.policy.domain.coverage.action_checks import action_issues
from alpclusters.platform.policy.domain.coverage.evidence_checks import evidence_issues
from alpclusters.platform.policy.domain.coverage.measure_checks import measure_issues
from alpclusters.platform.policy.domain.coverage.people_checks import people_issues
from alpclusters.platform.policy.domain.coverage.reading import read_facts
from alpclusters.platform.policy.domain.coverage.records import Check, Coverage, Issue, Severity
from alpclusters.platform.policy.domain.coverage.text_checks import text_issues
from alpclusters.platform.policy.domain.coverage.time_checks import time_issues
from alpclusters.platform.policy.models import ActionPlan

_SEVERITIES: Final = list(Severity)
_CHECKS: Final = list(Check)


def coverage_of(plan: ActionPlan, *, today: date) -> Coverage:
    """Say what a plan lacks, what is weak in it and what is late.

    Parameters
    ----------
    plan : ActionPlan
    today : date
        The day for which lateness is computed.

    Returns
    -------
    Coverage
        Issues with errors first; the number of queries does not depend on the number of actions.
    """
    facts = read_facts(plan)
    found = [
        *action_issues(facts),
        *text_issues(facts),
        *evidence_issues(facts),
        *people_issues(facts),
        *measure_issues(facts),
        *time_issues(facts, today=today),
    ]
    return Coverage(
        issues=tuple(sorted(found, key=_place)),
        signed_keys=frozenset(plan.signed_off_keys),
        signed_reason=plan.signed_off_reason,
        left_out=dict(plan.left_out),
    )


def _place(issue: Issue) -> tuple[int, int]:
    """Errors first, then by check; within one check in the order of the plan."""
    return _SEVERITIES.index(issue.severity), _CHECKS.index(issue.check)
