"""How long ago somebody said that a profile is right."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

FRESH_WITHIN: Final = timedelta(days=365)
AGEING_WITHIN: Final = timedelta(days=730)


class Freshness(StrEnum):
    """Age of the last confirmation."""

    FRESH = "fresh"
    AGEING = "ageing"
    STALE = "stale"
    NEVER = "never"


def freshness(confirmed_on: date | None, *, today: date) -> Freshness:
    """Return how fresh a profile is; limits are inclusive.

    A stale profile, or one that was never confirmed, stays in the directory with a mark and is
    left out of counts called "active".

    Examples
    --------
    >>> freshness(date(2025, 1, 1), today=date(2026, 1, 1)).value
    'fresh'
    """
    if confirmed_on is None:
        return Freshness.NEVER
    age = today - confirmed_on
    if age <= FRESH_WITHIN:
        return Freshness.FRESH
    return Freshness.AGEING if age <= AGEING_WITHIN else Freshness.STALE


def is_active(confirmed_on: date | None, *, today: date) -> bool:
    """Say whether a profile is in counts called "active"."""
    return freshness(confirmed_on, today=today) in {Freshness.FRESH, Freshness.AGEING}
