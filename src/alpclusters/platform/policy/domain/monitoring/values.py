"""Values of indicators: reported by bodies, confirmed or rejected by those who write the plan."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db import transaction

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.policy.domain.records.plans import today_of
from alpclusters.platform.policy.models import (
    ActionPlan,
    Indicator,
    IndicatorValue,
    MonitoringRound,
)

DECISIONS: Final = (IndicatorValue.Status.CONFIRMED, IndicatorValue.Status.REJECTED)


@dataclass(frozen=True, slots=True)
class SaidValue:
    """A value of an indicator with the day it speaks of."""

    indicator: Indicator
    value: Decimal
    refers_to: date
    source: str = ""
    note: str = ""


def report_value(
    said: SaidValue,
    *,
    round_: MonitoringRound | None = None,
    by: User | None,
    now: datetime,
) -> IndicatorValue:
    """Store a value; it counts once it is confirmed.

    Raises
    ------
    InputError
        The day it speaks of has not come (``report.in_future``).
    """
    if said.refers_to > today_of(said.indicator.plan, now):
        code = "report.in_future"
        raise InputError(code, where=Where(field="refers_to"), found=said.refers_to.isoformat())
    return IndicatorValue.objects.create(
        indicator=said.indicator,
        round=round_,
        value=said.value,
        refers_to=said.refers_to,
        source=said.source,
        note=said.note,
        reported_at=now,
        reported_by=by,
    )


@transaction.atomic
def decide_value(value: IndicatorValue, status: str, *, note: str = "") -> IndicatorValue:
    """Confirm or reject a value; a rejection keeps the value and says why.

    Raises
    ------
    StateError
        It was decided before (``value.decided``).
    InputError
        A rejection without a reason (``value.no_reason``), or no decision (``value.unknown``).
    """
    # Two people may decide at once: the first word counts.
    value = IndicatorValue.objects.select_for_update(of=("self",)).get(pk=value.pk)
    if status not in DECISIONS:
        code = "value.unknown"
        raise InputError(code, where=Where(field="status"), found=status)
    if value.status != IndicatorValue.Status.REPORTED:
        code = "value.decided"
        raise StateError(code, found=value.status)
    if status == IndicatorValue.Status.REJECTED and not note.strip():
        code = "value.no_reason"
        raise InputError(code, where=Where(field="note"))
    value.status = status
    value.note = note.strip() or value.note
    value.save(update_fields=["status", "note"])
    return value


def waiting_values(plan: ActionPlan) -> list[IndicatorValue]:
    """List the values of a plan that nobody confirmed or rejected, the oldest first."""
    rows = IndicatorValue.objects.filter(
        indicator__plan=plan, status=IndicatorValue.Status.REPORTED
    )
    return list(rows.select_related("indicator__action").order_by("reported_at", "pk"))


def n_waiting(plan: ActionPlan) -> int:
    """Count the values that wait for a decision."""
    return IndicatorValue.objects.filter(
        indicator__plan=plan, status=IndicatorValue.Status.REPORTED
    ).count()
