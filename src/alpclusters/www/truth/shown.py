"""Numbers as a page shows them, read back: 1.234, 12 %, 0,58."""

import re
from collections.abc import Iterator
from typing import Final

from alpclusters.platform.languages.codes import language_row
from alpclusters.reports.numbers import MINUS, NARROW

_NUMBER: Final = re.compile(rf"[-{MINUS}]?\d[\d.,{NARROW}]*")
_PER_CENT: Final = 100


def shows(text: str, value: float, language: str) -> bool:
    """Say whether a text shows a value, as it is or as per cent, rounded as it is written."""
    return any(
        abs(number - wanted) <= 10.0**-decimals / 2 + 1e-9
        for number, decimals in _numbers(text, language)
        for wanted in _meant(value, decimals)
    )


def _meant(value: float, decimals: int) -> Iterator[float]:
    """Return what may stand for a value: a whole number exactly, a share also as per cent."""
    if float(value).is_integer() and not decimals:
        yield value
        if value == 1:
            yield float(_PER_CENT)
        return
    if decimals:
        yield value
    yield value * _PER_CENT


def _numbers(text: str, language: str) -> Iterator[tuple[float, int]]:
    """Return the numbers of a text with how many decimals each has."""
    style = language_row(language).numbers
    for found in _NUMBER.findall(text):
        plain = found.rstrip(".," + NARROW).replace(style.group, "").replace(style.decimal, ".")
        plain = plain.replace(MINUS, "-")
        try:
            yield float(plain), len(plain.partition(".")[2])
        except ValueError:
            continue
