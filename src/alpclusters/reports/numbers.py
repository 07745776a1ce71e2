"""Numbers as each language writes them: for pages, charts and documents alike.

Spaces: U+202F (narrow, no break) between French groups of three, before the per cent sign and
the euro sign; U+00A0 before currency codes and units. Minus is U+2212. Ranges take an en dash, and
the word "to" of the language when an end is negative.
"""

from decimal import Decimal
from typing import Final, Protocol

from alpclusters.platform.languages.numbers import (
    MINUS,
    Number,
    exact,
    format_number,
    format_percent,
    needed_decimals,
    style_of,
)

__all__ = [
    "EN_DASH",
    "MINUS",
    "NARROW",
    "NO_BREAK",
    "Measured",
    "format_change",
    "format_changes",
    "format_figure",
    "format_figures",
    "format_integer",
    "format_interval",
    "format_money",
    "format_n",
    "format_number",
    "format_percent",
    "format_share_interval",
    "format_with_unit",
    "needed_decimals",
]

NARROW: Final = "\u202f"
NO_BREAK: Final = "\u00a0"
EN_DASH: Final = "\u2013"

_SIGNS: Final = {"EUR": "€"}


class Measured(Protocol):
    """What figures lie on: the scale of a criterion, or the axis of a chart."""

    @property
    def is_share(self) -> bool:
        """Say whether they are shares."""


def format_integer(value: Number, language: str) -> str:
    """Write a whole number with the language's groups."""
    return format_number(value, language, 0)


def format_interval(
    low: Number, high: Number, language: str, decimals: int | None = None, *, worded: bool = False
) -> str:
    """Write an interval with equal decimals: 3,97–4,34, and −0,19 bis 0,06 around zero.

    ``worded`` takes the word in any case, so that all rows of a column look alike.
    """
    places = needed_decimals([low, high]) if decimals is None else decimals
    first = format_number(low, language, places)
    second = format_number(high, language, places)
    if worded or MINUS in first + second:
        return f"{first}{NO_BREAK}{style_of(language).range_word}{NO_BREAK}{second}"
    return f"{first}{EN_DASH}{second}"


def format_share_interval(low: Number, high: Number, language: str, decimals: int = 0) -> str:
    """Write an interval of shares with one per cent sign: 44–78 %."""
    text = format_interval(exact(low) * 100, exact(high) * 100, language, decimals)
    return f"{text}{style_of(language).percent_space}%"


def format_money(cents: int, currency: str, language: str, decimals: int | None = None) -> str:
    """Write an amount held in cents: 1.200 € (de, it, sl), €1,200 (en), 1 200 € (fr).

    Cents are printed only when there are any, unless ``decimals`` says so. Currencies other
    than the euro keep their code: 60.000 CHF, in English CHF 60,000.
    """
    places = decimals if decimals is not None else (2 if cents % 100 else 0)
    amount = Decimal(cents) / 100
    sign = _SIGNS.get(currency, currency)
    text = format_number(amount, language, places)
    if not style_of(language).money_first:
        return f"{text}{NO_BREAK if sign == currency else NARROW}{sign}"
    minus, digits = (MINUS, text[1:]) if text.startswith(MINUS) else ("", text)
    return f"{minus}{sign}{digits}" if sign != currency else f"{minus}{sign}{NO_BREAK}{digits}"


def format_with_unit(value: Number, unit: str, language: str, decimals: int | None = None) -> str:
    """Write a number with a unit, kept on one line: 12 km, n = 58 is `format_n`."""
    return f"{format_number(value, language, decimals)}{NO_BREAK}{unit}"


def format_n(n: int, language: str) -> str:
    """Write the number of people behind a value: n = 58, on one line."""
    return f"n{NO_BREAK}={NO_BREAK}{format_integer(n, language)}"


def format_figure(value: Number, on: Measured | None, language: str, decimals: int = 1) -> str:
    """Write a mean on the scale of a criterion: of yes and no the share of yes, as per cent."""
    if on is not None and on.is_share:
        return format_percent(value, language)
    return format_number(value, language, decimals)


def format_figures(
    low: Number, high: Number, on: Measured | None, language: str, decimals: int = 1
) -> str:
    """Write the interval of a mean on the scale of a criterion."""
    if on is not None and on.is_share:
        return format_share_interval(low, high, language)
    return format_interval(low, high, language, decimals)


def format_change(value: Number, on: Measured | None, language: str, decimals: int = 1) -> str:
    """Write a difference of two means with its sign: of two shares in percentage points."""
    if on is not None and on.is_share:
        return format_number(exact(value) * 100, language, 0, signed=True)
    return format_number(value, language, decimals, signed=True)


def format_changes(
    low: Number, high: Number, on: Measured | None, language: str, decimals: int = 1
) -> str:
    """Write the interval of a difference of two means: −19 to 6."""
    if on is not None and on.is_share:
        low, high, decimals = exact(low) * 100, exact(high) * 100, 0
    return format_interval(low, high, language, decimals, worded=True)
