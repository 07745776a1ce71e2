"""Dates as each language writes them, without Django and without the system's locale.

Slovenian months stand in the genitive (1. julija 2013), French and Italian give the first of
the month its ordinal (1er, 1°). Tables take the short form, file names ISO. The patterns are
those of ``languages.toml``.
"""

from datetime import date, datetime
from typing import Final

from alpclusters.platform.languages.codes import language_row
from alpclusters.platform.languages.rows import Language

NO_BREAK: Final = "\u00a0"
EN_DASH: Final = "\u2013"


def month_name(month: int, language: str) -> str:
    """Return the name of a month (1 to 12) in the nominative."""
    return language_row(language).months[month - 1]


def format_date(day: date, language: str) -> str:
    """Write a date in running text: 1. Juli 2026, 1 July 2026, 1er juillet 2026, 1. julija 2026.

    The parts are held together by no-break spaces.
    """
    row = language_row(language)
    return _written(row.dates.long, day, row)


def format_date_short(day: date, language: str) -> str:
    """Write a date in a table: 01.07.2026, 1 Jul 2026, 01/07/2026, 1. 7. 2026."""
    row = language_row(language)
    return _written(row.dates.short, day, row)


def _written(pattern: str, day: date, row: Language) -> str:
    index = day.month - 1
    own = (row.dates.first_day if day.day == 1 else "") or row.dates.day
    return pattern.format(
        d=day.day,
        dd=f"{day.day:02d}",
        day=own.format(d=day.day),
        m=day.month,
        mm=f"{day.month:02d}",
        month=row.months[index],
        of_month=(row.months_of or row.months)[index],
        short_month=(row.months_short or row.months)[index],
        y=f"{day.year:04d}",
    )


def format_month_year(day: date, language: str) -> str:
    """Write a month: Juli 2026, juillet 2026, julij 2026 (nominative: it stands alone)."""
    return f"{month_name(day.month, language)}{NO_BREAK}{day.year:04d}"


def format_date_range(first: date, last: date, language: str) -> str:
    """Write a period in full text form, both dates complete, with a spaced dash."""
    return f"{format_date(first, language)} {EN_DASH} {format_date(last, language)}"


def format_year_range(first: int, last: int, language: str) -> str:
    """Write a span of years: 2021–2027, and 2021-2027 in French and Italian."""
    return f"{first}{language_row(language).dates.year_dash}{last}"


def format_time(moment: datetime, language: str) -> str:
    """Write a time of day: 14:30 Uhr, 14:30, 14 h 30, 14.30."""
    return _clock(moment, language) + language_row(language).dates.clock_word


def format_time_range(begins: datetime, ends: datetime, language: str) -> str:
    """Write from when to when, the word behind a time once: 09:00–09:20 Uhr, 9 h 00 – 9 h 20."""
    dates = language_row(language).dates
    begin, end = _clock(begins, language), _clock(ends, language)
    return f"{begin}{dates.clock_dash}{end}{dates.clock_word}"


def _clock(moment: datetime, language: str) -> str:
    return language_row(language).dates.clock.format(
        h=moment.hour, hh=f"{moment.hour:02d}", minutes=f"{moment.minute:02d}"
    )


def format_datetime(moment: datetime, language: str) -> str:
    """Write date and time of an instant already in the reader's time zone."""
    return language_row(language).dates.with_clock.format(
        date=format_date(moment, language), clock=format_time(moment, language)
    )
