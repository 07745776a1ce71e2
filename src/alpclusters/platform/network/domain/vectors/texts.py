"""The texts that are compared: profiles, needs and offers, each in one language."""

import csv
import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import InputError, Where

# About 600 words; what lies behind says little new, and time grows with it.
MOST_LETTERS: Final = 4_000
REFERENCE: Final = Path(__file__).with_name("reference_needs.csv")


class Kind(StrEnum):
    """What a text is of; the middle of each kind in each language is another one."""

    NEED = "need"
    OFFER = "offer"
    PROFILE = "profile"
    # Needs of nobody, simulated: they tell how short texts lie while there are few real ones.
    REFERENCE = "reference"

    @property
    def is_asked(self) -> bool:
        """Say whether the model reads it as a question, not as something to be found."""
        return self in {Kind.NEED, Kind.REFERENCE}


type Key = tuple[str, str, str]


@dataclass(frozen=True)
class Text:
    """One text in one language; a profile in three languages is three of them.

    Attributes
    ----------
    id : str
        Whose text it is, such as ``organisation:12``; the same in all its languages.
    kind : Kind
    language : str
        Code of its language, such as ``sl``.
    text : str
        As people wrote it.
    """

    id: str
    kind: Kind
    language: str
    text: str

    @property
    def key(self) -> Key:
        """Its place in the order of all texts: by kind, language and id."""
        return str(self.kind), self.language, self.id

    @cached_property
    def cleaned(self) -> str:
        """The text as the encoder reads it; "" if it says nothing."""
        return clean_text(self.text)

    @cached_property
    def digest(self) -> str:
        """32 letters that change with what the encoder reads."""
        return hashlib.blake2b(self.cleaned.encode(), digest_size=16).hexdigest()


def clean_text(text: str) -> str:
    r"""Compose letters, turn control characters into blanks, cut; "" without a letter or digit.

    The model reads up to the first zero byte only, and half a surrogate pair cannot be written
    to it.

    Examples
    --------
    >>> clean_text("  Holz\x00bau \n"), clean_text(" - ")
    ('Holz bau', '')
    """
    plain = "".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text)
    cut = " ".join(unicodedata.normalize("NFC", plain).split())[:MOST_LETTERS]
    return cut if any(c.isalnum() for c in cut) else ""


def comparable(texts: Iterable[Text]) -> dict[Key, Text]:
    """Return the texts that say something, in their order; an empty one would also get a vector.

    Raises
    ------
    InputError
        Two texts of one id, kind and language.
    """
    found: dict[Key, Text] = {}
    for text in texts:
        if not text.cleaned:
            continue
        if text.key in found:
            where = Where(argument="texts")
            raise InputError("network.text_twice", where=where, found=" ".join(text.key))
        found[text.key] = text
    return dict(sorted(found.items()))


def load_reference() -> list[Text]:
    """Read the needs of nobody: twelve in each of five languages, written for this purpose."""
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Text(f"reference:{number}", Kind.REFERENCE, row["language"], row["text"])
        for number, row in enumerate(rows)
    ]
