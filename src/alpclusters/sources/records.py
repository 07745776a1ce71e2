"""Records after parsing: typed, frozen, with their provenance."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a record comes from.

    Attributes
    ----------
    source : str
        Stable name of the source, such as ``polis``.
    file : str
        Name of the file, without folders.
    sha256 : str
        Of the bytes read.
    n_bytes, n_rows : int
        Size of the file; rows after the header.
    """

    source: str
    file: str
    sha256: str
    n_bytes: int
    n_rows: int

    def as_record(self) -> dict[str, str | int]:
        """Return the provenance as a plain mapping for JSON."""
        return {
            "source": self.source,
            "file": self.file,
            "sha256": self.sha256,
            "bytes": self.n_bytes,
            "rows": self.n_rows,
        }


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader decided or left aside, told beside the result.

    ``code`` is stable and becomes a sentence in five languages; ``values`` are named in it.
    """

    code: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    def as_record(self) -> dict[str, str | int]:
        """Return the note as a plain mapping for JSON."""
        return {"code": self.code, **self.values}


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which licence data may be shown, in the words the source asks for.

    Attributes
    ----------
    key : str
        SPDX identifier, or empty if unknown.
    attribution : str
        The line to show, in the words of the source.
    address : str
        Where the data or their description lie.
    holder : str
        Whom to name where there is room for a few words only.
    """

    key: str
    attribution: str
    address: str
    holder: str = ""

    def as_record(self) -> dict[str, str]:
        """Return the licence as a plain mapping for JSON."""
        return {"licence": self.key, "attribution": self.attribution, "address": self.address}


def provenance_of(source: str, path: Path, data: bytes, *, n_rows: int) -> Provenance:
    """Describe a file that was just read."""
    digest = hashlib.sha256(data).hexdigest()
    return Provenance(source, path.name, digest, len(data), n_rows)
