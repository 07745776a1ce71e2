"""What somebody intends that may be paid by funding: the little of it that a case asks.

Funding knows no plans. Whoever has one says what it intends, and ties the case to it.
"""

from dataclasses import dataclass
from datetime import date

from alpclusters.platform.partnership.models import Project


@dataclass(frozen=True, slots=True)
class IntendedCost:
    """What is to be spent in a year on one category of costs."""

    year: int
    category: str
    amount_cents: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What is intended, by whom, where and when.

    Attributes
    ----------
    project : Project
        Its partners take part.
    level : str
        One of `territory.levels`: at which it works.
    starts_on, ends_on : date or None
    responsible : str
        Name of the responsible body; empty if none is named.
    costs : tuple of IntendedCost
    """

    project: Project
    level: str
    starts_on: date | None = None
    ends_on: date | None = None
    responsible: str = ""
    costs: tuple[IntendedCost, ...] = ()
