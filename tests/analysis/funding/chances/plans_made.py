"""Small plans with chances: one body, some offers, money in whole euros."""

import datetime as dt
from itertools import count
from typing import Any

from alpclusters.analysis.funding.case import (
    Case,
    Line,
    Offer,
    Partner,
    Periods,
    Rate,
    Undertaking,
    WorkPackage,
)
from alpclusters.analysis.funding.chances import Weighed, weigh_chances
from alpclusters.analysis.funding.mix.preparing import prepare
from alpclusters.analysis.funding.mix.solving import solve
from alpclusters.platform.funding.domain.territory import territory

EURO = 100


def offer(key: str, *, bp: int = 5_000, **terms: Any) -> Offer:
    """Half of all costs, from an Austrian region, no State aid."""
    usual: dict[str, Any] = {
        "rates": (Rate(bp),),
        "eligibility": {"all": []},
        "articles": {"*": "none"},
        "closes": dt.date(2026, 3, 1),
        "grant_date": dt.date(2026, 9, 1),
    }
    given = {**usual, **terms}
    return Offer(key, "p", "regional", "regional", "AT", (0, 3), **given)


def case(*offers: Offer, costs: tuple[int, ...] = (10_000,), own: int | None = None, **parts: Any):
    """One public body with some costs in euro."""
    number = count()
    own_ct = None if own is None else own * EURO
    return Case(
        "A plan",
        Periods(dt.date(2027, 1, 1), 4),
        (Undertaking("U", "none"),),
        (Partner("A", "Body A", "U", "public", "AT32", 2021, "AT", own_ct=own_ct),),
        (WorkPackage("W", "All"),),
        tuple(
            Line(f"L{next(number)}", "A", "W", "staff", 0, cost * EURO, economic=False)
            for cost in costs
        ),
        offers,
        **parts,
    )


def weighed(given: Case) -> Weighed:
    """Weigh the best mix of a case."""
    best = solve(prepare(given, territory()))
    return weigh_chances(given, territory(), best.allocation)
