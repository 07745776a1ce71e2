"""Snapshots of a plan: taken, chained by their hashes, corrected by another one."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.analysis.plans import GENESIS, canonical_text, chain_digest
from alpclusters.platform.policy.domain.monitoring.content import snapshot_content
from alpclusters.platform.policy.domain.monitoring.giving import note_report
from alpclusters.platform.policy.domain.records.plans import today_of
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    MonitoringRound,
    PlanSnapshot,
    ProgressReport,
)

SHORTEST_REASON: Final = 20


@transaction.atomic
def take_snapshot(
    plan: ActionPlan,
    *,
    now: datetime,
    round_: MonitoringRound | None = None,
    corrects: PlanSnapshot | None = None,
    reason: str = "",
) -> PlanSnapshot:
    """Keep a plan with all its figures as it is now, chained to the snapshot before.

    Parameters
    ----------
    plan : ActionPlan
    now : datetime
    round_ : MonitoringRound, optional
        The round that closes with it.
    corrects, reason : PlanSnapshot and str
        A snapshot that was wrong, and why; see `correct_snapshot`.
    """
    # Two snapshots at once would both follow the same one: the plan is locked.
    rows = ActionPlan.objects.select_for_update(of=("self",)).select_related("project")
    plan = rows.get(pk=plan.pk)
    last = plan.snapshots.order_by("number").last()
    number, previous = (last.number + 1, last.digest) if last else (1, GENESIS)
    content = canonical_text(
        snapshot_content(
            plan,
            number=number,
            today=today_of(plan, now),
            round_=round_,
            missing=_missing(round_),
            corrects=corrects,
            reason=reason,
        )
    )
    snapshot = PlanSnapshot(
        plan=plan,
        number=number,
        round=round_,
        corrects=corrects,
        content=content,
        digest=chain_digest(previous, content),
        previous=previous,
        made_at=now,
        is_simulated=plan.is_simulated,
    )
    snapshot.save()
    note_report(snapshot)
    return snapshot


def correct_snapshot(wrong: PlanSnapshot, *, reason: str, now: datetime) -> PlanSnapshot:
    """Answer a wrong snapshot by a correcting one; the wrong one stays.

    Raises
    ------
    InputError
        The reason has fewer than 20 characters (``snapshot.reason_short``).
    StateError
        It was corrected already (``snapshot.corrected``): correct the later one.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        code = "snapshot.reason_short"
        raise InputError(code, where=Where(field="reason"), expected=str(SHORTEST_REASON))
    if wrong.corrections.exists():
        code = "snapshot.corrected"
        raise StateError(code, found=str(wrong.number))
    return take_snapshot(
        wrong.plan, now=now, round_=wrong.round, corrects=wrong, reason=reason.strip()
    )


def read_content(snapshot: PlanSnapshot) -> dict[str, Any]:
    """Return what a snapshot holds."""
    content: dict[str, Any] = json.loads(snapshot.content)
    return content


def _missing(round_: MonitoringRound | None) -> Sequence[str]:
    """List the codes of the actions that nobody reported on in a round."""
    if round_ is None:
        return ()
    reported = set(
        ProgressReport.objects.filter(round=round_).order_by().values_list("action", flat=True)
    )
    return [a.code for a in asked_in(round_) if a.pk not in reported]


def asked_in(round_: MonitoringRound) -> list[Action]:
    """List the actions that were not over when a round opened, in their order."""
    return [
        action
        for action in round_.plan.actions.order_by("order", "pk")
        if (over := action.done_on or action.stopped_on) is None or over >= round_.opens_on
    ]
