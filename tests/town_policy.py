"""Everything that hangs on plans for tests of all pages; one function a subject."""

from typing import Any

from alpclusters.platform.policy.models import ActionPlan
from tests.permissions.monitoring import monitoring_things


def monitored_plan(plan: ActionPlan, n: int) -> dict[str, Any]:
    """Report on a plan: rounds, values, corrections, kept reports, solutions, n of each."""
    action = plan.actions.order_by("order", "pk").first()
    return monitoring_things(action, n)
