"""Days after a day, within the calendar: somebody may type the year 9999."""

import datetime as dt
from typing import Final

FIRST_DAY: Final = dt.date.min.toordinal()
LAST_DAY: Final = dt.date.max.toordinal()


def years_after(day: dt.date, years: int) -> dt.date:
    """Return the same date so many years later; 29 February becomes the 28th.

    Examples
    --------
    >>> years_after(dt.date(2027, 12, 31), 1)
    datetime.date(2028, 12, 31)
    >>> years_after(dt.date(2028, 2, 29), 1)
    datetime.date(2029, 2, 28)
    """
    year = min(day.year + years, dt.MAXYEAR)
    try:
        return day.replace(year=year)
    except ValueError:
        return dt.date(year, 2, 28)


def days_after(day: dt.date, days: int) -> dt.date:
    """Return a day so many days later, or the first or last one of the calendar."""
    return dt.date.fromordinal(min(LAST_DAY, max(FIRST_DAY, day.toordinal() + days)))
