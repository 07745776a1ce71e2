"""What the addresses of the views of a plan name."""

from types import SimpleNamespace
from typing import Any

from alpclusters.platform.policy.models import ActionPlan


def plan_view_things(plan: ActionPlan) -> dict[str, Any]:
    """Return one view, one action and one file of a plan."""
    action = plan.actions.order_by("order", "pk")[0]
    return {
        "plan_view": SimpleNamespace(pk=plan.pk, slug=plan.slug, kind="levels"),
        "plan_action": SimpleNamespace(pk=plan.pk, slug=plan.slug, code=action.code),
        "trail_station": SimpleNamespace(pk=action.pk, kind="action", station="finding"),
        "plan_data": SimpleNamespace(pk=plan.pk, slug=plan.slug, name="actions", kind="csv"),
    }
