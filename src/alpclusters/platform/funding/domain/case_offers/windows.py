"""Days in which costs count, and the quarters of a case that lie within them."""

import datetime as dt

from alpclusters.analysis.funding.case.periods import Periods

type Window = tuple[int, int]
type Days = tuple[dt.date, dt.date]


def window_of(starts: dt.date | None, ends: dt.date | None, periods: Periods) -> Window | None:
    """Return the first and the last quarter that lie wholly between two days.

    A quarter that lies only partly within them is left out: a cost of it might fall before the
    first day or after the last one, and a cost outside is not eligible.

    Parameters
    ----------
    starts, ends : date or None
        First and last day on which costs count; None is open.
    periods : Periods
        The quarters of the case.

    Returns
    -------
    tuple of int, or None
        None where no quarter lies within.

    Examples
    --------
    >>> quarters = Periods(dt.date(2026, 1, 1), 8)
    >>> window_of(dt.date(2026, 2, 1), dt.date(2027, 3, 31), quarters)
    (1, 4)
    >>> window_of(dt.date(2030, 1, 1), None, quarters)
    """
    inside = [
        period
        for period in range(periods.count)
        if (starts is None or starts <= periods.first_day(period))
        and (ends is None or periods.last_day(period) <= ends)
    ]
    return (inside[0], inside[-1]) if inside else None


def first_and_last(window: Window, periods: Periods) -> Days:
    """Return the first and the last day of the quarters of a window."""
    first, last = window
    return periods.first_day(first), periods.last_day(last)
