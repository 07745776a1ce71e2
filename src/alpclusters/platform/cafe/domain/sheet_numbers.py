"""Numbers of paper rating sheets: four digits and a character that shows a typing error."""

import secrets
from collections.abc import Sequence
from typing import Final

from django.db import transaction

from alpclusters.platform.cafe.domain.codes import ALPHABET
from alpclusters.platform.cafe.models import AlpCafe, PaperSheet

DIGITS: Final = 4
# Prime, so that every single wrong digit and every swap of two neighbours changes the character.
_BASE: Final = 19
_CHECKS: Final = "".join(char for char in ALPHABET if char.isalpha())[:_BASE]


def sheet_number(number: int) -> str:
    """Return a number as it is printed.

    Examples
    --------
    >>> sheet_number(42), is_sheet_number(sheet_number(42)), is_sheet_number("0024-" + "D")
    ('0042-W', True, False)
    """
    digits = f"{number:0{DIGITS}d}"
    return f"{digits}-{_check(digits)}"


def normalise_sheet_number(text: str) -> str:
    """Write a typed number as it is printed: ``42w`` and ``0042 W`` are ``0042-W``.

    Examples
    --------
    >>> normalise_sheet_number(" 42w ")
    '0042-W'
    """
    kept = "".join(char for char in text.upper() if char.isalnum())
    digits, check = kept[:-1], kept[-1:]
    return f"{digits.zfill(DIGITS)}-{check}" if digits else kept


def is_sheet_number(text: str) -> bool:
    """Say whether a number is one of ours, read and typed without an error."""
    digits, mark, check = text.partition("-")
    is_shaped = len(digits) >= DIGITS and digits.isascii() and digits.isdigit() and bool(mark)
    return is_shaped and check == _check(digits)


@transaction.atomic
def issue_sheets(cafe: AlpCafe, n: int) -> list[PaperSheet]:
    """Return ``n`` sheets nobody has filled in, new ones where there are too few.

    Numbers are drawn by chance, so that their order says nothing about who took which.
    """
    AlpCafe.everything.select_for_update(of=("self",)).get(pk=cafe.pk)
    unused = cafe.paper_sheets.filter(round=1, entered_at__isnull=True, participant=None)
    sheets = list(unused.order_by("number")[:n])
    known = set(PaperSheet.objects.filter(cafe=cafe).order_by().values_list("number", flat=True))
    fresh = [PaperSheet(cafe=cafe, number=text) for text in _fresh(known, n - len(sheets))]
    return [*sheets, *PaperSheet.objects.bulk_create(fresh)]


def _fresh(known: set[str], n: int) -> Sequence[str]:
    found: list[str] = []
    # Half of the numbers stay free, so that drawing does not take long.
    is_roomy = len(known) + n < 10**DIGITS // 2
    size = 10**DIGITS if is_roomy else 10 ** (DIGITS + 2)
    while len(found) < n:
        text = sheet_number(secrets.randbelow(size))
        if text not in known:
            known.add(text)
            found.append(text)
    return sorted(found)


def _check(digits: str) -> str:
    total = sum((place + 2) * int(digit) for place, digit in enumerate(reversed(digits)))
    return _CHECKS[total % _BASE]
