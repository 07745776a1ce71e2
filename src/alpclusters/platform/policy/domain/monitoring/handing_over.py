"""What is under way when a new version of a plan takes over: the open round and its links."""

import uuid
from collections.abc import Mapping

from alpclusters.platform.policy.domain.monitoring.rounds import open_round_of
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    MonitoringRound,
    ReportLink,
)


def hand_over(before: ActionPlan, plan: ActionPlan) -> None:
    """Let the open round of a version go on in the next one.

    The round keeps its number and its dates. A mail link that was sent leads to the action with
    the same uuid, also after the end of its round, as long as it works. Where the new version has
    no such action, nobody is asked any more: the link of an open round goes.
    """
    actions = {action.uuid: action for action in plan.actions.all()}
    round_ = open_round_of(before)
    if round_ is not None:
        MonitoringRound.objects.filter(pk=round_.pk).update(plan=plan)
    _lead_on(before, actions)


def _lead_on(before: ActionPlan, actions: Mapping[uuid.UUID, Action]) -> None:
    links = ReportLink.objects.filter(action__plan=before).select_related("action", "round")
    for link in list(links):
        found = actions.get(link.action.uuid)
        if found is not None:
            ReportLink.objects.filter(pk=link.pk).update(action=found)
        elif link.round.closed_at is None:
            link.delete()
