"""Numbers, years and days as people write them in tables; None for what is none."""

import re
from datetime import date, timedelta
from typing import Final

MAX_COUNT: Final = 10_000_000
FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 2100
_SEPARATORS: Final = str.maketrans("", "", " \u00a0\u202f\u2009'’")
_THOUSANDS: Final = re.compile(r"[0-9]{1,3}([.,][0-9]{3})+")
_AMBIGUOUS: Final = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")
_DECIMAL: Final = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,20})?")
_YEAR: Final = re.compile(r"[0-9]{4}(\.0)?")
_ISO: Final = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})([T ].*)?")
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})[-/.] ?([0-9]{1,2})[-/.] ?([0-9]{4})")
_SERIAL: Final = re.compile(r"[0-9]{5}")
_EPOCH: Final = date(1899, 12, 30)
_SURE_DAY: Final = 12


def count_of(text: str) -> int | None:
    """Return a whole number from 0 on; points and commas between groups of three are separators.

    Examples
    --------
    >>> count_of("1.250"), count_of("12 500"), count_of("12.0"), count_of("12,5"), count_of("-1")
    (1250, 12500, 12, None, None)
    """
    bare = text.translate(_SEPARATORS)
    if _THOUSANDS.fullmatch(bare):
        bare = bare.replace(".", "").replace(",", "")
    elif bare.endswith((".0", ",0")):
        bare = bare[:-2]
    if not (bare.isascii() and bare.isdecimal()):
        return None
    number = int(bare[:12])
    return number if number <= MAX_COUNT else None


def decimal_of(text: str, *, comma_is_decimal: bool = True) -> float | None:
    """Return a number with a decimal point or comma; of both signs the last one is decimal.

    Parameters
    ----------
    text : str
    comma_is_decimal : bool
        How to read a comma that is followed by exactly three digits.

    Examples
    --------
    >>> decimal_of("46,5"), decimal_of("1.234,5"), decimal_of("1,234.5"), decimal_of("x")
    (46.5, 1234.5, 1234.5, None)
    >>> decimal_of("1,500"), decimal_of("1,500", comma_is_decimal=False)
    (1.5, 1500.0)
    """
    bare = text.translate(_SEPARATORS)
    if "," in bare:
        last = max(bare.rfind(","), bare.rfind("."))
        if _AMBIGUOUS.fullmatch(bare) and not comma_is_decimal:
            last = len(bare)
        whole = bare[:last].replace(",", "").replace(".", "")
        bare = f"{whole}.{bare[last + 1 :]}" if last < len(bare) else whole
    return float(bare) if _DECIMAL.fullmatch(bare) else None


def is_ambiguous_decimal(text: str) -> bool:
    """Tell whether a comma may divide thousands or decimals."""
    return bool(_AMBIGUOUS.fullmatch(text.translate(_SEPARATORS)))


def has_decimal_comma(text: str) -> bool:
    """Tell whether a number certainly has a decimal comma."""
    bare = text.translate(_SEPARATORS)
    return bare.rfind(",") > bare.rfind(".") and not _AMBIGUOUS.fullmatch(bare)


def year_of(text: str) -> int | None:
    """Return the year of a year or a date.

    Examples
    --------
    >>> year_of("1998"), year_of("31.12.1998"), year_of("1998-12-31 00:00:00"), year_of("98")
    (1998, 1998, 1998, None)
    """
    if _YEAR.fullmatch(text):
        year = int(text[:4])
    else:
        day = day_of(text)
        year = day.year if day else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def day_of(text: str, *, day_first: bool = True) -> date | None:
    """Return the day of a date: ISO, day first, month first if said so, or a serial number.

    Examples
    --------
    >>> day_of("2015/10/27"), day_of("27. 10. 2015"), day_of("42304")
    (datetime.date(2015, 10, 27), datetime.date(2015, 10, 27), datetime.date(2015, 10, 27))
    """
    if found := _ISO.fullmatch(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if day_first or first > _SURE_DAY:
            return _date(year, second, first)
        return _date(year, first, second)
    if _SERIAL.fullmatch(text):
        return _EPOCH + timedelta(days=int(text))
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
