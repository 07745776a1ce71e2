"""The quarters in which costs fall and money comes in."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

MONTHS: Final = 3


@dataclass(frozen=True, slots=True)
class Periods:
    """Quarters counted from 0.

    Attributes
    ----------
    start : date
        First day of quarter 0; the first day of a month.
    count : int
        How many quarters, 1 to 40.

    Examples
    --------
    >>> quarters = Periods(dt.date(2025, 3, 1), 4)
    >>> quarters.first_day(1), quarters.last_day(1)
    (datetime.date(2025, 6, 1), datetime.date(2025, 8, 31))
    >>> quarters.holding(dt.date(2025, 6, 30)), quarters.holding(dt.date(2024, 1, 1))
    (1, None)
    """

    start: dt.date
    count: int

    def first_day(self, period: int) -> dt.date:
        """Return the first day of a quarter; ``count`` gives the day after the last one."""
        months = self.start.year * 12 + self.start.month - 1 + MONTHS * period
        return dt.date(months // 12, months % 12 + 1, 1)

    def last_day(self, period: int) -> dt.date:
        """Return the last day of a quarter."""
        return self.first_day(period + 1) - dt.timedelta(days=1)

    def holding(self, day: dt.date) -> int | None:
        """Return the quarter that holds a day, None outside all of them."""
        months = (day.year - self.start.year) * 12 + day.month - self.start.month
        period = months // MONTHS
        return period if 0 <= period < self.count else None
