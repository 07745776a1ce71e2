"""Dates as the five languages write them, without Django and without the system's locale.

Slovenian months stand in the genitive (1. julija 2013), French and Italian give the first of
the month its ordinal (1er, 1°). Tables take the short form, file names ISO.
"""

from datetime import date, datetime
from typing import Final

from alpclusters.platform.languages.codes import nearest_language

NO_BREAK: Final = "\u00a0"
EN_DASH: Final = "\u2013"

_MONTHS: Final[dict[str, tuple[str, ...]]] = {
    "de": (
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
        "Oktober", "November", "Dezember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ),
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
        "octobre", "novembre", "décembre",
    ),
    "it": (
        "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
        "settembre", "ottobre", "novembre", "dicembre",
    ),
    "sl": (
        "januar", "februar", "marec", "april", "maj", "junij", "julij", "avgust", "september",
        "oktober", "november", "december",
    ),
}  # fmt: skip
_SLOVENIAN_GENITIVE: Final = (
    "januarja", "februarja", "marca", "aprila", "maja", "junija", "julija", "avgusta",
    "septembra", "oktobra", "novembra", "decembra",
)  # fmt: skip
_ENGLISH_SHORT: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


def month_name(month: int, language: str) -> str:
    """Return the name of a month (1 to 12) in the nominative."""
    return _MONTHS[nearest_language(language)][month - 1]


def format_date(day: date, language: str) -> str:
    """Write a date in running text: 1. Juli 2026, 1 July 2026, 1er juillet 2026, 1. julija 2026.

    The parts are held together by no-break spaces.
    """
    code = nearest_language(language)
    name = _SLOVENIAN_GENITIVE[day.month - 1] if code == "sl" else month_name(day.month, code)
    return NO_BREAK.join((_day_of_month(day.day, code), name, f"{day.year:04d}"))


def _day_of_month(day: int, code: str) -> str:
    if code in {"de", "sl"}:
        return f"{day}."
    first = {"fr": "1er", "it": "1°"}
    return first.get(code, str(day)) if day == 1 else str(day)


def format_date_short(day: date, language: str) -> str:
    """Write a date in a table: 01.07.2026, 1 Jul 2026, 01/07/2026, 1. 7. 2026."""
    code = nearest_language(language)
    if code == "de":
        return f"{day.day:02d}.{day.month:02d}.{day.year:04d}"
    if code == "en":
        return NO_BREAK.join((str(day.day), _ENGLISH_SHORT[day.month - 1], f"{day.year:04d}"))
    if code == "sl":
        return NO_BREAK.join((f"{day.day}.", f"{day.month}.", f"{day.year:04d}"))
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def format_month_year(day: date, language: str) -> str:
    """Write a month: Juli 2026, juillet 2026, julij 2026 (nominative: it stands alone)."""
    return f"{month_name(day.month, language)}{NO_BREAK}{day.year:04d}"


def format_date_range(first: date, last: date, language: str) -> str:
    """Write a period in full text form, both dates complete, with a spaced dash."""
    return f"{format_date(first, language)} {EN_DASH} {format_date(last, language)}"


def format_year_range(first: int, last: int, language: str) -> str:
    """Write a span of years: 2021–2027, and 2021-2027 in French and Italian."""
    dash = "-" if nearest_language(language) in {"fr", "it"} else EN_DASH
    return f"{first}{dash}{last}"


def format_time(moment: datetime, language: str) -> str:
    """Write a time of day: 14:30 Uhr, 14:30, 14 h 30, 14.30."""
    code = nearest_language(language)
    if code == "fr":
        return f"{moment.hour}{NO_BREAK}h{NO_BREAK}{moment.minute:02d}"
    if code == "sl":
        return f"{moment.hour}.{moment.minute:02d}"
    text = f"{moment.hour:02d}:{moment.minute:02d}"
    return f"{text}{NO_BREAK}Uhr" if code == "de" else text


def format_datetime(moment: datetime, language: str) -> str:
    """Write date and time of an instant already in the reader's time zone."""
    comma = "" if nearest_language(language) == "fr" else ","
    link = f" à{NO_BREAK}" if nearest_language(language) == "fr" else " "
    return f"{format_date(moment, language)}{comma}{link}{format_time(moment, language)}"
