"""Numbers of registers in one form, with their check digits: VAT, ROR, ISNI, GLN.

A number that fails its check is a slip of the pen: it decides nothing about who is who.

Sources: ISO 7064 (mod 97-10, mod 11-2, mod 11,10), ISO 27729 (ISNI), GS1 General Specifications
(GLN); VAT numbers as the tax offices of AT, CH, DE, FR, IT, LI and SI compute them.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

_ROR_DIGITS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_ROR: Final = re.compile(rf"0[{_ROR_DIGITS}]{{6}}[0-9]{{2}}")
_VAT: Final = re.compile(r"[A-Z]{2}[0-9A-Z]{2,12}")
# What Swiss numbers carry behind them in four languages.
_SWISS_ENDS: Final = ("MWST", "TVA", "IVA", "TPV", "VAT")


def tidy_vat(text: str, country: str = "") -> str | None:
    """Return a VAT number with the prefix of its country, or None if it cannot be one.

    Parameters
    ----------
    text : str
        As somebody wrote it, with or without prefix, blanks, dots, hyphens.
    country : str, default ""
        Country of the body, for numbers without a prefix.

    Returns
    -------
    str or None
        Checked by its digits for AT, CH, DE, FR, IT and SI; by its shape for others.

    Examples
    --------
    >>> tidy_vat("DE 136695976"), tidy_vat("136695976", "DE"), tidy_vat("DE136695978")
    ('DE136695976', 'DE136695976', None)
    """
    plain = _plain(text)
    if country and not plain[:2].isalpha():
        plain = _prefix(country) + plain
    if plain.startswith("CHE"):
        plain = _without_end(plain)
    elif plain.startswith("ATU") or plain[:1] == "U":
        plain = "AT" + plain.removeprefix("AT")
    if not _VAT.fullmatch(plain):
        return None
    check = _VAT_CHECKS.get(plain[:2])
    return plain if check is None or check(plain[2:]) else None


def tidy_ror(text: str) -> str | None:
    """Return the nine characters of a ROR id, or None if they are none.

    Examples
    --------
    >>> tidy_ror("https://ror.org/02KKVPP62"), tidy_ror("02kkvpp63")
    ('02kkvpp62', None)
    """
    plain = text.strip().lower().rstrip("/").rsplit("/", 1)[-1]
    if not _ROR.fullmatch(plain):
        return None
    number = 0
    for char in plain[1:7]:
        number = number * len(_ROR_DIGITS) + _ROR_DIGITS.index(char)
    return plain if int(plain[7:]) == 98 - number * 100 % 97 else None


def tidy_isni(text: str) -> str | None:
    """Return the sixteen characters of an ISNI, or None if they are none.

    Examples
    --------
    >>> tidy_isni("0000 0001 2348 0690"), tidy_isni("0000000123480691")
    ('0000000123480690', None)
    """
    plain = _plain(text.strip().rstrip("/").rsplit("/", 1)[-1]).removeprefix("ISNI")
    if not re.fullmatch(r"[0-9]{15}[0-9X]", plain):
        return None
    total = 0
    for digit in plain[:15]:
        total = (total + int(digit)) * 2 % 11
    return plain if plain[15] == "0123456789X"[(12 - total) % 11] else None


def tidy_gln(text: str) -> str | None:
    """Return the thirteen digits of a Global Location Number, or None if they are none.

    Examples
    --------
    >>> tidy_gln("76 12345 00000 8"), tidy_gln("7612345000001")
    ('7612345000008', None)
    """
    plain = _plain(text)
    if not re.fullmatch(r"[0-9]{13}", plain):
        return None
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(plain))
    return plain if total % 10 == 0 else None


TIDY: Final[Mapping[str, Callable[[str], str | None]]] = {
    "ror": tidy_ror,
    "isni": tidy_isni,
    "gln": tidy_gln,
}


def _plain(text: str) -> str:
    return "".join(char for char in text.upper() if char.isascii() and char.isalnum())


def _prefix(country: str) -> str:
    # Greece has its own; the Swiss one has three letters.
    return {"GR": "EL", "CH": "CHE"}.get(country, country)


def _without_end(plain: str) -> str:
    for end in _SWISS_ENDS:
        plain = plain.removesuffix(end)
    return plain


def _luhn(digits: str) -> bool:
    doubled = (int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0  # noqa: PLR2004 - sum of digits


def _austrian(rest: str) -> bool:
    if not re.fullmatch(r"U[0-9]{8}", rest):
        return False
    doubled = (int(d) * (1 + place % 2) for place, d in enumerate(rest[1:8]))
    total = sum(n - 9 if n > 9 else n for n in doubled)  # noqa: PLR2004 - sum of digits
    return (10 - (total + 4) % 10) % 10 == int(rest[8])


def _german(rest: str) -> bool:
    if not re.fullmatch(r"[1-9][0-9]{8}", rest):
        return False
    product = 10
    for digit in rest[:8]:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return (11 - product) % 10 == int(rest[8])


def _french(rest: str) -> bool:
    """Check the SIREN; the two characters before it only where both are digits."""
    if not re.fullmatch(r"[0-9A-HJ-NP-Z]{2}[0-9]{9}", rest) or not _luhn(rest[2:]):
        return False
    key = rest[:2]
    return not key.isdigit() or int(key) == (12 + 3 * (int(rest[2:]) % 97)) % 97


def _italian(rest: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{11}", rest)) and _luhn(rest)


def _slovenian(rest: str) -> bool:
    if not re.fullmatch(r"[1-9][0-9]{7}", rest):
        return False
    total = sum(int(d) * weight for d, weight in zip(rest[:7], range(8, 1, -1), strict=True))
    check = 11 - total % 11
    return (0 if check == 10 else check) == int(rest[7])  # noqa: PLR2004 - stands for 0


def _swiss(rest: str) -> bool:
    if not re.fullmatch(r"E[0-9]{9}", rest):
        return False
    weights = (5, 4, 3, 2, 7, 6, 5, 4)
    total = sum(int(d) * weight for d, weight in zip(rest[1:9], weights, strict=True))
    return (11 - total % 11) % 11 == int(rest[9])


_VAT_CHECKS: Final[Mapping[str, Callable[[str], bool]]] = {
    "AT": _austrian,
    "CH": _swiss,
    "DE": _german,
    "FR": _french,
    "IT": _italian,
    "LI": lambda rest: bool(re.fullmatch(r"[0-9]{5}", rest)),
    "SI": _slovenian,
}
