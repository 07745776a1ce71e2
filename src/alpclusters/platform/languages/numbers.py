"""Numbers and shares as each language writes them.

Spaces: U+202F (narrow, no break) between French groups of three and before the per cent sign.
Minus is U+2212. `reports.numbers` has the rest: intervals, amounts, units.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from alpclusters.platform.languages.codes import language_row
from alpclusters.platform.languages.rows import Numbers

MINUS: Final = "\u2212"
MAX_DECIMALS: Final = 2
_BINARY_NOISE_DIGITS: Final = 12

type Number = int | float | Decimal


def style_of(language: str) -> Numbers:
    """Return how a language writes numbers."""
    return language_row(language).numbers


def exact(value: Number) -> Decimal:
    """Return the decimal a person meant: 0.15 is 0.15 and not its binary neighbour."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    return Decimal(repr(round(float(value), _BINARY_NOISE_DIGITS)))


def _rounded(value: Number, decimals: int) -> Decimal:
    return exact(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


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
    style = style_of(language)
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


def format_percent(share: Number, language: str, decimals: int = 0) -> str:
    """Write a share between 0 and 1 as per cent: 12 % (de, fr, sl), 12% (en, it)."""
    text = format_number(exact(share) * 100, language, decimals)
    return f"{text}{style_of(language).percent_space}%"
