"""Sectors by NACE Rev. 2: sections and divisions with names, groups and classes by code."""

import re
from functools import cache
from pathlib import Path
from typing import Final

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.seed_rows import filled, read_rows

SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds"
REVISION: Final = "NACE Rev. 2"
SECTIONS: Final = tuple("ABCDEFGHIJKLMNOPQRSTU")
# First and last division of each section; the numbers in between that are no division are gaps
# of the classification itself.
_SPANS: Final = {
    "A": (1, 3),
    "B": (5, 9),
    "C": (10, 33),
    "D": (35, 35),
    "E": (36, 39),
    "F": (41, 43),
    "G": (45, 47),
    "H": (49, 53),
    "I": (55, 56),
    "J": (58, 63),
    "K": (64, 66),
    "L": (68, 68),
    "M": (69, 75),
    "N": (77, 82),
    "O": (84, 84),
    "P": (85, 85),
    "Q": (86, 88),
    "R": (90, 93),
    "S": (94, 96),
    "T": (97, 98),
    "U": (99, 99),
}
DIVISIONS: Final = tuple(
    f"{number:02d}" for first, last in _SPANS.values() for number in range(first, last + 1)
)
_SECTION_OF: Final = {
    f"{number:02d}": section
    for section, (first, last) in _SPANS.items()
    for number in range(first, last + 1)
}
_SHAPE: Final = re.compile(r"([A-U])?\s*(\d\d)(?:\.?(\d)(\d)?)?")


def parse_sector(text: str) -> str | None:
    """Read a code as people write it; None if NACE Rev. 2 has no such code.

    Examples
    --------
    >>> parse_sector("C28.41"), parse_sector("2841"), parse_sector("c"), parse_sector("B28.41")
    ('28.41', '28.41', 'C', None)
    """
    written = text.strip().upper()
    if written in SECTIONS:
        return written
    found = _SHAPE.fullmatch(written)
    if not found:
        return None
    section, division, group, class_ = found.groups()
    code = f"{division}.{group}{class_ or ''}" if group else division
    fits = section in {None, _SECTION_OF.get(division)}
    return code if fits and is_sector(code) else None


def is_sector(code: str) -> bool:
    """Say whether NACE Rev. 2 has a code, written as ``28`` or ``28.41``."""
    return code in SECTIONS or code in _SECTION_OF or code in _lower_codes()


def section_of(code: str) -> str:
    """Return the section of a code.

    Raises
    ------
    ValueError
        The code belongs to no section.
    """
    if code in SECTIONS:
        return code
    try:
        return _SECTION_OF[code[:2]]
    except KeyError:
        message = f"{code!r} is no code of {REVISION}"
        raise ValueError(message) from None


def sector_name(code: str, language: str | None) -> str:
    """Return the name alone: of a section or division, or of the division of a group or class."""
    names = _names().get(code if code in SECTIONS else code[:2])
    return names[nearest_language(language)] if names else code


def sector_label(code: str, language: str | None) -> str:
    """Return code and name; a group or class stands before the name of its division.

    Examples
    --------
    >>> sector_label("28", "en"), sector_label("28.41", "en")
    ('28 Manufacture of machinery and equipment n.e.c.', '28.41 (28 Manufacture of machinery \
and equipment n.e.c.)')
    """
    name = sector_name(code, language)
    if name == code:
        return code
    if code in SECTIONS or code in _SECTION_OF:
        return f"{code} {name}"
    return f"{code} ({code[:2]} {name})"


def search_sectors(text: str, language: str | None, *, limit: int = 20) -> list[str]:
    """Return codes that fit a code or words of a name, in the reader's language or English."""
    code = parse_sector(text)
    if code:
        below = [one for one in (*DIVISIONS, *sorted(_lower_codes())) if _lies_in(one, code)]
        return [code, *below][:limit]
    words = text.casefold().split()
    if not words:
        return []
    return [one for one in DIVISIONS if _fits(one, words, language)][:limit]


def _lies_in(code: str, above: str) -> bool:
    if above in SECTIONS:
        return code in _SECTION_OF and _SECTION_OF[code] == above
    return code != above and code.startswith(above) and len(code) - len(above) <= len(".1")


def _fits(code: str, words: list[str], language: str | None) -> bool:
    section = section_of(code)
    texts = [sector_name(c, one) for c in (code, section) for one in (language, "en")]
    joined = " ".join(texts).casefold()
    return all(word in joined for word in words)


@cache
def _names() -> dict[str, dict[str, str]]:
    rows = read_rows(SEEDS / "nace.csv")
    return {row["code"]: filled(row, "name") for row in rows}


@cache
def _lower_codes() -> frozenset[str]:
    return frozenset(row["code"] for row in read_rows(SEEDS / "nace_codes.csv"))
