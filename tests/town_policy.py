"""Everything that hangs on plans for tests of all pages; one function a subject."""

from collections.abc import Sequence
from typing import Any

from alpclusters.platform.policy.domain.recommendations import set_conflicts
from alpclusters.platform.policy.domain.statements import ground_recommendation, state_lesson
from alpclusters.platform.policy.models import ActionPlan, Recommendation
from tests.factories.evaluation import NOW
from tests.factories.evidence import make_lesson
from tests.permissions.monitoring import monitoring_things


def monitored_plan(plan: ActionPlan, n: int) -> dict[str, Any]:
    """Report on a plan: rounds, values, corrections, kept reports, solutions, n of each."""
    action = plan.actions.order_by("order", "pk").first()
    return monitoring_things(action, n)


def recommended(recommendations: Sequence[Recommendation], n: int) -> dict[str, Any]:
    """Let recommendations rest on n lessons besides, be in conflict, have versions."""
    for one in recommendations:
        stated = [state_lesson(one.project, make_lesson(), by=None, now=NOW) for _ in range(n)]
        findings = [*one.findings.all(), *stated]
        ground_recommendation(one, findings, by=None, now=NOW)
    first, *others = recommendations
    set_conflicts(first, others, by=None)
    first.theme = "Circular economy"
    first.version += 1
    first.save()
    return {"finding": findings[-1]}
