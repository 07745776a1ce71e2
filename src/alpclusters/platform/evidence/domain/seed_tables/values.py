"""Values of the seed tables: days with their precision, money, lists."""

import calendar
from datetime import date
from decimal import Decimal
from typing import Any, Final

from alpclusters.platform.evidence.models import Initiative

_PRECISION: Final = {
    4: Initiative.Precision.YEAR,
    7: Initiative.Precision.MONTH,
    10: Initiative.Precision.DAY,
}


def first_day(text: str) -> tuple[date | None, str]:
    """Read a beginning: the first day of the month or year that is given, and how exact it is.

    Examples
    --------
    >>> first_day("2013-09")
    (datetime.date(2013, 9, 1), Precision.MONTH)
    """
    parts = _parts(text)
    if not parts:
        return None, Initiative.Precision.DAY
    year, month, day = [*parts, 1, 1][:3]
    return date(year, month, day), _PRECISION[len(text)]


def last_day(text: str) -> tuple[date | None, str]:
    """Read an end: the last day of the month or year that is given, and how exact it is.

    Examples
    --------
    >>> last_day("2014-11")
    (datetime.date(2014, 11, 30), Precision.MONTH)
    """
    parts = _parts(text)
    if not parts:
        return None, Initiative.Precision.DAY
    year, month = [*parts, 12][:2]
    day = next(iter(parts[2:]), calendar.monthrange(year, month)[1])
    return date(year, month, day), _PRECISION[len(text)]


def cents(text: str) -> int | None:
    """Read an amount in euros; empty is unknown."""
    return int(Decimal(text) * 100) if text else None


def number(text: str) -> Any:
    """Read a whole number; empty is unknown."""
    return int(text) if text else None


def _parts(text: str) -> list[int]:
    return [int(part) for part in text.split("-")] if text else []
