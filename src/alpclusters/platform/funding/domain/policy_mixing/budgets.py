"""Budgets of a period and region as entries of a policy mix."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from alpclusters.analysis.funding.policy_mix import Entry
from alpclusters.platform.funding.models import Budget, Status


@dataclass(frozen=True, slots=True)
class Scope:
    """What is asked for.

    Attributes
    ----------
    period : str
        Empty is every period.
    region : str
        Empty is every region.
    is_simulated : bool
        Whether invented figures count instead of real ones.
    """

    period: str = ""
    region: str = ""
    is_simulated: bool = False


def read_budgets(scope: Scope) -> list[Budget]:
    """Return the budgets of a scope (one query)."""
    rows = Budget.objects.select_related("programme")
    if scope.period:
        rows = rows.filter(period=scope.period)
    if scope.region:
        rows = rows.filter(region=scope.region)
    return list(_of_world(rows, is_simulated=scope.is_simulated))


def entries_of(budgets: Iterable[Budget]) -> list[Entry]:
    """Return budgets in cents as entries; an unknown amount stays unknown."""
    return [
        Entry(
            instrument=row.instrument,
            theme=row.theme,
            region=row.region,
            amount=None if row.amount_ct is None else float(row.amount_ct),
        )
        for row in budgets
    ]


def budget_periods(*, is_simulated: bool) -> list[str]:
    """Return the periods of which anything is entered, the newest first (one query)."""
    rows = _of_world(Budget.objects.all(), is_simulated=is_simulated)
    return sorted(set(rows.order_by().values_list("period", flat=True).distinct()), reverse=True)


def _of_world(rows: QuerySet[Budget], *, is_simulated: bool) -> QuerySet[Budget]:
    invented = {"status": Status.DEMONSTRATION}
    return rows.filter(**invented) if is_simulated else rows.exclude(**invented)
