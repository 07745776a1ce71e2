"""Values in the cells of a workbook of costs: amounts, quarters, rates; None for what is none."""

import re
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Final

from alpclusters.sources.organisation_values import day_of

MOST_CENTS: Final = 10**13
MONTHS: Final = 3
FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2099
_GAPS: Final = str.maketrans("", "", " \u00a0\u202f\u2009'’€")
_AMOUNT: Final = re.compile(r"(?P<whole>\d+|\d{1,3}(?:[.,]\d{3})+)(?:[.,](?P<part>\d{1,2}))?")
_RATE: Final = re.compile(r"\d{1,4}(?:[.,]\d{1,10})?")
# Q in German and English, T in French and Italian, Č in Slovenian.
_QUARTER: Final = re.compile(
    r"(?:[QTČC] ?(?P<q>[1-4])[ ./-]*(?P<y>\d{4})|(?P<y2>\d{4})[ ./-]*[QTČC] ?(?P<q2>[1-4]))",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"\d{4}")
_CENT: Final = Decimal("0.01")
# Figures that a binary number cannot hold exactly: 0.1 + 0.2 is 0.3 in a cell.
_NOISE: Final = 9


def cents_of(value: str | float) -> int | None:
    """Return an amount in cents; a computed one is rounded to the cent, half to even.

    Examples
    --------
    >>> cents_of(1234.5), cents_of("1.234,50"), cents_of("12'000"), cents_of(-1), cents_of("x")
    (123450, 123450, 1200000, None, None)
    >>> cents_of(33333.333333333336)
    3333333
    """
    if isinstance(value, str):
        return _written_cents(value)
    try:
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        cents = int((round(exact, _NOISE)).quantize(_CENT, ROUND_HALF_EVEN) * 100)
    except (InvalidOperation, ValueError, OverflowError):
        return None
    return cents if 0 <= cents <= MOST_CENTS else None


def _written_cents(text: str) -> int | None:
    found = _AMOUNT.fullmatch(text.translate(_GAPS).removesuffix("EUR").removesuffix("CHF"))
    if found is None:
        return None
    whole = int(re.sub(r"[.,]", "", found["whole"]))
    cents = whole * 100 + int((found["part"] or "").ljust(2, "0"))
    return cents if cents <= MOST_CENTS else None


def rate_of(value: str | float) -> str | None:
    """Return the euro that one franc is worth as decimal text, above 0 and below 1,000.

    Examples
    --------
    >>> rate_of("0,9412"), rate_of(1.05), rate_of("0"), rate_of("x")
    ('0.9412', '1.05', None, None)
    """
    text = repr(value) if isinstance(value, float) else str(value).strip()
    if not _RATE.fullmatch(text):
        return None
    rate = Decimal(text.replace(",", "."))
    return format(rate.normalize(), "f") if 0 < rate < 1_000 else None  # noqa: PLR2004 - a slip


def in_euro(amount_ct: int, rate: str) -> int:
    """Return cents of euro for cents of francs, rounded half to even.

    Examples
    --------
    >>> in_euro(100_000, "0.9412")
    94120
    """
    return int((Decimal(amount_ct) * Decimal(rate)).quantize(Decimal(1), ROUND_HALF_EVEN))


def quarter_of(value: str | float, *, is_end: bool = False) -> date | None:
    """Return a day in the quarter that a cell names: ``Q3 2026``, ``2026-Q3``, a day, a year.

    Parameters
    ----------
    value : str, int or float
    is_end : bool
        A year means its last quarter and not its first.

    Examples
    --------
    >>> quarter_of("Q3 2026"), quarter_of("2026-Q4"), quarter_of("15.02.2027")
    (datetime.date(2026, 7, 1), datetime.date(2026, 10, 1), datetime.date(2027, 2, 15))
    >>> quarter_of(2026, is_end=True), quarter_of("soon")
    (datetime.date(2026, 10, 1), None)
    """
    text = str(value).strip()
    if found := _QUARTER.fullmatch(text):
        year, quarter = int(found["y"] or found["y2"]), int(found["q"] or found["q2"])
        return _in_range(date(year, MONTHS * (quarter - 1) + 1, 1)) if year else None
    if _YEAR.fullmatch(text) and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return date(int(text), 10 if is_end else 1, 1)
    day = day_of(text)
    return _in_range(day) if day else None


def day_in(value: str | float) -> date | None:
    """Return the day a cell names, or None."""
    day = day_of(str(value).strip())
    return _in_range(day) if day else None


def _in_range(day: date) -> date | None:
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
