"""Snapshots of a plan: taken, chained by their hashes, corrected by another one, verified."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.errors import AnalysisError, InputError, StateError, Where
from alpclusters.analysis.plans import GENESIS, canonical_text, chain_digest
from alpclusters.platform.policy.domain.monitoring.content import snapshot_content
from alpclusters.platform.policy.domain.records.plans import today_of
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    MonitoringRound,
    PlanSnapshot,
    ProgressReport,
)

SHORTEST_REASON: Final = 20


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the chain of a plan holds.

    Attributes
    ----------
    plan : ActionPlan
    n : int
        Snapshots that were read.
    bad : PlanSnapshot or None
        The first bad link.
    fault : str
        ``number``, ``previous``, ``digest`` or ``content``; empty where the chain holds.
    """

    plan: ActionPlan
    n: int
    bad: PlanSnapshot | None = None
    fault: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether every link fits."""
        return self.bad is None


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


def verify_plan(plan: ActionPlan) -> Verdict:
    """Recompute the chain of a plan and name the first bad link."""
    previous, n = GENESIS, 0
    for n, snapshot in enumerate(plan.snapshots.order_by("number", "pk").iterator(), start=1):
        fault = _fault(snapshot, number=n, previous=previous)
        if fault:
            return Verdict(plan, n, snapshot, fault)
        previous = snapshot.digest
    return Verdict(plan, n)


def verify_plans(plans: Iterable[ActionPlan]) -> Iterator[Verdict]:
    """Verify the chains of some plans."""
    return (verify_plan(plan) for plan in plans)


def _fault(snapshot: PlanSnapshot, *, number: int, previous: str) -> str:
    if snapshot.number != number:
        return "number"
    if snapshot.previous != previous:
        return "previous"
    return _fault_inside(snapshot, previous)


def _fault_inside(snapshot: PlanSnapshot, previous: str) -> str:
    try:
        is_right = chain_digest(previous, snapshot.content) == snapshot.digest
    except AnalysisError:
        is_right = False
    if not is_right:
        return "digest"
    return "" if _fits(snapshot) else "content"


def _fits(snapshot: PlanSnapshot) -> bool:
    """Say whether the text is the canonical one, and speaks of this place in the chain."""
    try:
        content = read_content(snapshot)
        is_here = content["number"] == snapshot.number
        return is_here and bool(canonical_text(content) == snapshot.content)
    except (ValueError, KeyError, TypeError, AnalysisError):
        return False


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
