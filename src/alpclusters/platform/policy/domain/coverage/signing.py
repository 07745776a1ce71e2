"""Errors that a policy maker lets pass, and measures that get no recommendation, with reasons."""

from datetime import date
from typing import Final

from django.db import transaction

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.history import sign
from alpclusters.platform.policy.domain.coverage.action_checks import (
    action_issues,
    measure_issues,
    people_issues,
    time_issues,
)
from alpclusters.platform.policy.domain.coverage.records import (
    Check,
    Coverage,
    Issue,
    Severity,
    read_facts,
)
from alpclusters.platform.policy.domain.coverage.text_checks import evidence_issues, text_issues
from alpclusters.platform.policy.models import ActionPlan

# --- All checks of a plan at once -----------------------------------------------------------------


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


# --- Errors that a policy maker lets pass, and measures that get no recommendation, with reasons


@transaction.atomic
def sign_off(plan: ActionPlan, *, reason: str, by: User | None, today: date) -> ActionPlan:
    """Let the errors of a plan as it stands pass; an error that comes later stops it again.

    Raises
    ------
    InputError
        No reason (``coverage.no_reason``).
    StateError
        The plan is published (``plan.published``).
    """
    if not reason.strip():
        code = "coverage.no_reason"
        raise InputError(code, where=Where(field="signed_off_reason"))
    current = _draft(plan)
    errors = coverage_of(current, today=today).of(Severity.ERROR)
    current.signed_off_keys = [issue.key for issue in errors]
    current.signed_off_reason = reason.strip()
    return _saved(current, by=by)


@transaction.atomic
def take_back_sign_off(plan: ActionPlan, *, by: User | None) -> ActionPlan:
    """Let the errors stop publication again."""
    current = _draft(plan)
    current.signed_off_keys, current.signed_off_reason = [], ""
    return _saved(current, by=by)


@transaction.atomic
def leave_out(plan: ActionPlan, measure_key: str, *, reason: str, by: User | None) -> ActionPlan:
    """Say why a measure of the first tier gets no recommendation; an empty reason takes it back."""
    current = _draft(plan)
    kept = {key: text for key, text in current.left_out.items() if key != measure_key}
    current.left_out = kept | ({measure_key: reason.strip()} if reason.strip() else {})
    return _saved(current, by=by)


def _draft(plan: ActionPlan) -> ActionPlan:
    rows = ActionPlan.objects.select_for_update(of=("self",)).select_related("project")
    current = rows.get(pk=plan.pk)
    if current.is_published:
        code = "plan.published"
        raise StateError(code, found=plan.slug)
    return current


def _saved(plan: ActionPlan, *, by: User | None) -> ActionPlan:
    sign(plan, by)
    plan.save()
    return plan
