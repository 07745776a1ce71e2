"""The report of an import of projects: as an object, as report.json, and as it is read back."""

import csv
import io
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, Final, Self

from alpclusters.analysis.errors import RecordError, SetupError
from alpclusters.platform.actors.domain.importing.reports import RowFate, guarded, reason, sentences
from alpclusters.platform.evidence.domain.importing.drafts import Fate

# --- The lists of an import: what was taken, what was rejected, which bodies could not be taken


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


# --- The report of an import of projects: as an object, as report.json, and as it is read back


SHOWN: Final = 50
REPORT: Final = "report.json"


@dataclass(frozen=True, slots=True)
class ProjectReport:
    """What an import did, or would do.

    Attributes
    ----------
    read, created, updated, unchanged, rejected : int
        Rows of projects that the filter let through; the first is the sum of the others.
    filtered : int
        Rows that the filter left out; they are in none of the five.
    gone : int
        Records that the source no longer lists.
    participations : mapping of str to int
        Rows with bodies: rows = records + rejected + repeats, of the whole file.
    is_dry, is_complete : bool
        Whether nothing was stored; whether it came to the end of the file.
    notes, reasons : mapping of str to int
        Projects by code of note, and rows by reason of rejection.
    file_notes : tuple of str
        On the file as a whole, as sentences.
    vintage : dict
        Year whose NUTS codes the file was read in, with the number of codes and those that fit.
    first_rows, rejected_rows : tuple of RowFate
        The first ones, as people read them.
    folder : str
    """

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    filtered: int = 0
    gone: int = 0
    participations: Mapping[str, int] = field(default_factory=dict)
    is_dry: bool = False
    is_complete: bool = True
    notes: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)
    file_notes: tuple[str, ...] = ()
    vintage: Mapping[str, int] = field(default_factory=dict)
    first_rows: tuple[RowFate, ...] = ()
    rejected_rows: tuple[RowFate, ...] = ()
    folder: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """Return the numbers of the closing line."""
        names = ("read", "created", "updated", "unchanged", "rejected", "filtered", "gone")
        return {name: getattr(self, name) for name in names}


def told(fate: Fate, language: str) -> RowFate:
    """Return a row as people read it."""
    if fate.error is not None:
        where = fate.error.where
        place = where.field or where.column or ""
        text = reason(fate.error, language)
        return RowFate(fate.line, fate.outcome.value, field=place, text=text)
    name = fate.draft.name if fate.draft else ""
    return RowFate(fate.line, fate.outcome.value, name, text=" ".join(_said(fate, language)))


def _said(fate: Fate, language: str) -> Sequence[str]:
    return sentences(fate.notes, language)


def write_report(report: ProjectReport) -> None:
    """Write report.json, whole or not at all."""
    path = Path(report.folder, REPORT)
    new = path.with_suffix(".new")
    text = json.dumps(asdict(report), ensure_ascii=False, indent=1)
    new.write_text(text, encoding="utf-8", errors="surrogatepass")
    new.replace(path)


def read_report(folder: Path) -> ProjectReport | None:
    """Read a report back; None if there is none."""
    try:
        record: dict[str, Any] = json.loads((folder / REPORT).read_text(encoding="utf-8"))
        for name in ("first_rows", "rejected_rows"):
            record[name] = tuple(RowFate(**row) for row in record[name])
        notes = tuple(record["file_notes"])
        return ProjectReport(**{**record, "file_notes": notes, "folder": str(folder)})
    except (OSError, ValueError, TypeError, KeyError):
        return None
