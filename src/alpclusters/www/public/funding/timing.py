"""Whether somebody can apply today."""

import datetime as dt
from collections.abc import Iterable

from alpclusters.platform.funding.domain.staleness import end_of_period
from alpclusters.www.public.funding.queries import Timing


def timing_of_days(opens: dt.date | None, closes: dt.date | None, today: dt.date) -> Timing:
    """Return what the days of a call say; both ends count, without days nobody knows."""
    if closes is not None and closes < today:
        return Timing.CLOSED
    if opens is not None and opens > today:
        return Timing.UPCOMING
    return Timing.UNKNOWN if opens is None and closes is None else Timing.OPEN


def timing_of_programme(
    timings: Iterable[Timing], ends_on: dt.date | None, period: str, today: dt.date
) -> Timing:
    """Return the best of its calls; without one, whether its period is over."""
    found = set(timings)
    for timing in (Timing.OPEN, Timing.UPCOMING):
        if timing in found:
            return timing
    return Timing.CLOSED if is_past(ends_on, period, today) else Timing.UNKNOWN


def is_past(ends_on: dt.date | None, period: str, today: dt.date) -> bool:
    """Say whether the time of a programme is over; unknown is not over."""
    end = ends_on or end_of_period(period)
    return end is not None and end < today
