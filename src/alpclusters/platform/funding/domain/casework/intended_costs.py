"""Intended costs as costs of a case: who bears which part, and what stays behind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Final

from alpclusters.analysis.funding.case.periods import Periods
from alpclusters.platform.funding.domain.casework.costs import add_cost
from alpclusters.platform.funding.domain.casework.documents import Document, item_of
from alpclusters.platform.funding.domain.casework.partners import undertaking_of
from alpclusters.platform.funding.domain.intents import IntendedCost, Intent

WHOLE: Final = 100
EURO: Final = "EUR"


@dataclass(frozen=True, slots=True)
class YearCost:
    """What it costs in a year, with the quarters of the case in that year."""

    year: int
    category: str
    amount_ct: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CaseCosts:
    """The intended costs that a case can take, and those it cannot.

    Attributes
    ----------
    taken : tuple of YearCost
    foreign, outside : tuple of IntendedCost
        In another currency (a rate and its day are missing), and of years outside the case.
    """

    taken: tuple[YearCost, ...] = ()
    foreign: tuple[IntendedCost, ...] = field(default=())
    outside: tuple[IntendedCost, ...] = field(default=())

    @property
    def total_ct(self) -> int:
        """The sum of what can be taken."""
        return sum(one.amount_ct for one in self.taken)


def costs_of(intent: Intent, periods: Periods) -> CaseCosts:
    """Sort intended costs by what a case of some quarters can do with them."""
    taken: list[YearCost] = []
    foreign: list[IntendedCost] = []
    outside: list[IntendedCost] = []
    for cost in intent.costs:
        inside = [p for p in range(periods.count) if periods.first_day(p).year == cost.year]
        if cost.currency != EURO:
            foreign.append(cost)
        elif not inside:
            outside.append(cost)
        elif cost.amount_cents:
            taken.append(
                YearCost(cost.year, cost.category, cost.amount_cents, inside[0], inside[-1])
            )
    return CaseCosts(tuple(taken), tuple(foreign), tuple(outside))


def equal_shares(n: int) -> list[int]:
    """Part the whole among so many in whole per cent; the first ones take what is left over."""
    return [WHOLE // n + (place < WHOLE % n) for place in range(n)]


def parts_of(amount_ct: int, shares: Sequence[int]) -> list[int]:
    """Part an amount by shares in per cent, to the cent; nothing is lost."""
    ends = [amount_ct * sum_ // max(sum(shares), 1) for sum_ in accumulate(shares, initial=0)]
    return [end - start for start, end in pairwise(ends)]


def add_intended_costs(
    document: Document, costs: Sequence[YearCost], shares: Mapping[str, int]
) -> None:
    """Enter intended costs, each parted among the partners.

    A cost of a partner with an economic activity is entered as economic: the cautious reading,
    under which a grant may be State aid.

    Parameters
    ----------
    document : dict
        Changed in place; its first work package takes the costs.
    costs : sequence of YearCost
    shares : mapping of str to int
        Per cent by partner; partners with none bear nothing.
    """
    bearing = {key: share for key, share in shares.items() if share > 0}
    for cost in costs:
        parts = parts_of(cost.amount_ct, list(bearing.values()))
        for key, amount in zip(bearing, parts, strict=True):
            if amount:
                add_cost(document, _cost(document, key, cost, amount))


def _cost(document: Document, key: str, cost: YearCost, amount_ct: int) -> dict[str, object]:
    size = undertaking_of(document, item_of(document, "partners", key))["size"]
    return {
        "partner": key,
        "wp": document["work_packages"][0]["id"],
        "category": cost.category,
        "cost_ct": amount_ct,
        "start": cost.start,
        "end": cost.end,
        "economic": size != "none",
    }
