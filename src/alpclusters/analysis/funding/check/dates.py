"""Days and years as the law on de minimis counts them."""

import datetime as dt


def years_earlier(day: dt.date, years: int) -> dt.date:
    """Return the same day some years earlier; the 29 February becomes the 28th.

    Examples
    --------
    >>> years_earlier(dt.date(2024, 2, 29), 3)
    datetime.date(2021, 2, 28)
    """
    return _same_day(day, day.year - years)


def years_later(day: dt.date, years: int) -> dt.date:
    """Return the same day some years later; the 29 February becomes the 28th."""
    return _same_day(day, day.year + years)


def fiscal_year_start(day: dt.date, first_month: int, years_back: int = 0) -> dt.date:
    """Return the first day of the fiscal year of a day, or of one before it.

    Examples
    --------
    >>> fiscal_year_start(dt.date(2024, 2, 1), 4)
    datetime.date(2023, 4, 1)
    """
    year = day.year if day.month >= first_month else day.year - 1
    return dt.date(year - years_back, first_month, 1)


def _same_day(day: dt.date, year: int) -> dt.date:
    try:
        return day.replace(year=year)
    except ValueError:
        return dt.date(year, 2, 28)
