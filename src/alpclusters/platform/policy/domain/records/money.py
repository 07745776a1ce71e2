"""The money of a plan: by year and currency, never summed over currencies."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from alpclusters.platform.policy.models import FundingLine


@dataclass(frozen=True, slots=True)
class MoneyYear:
    """What is planned in one year, in cents of one currency."""

    year: int
    currency: str
    planned_cents: int


@dataclass(frozen=True, slots=True)
class MoneySum:
    """Planned, applied for, granted and spent, in cents of one currency.

    Attributes
    ----------
    granted_cents : int
        Granted money with that already spent.
    spent_share : float or None
        Spent through planned; None where nothing is planned.
    """

    currency: str
    planned_cents: int
    applied_cents: int
    granted_cents: int
    spent_cents: int

    @property
    def spent_share(self) -> float | None:
        """Spent through planned."""
        return self.spent_cents / self.planned_cents if self.planned_cents else None


def money_years(costs: Iterable[tuple[int, str, int]]) -> tuple[MoneyYear, ...]:
    """Add costs (year, currency, cents) by year and currency."""
    sums: dict[tuple[int, str], int] = defaultdict(int)
    for year, currency, cents in costs:
        sums[year, currency] += cents
    return tuple(MoneyYear(*key, cents) for key, cents in sorted(sums.items()))


def money_sums(
    costs: Iterable[tuple[int, str, int]], funding: Iterable[tuple[str, str, int]]
) -> tuple[MoneySum, ...]:
    """Put costs beside funding (currency, status, cents), for each currency by itself."""
    planned: dict[str, int] = defaultdict(int)
    for _year, currency, cents in costs:
        planned[currency] += cents
    paid: dict[tuple[str, str], int] = defaultdict(int)
    for currency, status, cents in funding:
        paid[currency, status] += cents
    currencies = sorted({*planned, *(currency for currency, _ in paid)}, key=_euro_first)
    return tuple(_sum(currency, planned[currency], paid) for currency in currencies)


def _sum(currency: str, planned: int, paid: dict[tuple[str, str], int]) -> MoneySum:
    status = FundingLine.Status
    spent = paid[currency, status.SPENT]
    applied = paid[currency, status.APPLIED]
    return MoneySum(currency, planned, applied, paid[currency, status.GRANTED] + spent, spent)


def _euro_first(currency: str) -> tuple[bool, str]:
    return currency != "EUR", currency
