"""Texts of the evidence base in the reader's language, or in another one that says so."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, LANGUAGE_CODES, nearest_language


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
    own = nearest_language(get_language())
    order = dict.fromkeys((own, DEFAULT_LANGUAGE, *LANGUAGE_CODES))
    for code in order:
        text = getattr(thing, f"{name}_{code}") or ""
        if text:
            return Said(text, "" if code == own else code)
    return Said()
