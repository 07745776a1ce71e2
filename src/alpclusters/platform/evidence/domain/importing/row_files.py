"""The lists of an import: what was taken, what was rejected, which bodies could not be taken."""

import csv
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Final, Self

from alpclusters.analysis.errors import RecordError, SetupError
from alpclusters.platform.actors.domain.importing.phrases import reason, sentences
from alpclusters.platform.actors.domain.importing.row_files import guarded
from alpclusters.platform.evidence.domain.importing.outcomes import Fate

ACCEPTED: Final = "accepted.csv"
REJECTED: Final = "rejected.csv"
PARTNERS: Final = "partners.csv"
_MARK: Final = b"\xef\xbb\xbf"
_TAKEN: Final = (
    "external_id", "acronym", "programme", "period", "countries", "participants", "line",
    "outcome", "notes",
)  # fmt: skip
_REFUSED: Final = ("file", "line", "field", "reason", "row")


class ProjectFiles(AbstractContextManager["ProjectFiles"]):
    """The three lists of one import.

    Parameters
    ----------
    folder : Path
        Made if it is missing.
    language : str
        Of reasons and notes.
    sizes : mapping of str to int
        Bytes of each list that belong to stored projects; empty begins anew.

    Raises
    ------
    SetupError
        The folder cannot be written.
    """

    def __init__(self, folder: Path, *, language: str, sizes: Mapping[str, int]) -> None:
        self._language = language
        heads = {ACCEPTED: _TAKEN, REJECTED: _REFUSED, PARTNERS: _REFUSED}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._files = {
                name: _opened(folder / name, head, sizes.get(name)) for name, head in heads.items()
            }
        except OSError as error:
            code, values = "import.folder", {"path": str(folder), "found": error.strerror or ""}
            raise SetupError(code, values=values) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        for file in self._files.values():
            file.close()

    def take(self, fates: Iterable[Fate]) -> None:
        """Add projects that were taken."""
        rows = [
            (*fate.draft.cells, str(fate.line), fate.outcome.value, self._told(fate))
            for fate in fates
            if fate.draft is not None
        ]
        self._files[ACCEPTED].write(_as_csv(rows))

    def reject(self, name: str, errors: Iterable[RecordError]) -> None:
        """Add rows that cannot be taken."""
        rows = [self._refused(error) for error in errors]
        self._files[name].write(_as_csv(rows))

    def sizes(self) -> dict[str, int]:
        """Return the bytes written so far, which are then on the disk."""
        for file in self._files.values():
            file.flush()
            os.fsync(file.fileno())
        return {name: file.tell() for name, file in self._files.items()}

    def _told(self, fate: Fate) -> str:
        return " ".join(sentences(fate.notes, self._language)) if fate.notes else ""

    def _refused(self, error: RecordError) -> tuple[str, ...]:
        where = error.where
        file = " / ".join(filter(None, (where.file, where.sheet)))
        place = where.field or where.column or ""
        told = reason(error, self._language)
        return file, str(where.line or ""), place, told, " | ".join(filter(None, error.cells))


def _opened(path: Path, heads: Sequence[str], size: int | None) -> IO[bytes]:
    if size is not None and path.exists() and path.stat().st_size >= size:
        file = path.open("r+b")
        file.truncate(size)
        file.seek(size)
        return file
    new = path.open("wb")
    new.write(_MARK + _as_csv([heads]))
    return new


def _as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8", "surrogatepass")
