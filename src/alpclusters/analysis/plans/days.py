"""Days after a day, within the calendar: somebody may type the year 9999."""

import datetime as dt
from typing import Final

FIRST_DAY: Final = dt.date.min.toordinal()
LAST_DAY: Final = dt.date.max.toordinal()


def days_after(day: dt.date, days: int) -> dt.date:
    """Return a day so many days later, or the first or last one of the calendar."""
    return dt.date.fromordinal(min(LAST_DAY, max(FIRST_DAY, day.toordinal() + days)))
