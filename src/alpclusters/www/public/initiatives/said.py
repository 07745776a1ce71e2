"""Texts of the evidence base in the reader's language, or in another one that says so."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Said:
    """A text and, where it is not in the reader's language, the code of its own."""

    text: str = ""
    lang: str = ""

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def said(thing: Any, name: str) -> Said:
    """Return a translated field: in the reader's language, else in English, else in any."""
    text = getattr(thing, name)
    return Said(str(text), "" if text.language == text.asked else text.language)
