"""Numbers as each language writes them: for pages, charts and documents alike.

Spaces: U+202F (narrow, no break) between French groups of three, before the per cent sign and
the euro sign; U+00A0 before currency codes and units. Minus is U+2212. Ranges take an en dash, and
the word "to" of the language when an end is negative.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Protocol

from alpclusters.platform.languages.codes import language_row
from alpclusters.platform.languages.rows import Numbers

NARROW: Final = "\u202f"
NO_BREAK: Final = "\u00a0"
MINUS: Final = "\u2212"
EN_DASH: Final = "\u2013"
MAX_DECIMALS: Final = 2
_BINARY_NOISE_DIGITS: Final = 12


_SIGNS: Final = {"EUR": "€"}

type Number = int | float | Decimal


class Measured(Protocol):
    """What figures lie on: the scale of a criterion, or the axis of a chart."""

    @property
    def is_share(self) -> bool:
        """Say whether they are shares."""


def _style(language: str) -> Numbers:
    return language_row(language).numbers


def _exact(value: Number) -> Decimal:
    """Return the decimal a person meant: 0.15 is 0.15 and not its binary neighbour."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    return Decimal(repr(round(float(value), _BINARY_NOISE_DIGITS)))


def _rounded(value: Number, decimals: int) -> Decimal:
    return _exact(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def needed_decimals(values: Iterable[Number], most: int = MAX_DECIMALS) -> int:
    """Return how many decimals, at most ``most``, show all values of a column equally."""
    needed = 0
    for value in values:
        exponent = _rounded(value, most).normalize().as_tuple().exponent
        needed = max(needed, -exponent if isinstance(exponent, int) else 0)
    return needed


def format_number(
    value: Number, language: str, decimals: int | None = None, *, signed: bool = False
) -> str:
    """Write a number: 1.234,5 (de, it, sl), 1,234.5 (en), 1 234,5 (fr).

    Parameters
    ----------
    value : int, float or Decimal
        Must be finite; an undefined value is no number (show "unknown" instead).
    language : str
        A code of ours; others give English.
    decimals : int, default=None
        None prints as many as needed, at most two. Rounding is half away from zero.
    signed : bool, default=False
        Print "+" before positive numbers (changes, differences).
    """
    style = _style(language)
    places = needed_decimals([value]) if decimals is None else decimals
    rounded = _rounded(value, places)
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    text = _grouped(whole, style) + (style.decimal + fraction if fraction else "")
    return _sign(rounded, signed=signed) + text


def _grouped(whole: str, style: Numbers) -> str:
    head = len(whole) % 3
    groups = [whole[i : i + 3] for i in range(head, len(whole), 3)]
    return style.group.join(([whole[:head]] if head else []) + groups)


def _sign(rounded: Decimal, *, signed: bool) -> str:
    if rounded < 0:
        return MINUS
    return "+" if signed and rounded > 0 else ""


def format_integer(value: Number, language: str) -> str:
    """Write a whole number with the language's groups."""
    return format_number(value, language, 0)


def format_percent(share: Number, language: str, decimals: int = 0) -> str:
    """Write a share between 0 and 1 as per cent: 12 % (de, fr, sl), 12% (en, it)."""
    text = format_number(_exact(share) * 100, language, decimals)
    return f"{text}{_style(language).percent_space}%"


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
        return f"{first}{NO_BREAK}{_style(language).range_word}{NO_BREAK}{second}"
    return f"{first}{EN_DASH}{second}"


def format_share_interval(low: Number, high: Number, language: str, decimals: int = 0) -> str:
    """Write an interval of shares with one per cent sign: 44–78 %."""
    text = format_interval(_exact(low) * 100, _exact(high) * 100, language, decimals)
    return f"{text}{_style(language).percent_space}%"


def format_money(cents: int, currency: str, language: str, decimals: int | None = None) -> str:
    """Write an amount held in cents: 1.200 € (de, it, sl), €1,200 (en), 1 200 € (fr).

    Cents are printed only when there are any, unless ``decimals`` says so. Currencies other
    than the euro keep their code: 60.000 CHF, in English CHF 60,000.
    """
    places = decimals if decimals is not None else (2 if cents % 100 else 0)
    amount = Decimal(cents) / 100
    sign = _SIGNS.get(currency, currency)
    text = format_number(amount, language, places)
    if not _style(language).money_first:
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
