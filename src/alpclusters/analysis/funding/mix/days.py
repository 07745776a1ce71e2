"""Windows of days: three years back, fiscal years."""

import datetime as dt
from typing import Final

LEAP: Final = (2, 29)


def years_before(day: dt.date, years: int) -> dt.date:
    """Return the same day some years earlier; 29 February becomes the 28th.

    Examples
    --------
    >>> years_before(dt.date(2024, 2, 29), 3)
    datetime.date(2021, 2, 28)
    """
    last = 28 if (day.month, day.day) == LEAP else day.day
    return dt.date(day.year - years, day.month, last)


def fiscal_year(day: dt.date, first_month: int) -> int:
    """Return the calendar year in which the fiscal year of a day began."""
    return day.year if day.month >= first_month else day.year - 1
