"""Texts of the evidence base in the reader's language, or in another one that says so."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from alpclusters.platform.languages.codes import LANGUAGE_CODES, nearest_language, told


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
    texts = {code: getattr(thing, f"{name}_{code}") or "" for code in LANGUAGE_CODES}
    return Said(*told(texts, nearest_language(get_language())))
