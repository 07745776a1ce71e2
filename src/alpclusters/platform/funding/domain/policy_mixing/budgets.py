"""Budgets of a period and region as entries of a policy mix."""

from collections.abc import Iterable
from dataclasses import dataclass

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
    with_simulated : bool
        Whether invented figures count as well.
    """

    period: str = ""
    region: str = ""
    with_simulated: bool = False


def read_budgets(scope: Scope) -> list[Budget]:
    """Return the budgets of a scope (one query)."""
    rows = Budget.objects.select_related("programme")
    if scope.period:
        rows = rows.filter(period=scope.period)
    if scope.region:
        rows = rows.filter(region=scope.region)
    if not scope.with_simulated:
        rows = rows.exclude(status=Status.DEMONSTRATION)
    return list(rows)


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


def budget_periods(*, with_simulated: bool) -> list[str]:
    """Return the periods of which anything is entered, the newest first (one query)."""
    rows = Budget.objects.all()
    if not with_simulated:
        rows = rows.exclude(status=Status.DEMONSTRATION)
    return sorted(set(rows.order_by().values_list("period", flat=True).distinct()), reverse=True)
