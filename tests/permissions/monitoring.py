"""The monitoring of a plan for the table of rights: a round with its link, values, kept reports."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from alpclusters.platform.policy.domain.monitoring.rounds import set_address, token_of
from alpclusters.platform.policy.domain.monitoring.snapshots import take_snapshot
from alpclusters.platform.policy.models import (
    Action,
    Indicator,
    IndicatorValue,
    Milestone,
    MonitoringRound,
    Override,
    ProgressReport,
    Solution,
)
from tests.factories.evaluation import NOW

DISTANT = date(2099, 12, 31)


def monitoring_things(action: Action, n: int = 1) -> dict[str, Any]:
    """Build a round of a plan, with as many reports, values and kept reports as asked for."""
    plan = action.plan
    for number in range(1, n):
        MonitoringRound.objects.create(
            plan=plan, number=number, opens_on=date(2026, 1, 1), closes_on=DISTANT, closed_at=NOW
        )
    round_ = MonitoringRound.objects.create(
        plan=plan, number=n, opens_on=date(2026, 1, 1), closes_on=DISTANT
    )
    link = set_address(round_, action, email="ana@example.si", language="sl")
    _report(action, round_, n)
    values = [_value(action, round_) for _ in range(n)]
    overrides = [_override(action) for _ in range(n)]
    solutions = [_solution(action) for _ in range(n)]
    for _ in range(n + 1):
        kept = take_snapshot(plan, round_=round_, now=NOW)
    return {
        "monitoring_round": round_,
        "report_link": SimpleNamespace(token=token_of(link)),
        "indicator_value": values[0],
        "override": overrides[0],
        "kept_report": SimpleNamespace(
            pk=kept.pk, slug=plan.slug, number=kept.number, before=kept.number - 1
        ),
        "solution": solutions[0],
    }


def _report(action: Action, round_: MonitoringRound, n: int) -> None:
    for _ in range(n):
        Milestone.objects.create(action=action, title="Jury", due=date(2027, 1, 1))
        ProgressReport.objects.create(
            action=action,
            round=round_,
            confirmed_on=date(2026, 9, 1),
            progress=0.25,
            text="The call is written.",
            reported_at=NOW,
        )


def _value(action: Action, round_: MonitoringRound) -> IndicatorValue:
    indicator = Indicator.objects.create(plan=action.plan, action=action, name="Calls")
    for status in ("confirmed", "reported"):
        value = IndicatorValue.objects.create(
            indicator=indicator,
            round=round_,
            value=Decimal(2),
            refers_to=date(2026, 9, 1),
            reported_at=NOW,
            status=status,
        )
    return value


def _override(action: Action) -> Override:
    return Override.objects.create(
        action=action,
        computed="red",
        shown="yellow",
        reason="The partner in Trento starts in April.",
        until_round=9,
        made_at=NOW,
        ended_at=NOW,
    )


def _solution(action: Action) -> Solution:
    return Solution.objects.create(
        project=action.plan.project, title={"en": "Joint call"}, pilot=action
    )
