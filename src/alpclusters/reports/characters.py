"""Make any text fit for a document: no controls, composed letters, no character without a glyph.

A character no font has stops a PDF/UA export (one emoji would break a protocol), so it is
replaced by "□" and counted; the writers then add a sentence about it.
"""

import unicodedata
from functools import cache
from typing import Final

from alpclusters.reports.typefaces import BODY, EMOJI, load_face

REPLACEMENT: Final = "□"
_EMOJI_PARTS: Final = frozenset("\u200d\ufe0f")  # joiner and variant: only after an emoji
_ALWAYS: Final = frozenset("\n\u00ad")
_NO_XML: Final = frozenset({"Cc", "Cs", "Co", "Cn"})
_KEPT_FORMATS: Final = frozenset("\u00ad\u200d")


def clean_text(text: str) -> str:
    """Compose letters (NFC) and drop controls, U+FEFF and whatever XML forbids; keep newlines."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    return "".join(c for c in composed if c == "\n" or _is_allowed(c))


def _is_allowed(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "Cf":
        return character in _KEPT_FORMATS
    return category not in _NO_XML


@cache
def printable_characters() -> frozenset[int]:
    """Return the code points that body text and emoji fonts can print together."""
    return frozenset(load_face(BODY).glyphs) | frozenset(load_face(EMOJI).glyphs)


def fit_fonts(text: str) -> tuple[str, int]:
    """Return the text with unprintable characters replaced, and how many those were."""
    known, body = printable_characters(), load_face(BODY).glyphs
    pieces: list[str] = []
    missing = 0
    for character in clean_text(text):
        if character in _EMOJI_PARTS:
            if pieces and ord(pieces[-1][0]) not in body:
                pieces.append(character)
        elif ord(character) in known or character in _ALWAYS:
            pieces.append(character)
        elif not unicodedata.combining(character):
            # An accent that composes with nothing is left out: the letter stays readable.
            pieces.append(REPLACEMENT)
            missing += 1
    return "".join(pieces).rstrip("\u200d"), missing
