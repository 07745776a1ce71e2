"""The report of an import: the same as an object, as report.json, and as it is read back."""

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import IO, Any, Final, Self

from django.utils.module_loading import import_string

from alpclusters.analysis.errors import RecordError, SetupError
from alpclusters.platform.actors.domain.importing.drafts import Draft
from alpclusters.sources.records import Note

# --- What became of the rows: counts that add up, notes by kind, and the fate of single rows ------


class Outcome(StrEnum):
    """What became of one row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(slots=True)
class Fate:
    """One row, or several that list one body, and what became of it.

    Attributes
    ----------
    outcome : Outcome
    draft : Draft or None
        None for a rejected row.
    error : RecordError or None
    notes : list of Note
    n_rows : int
    """

    outcome: Outcome
    draft: Draft | None = None
    error: RecordError | None = None
    notes: list[Note] = field(default_factory=list)
    n_rows: int = 1

    @property
    def line(self) -> int:
        """Where the row stands."""
        if self.draft is not None:
            return self.draft.line
        return (self.error.where.line if self.error else None) or 0


@dataclass(slots=True)
class Tally:
    """Counts of an import; ``read`` is always the sum of the other four."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    notes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def read(self) -> int:
        """All rows."""
        return self.created + self.updated + self.unchanged + self.rejected

    def add(self, fates: Iterable[Fate]) -> None:
        """Count some rows; further rows of a body that is listed above are unchanged."""
        for fate in fates:
            setattr(self, fate.outcome.value, getattr(self, fate.outcome.value) + 1)
            self.notes.update(note.code for note in fate.notes)
            if fate.n_rows > 1:
                self.unchanged += fate.n_rows - 1
                self.notes["organisation.repeat"] += fate.n_rows - 1
            if fate.error is not None:
                self.reasons[fate.error.code] += 1

    def counts(self) -> dict[str, int]:
        """Return the five numbers."""
        return {"read": self.read, **{one.value: getattr(self, one.value) for one in Outcome}}


# --- Sentences about rows, in the language of whoever imports -------------------------------------
#
# The sentences lie in a layer above; a name in a string is no import, as with the addresses.


_ERRORS: Final = "alpclusters.reports.errors"
_NOTES: Final = "alpclusters.reports.source_notes"


def reason(error: RecordError, language: str) -> str:
    """Say why a row was rejected and what to do."""
    parts = (_named(f"{_ERRORS}.{name}")(error, language) for name in ("what", "remedy"))
    return " ".join(filter(None, parts))


def sentences(notes: Sequence[Note], language: str) -> list[str]:
    """Say what was noted, each sentence once."""
    note_sentence = _named(f"{_NOTES}.note_sentence")
    return list(dict.fromkeys(note_sentence(note, language) for note in notes))


@cache
def _named(path: str) -> Any:
    return import_string(path)


# --- accepted.csv and rejected.csv: written chunk by chunk, cut back when an import goes on -------


ACCEPTED: Final = "accepted.csv"
REJECTED: Final = "rejected.csv"
REPORT: Final = "report.json"
_MARK: Final = b"\xef\xbb\xbf"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class RowFiles(AbstractContextManager["RowFiles"]):
    """The two lists of one import.

    Parameters
    ----------
    folder : Path
        Made if it is missing.
    header, accepted_header : sequence of str
        Heads of the columns of the file.
    language : str
        Of reasons and notes.
    sizes : mapping of str to int
        Bytes of each list that belong to stored rows; empty begins anew.

    Raises
    ------
    SetupError
        The folder cannot be written.
    """

    def __init__(
        self,
        folder: Path,
        *,
        header: Sequence[str],
        accepted_header: Sequence[str],
        language: str,
        sizes: Mapping[str, int],
    ) -> None:
        self._language = language
        self._n_columns = {ACCEPTED: len(accepted_header), REJECTED: len(header)}
        heads = {
            ACCEPTED: _heads(accepted_header, ("line", "outcome", "notes")),
            REJECTED: _heads(header, ("line", "field", "reason")),
        }
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

    def write(self, fates: Iterable[Fate]) -> None:
        """Add some rows."""
        lines: dict[str, list[list[str]]] = {ACCEPTED: [], REJECTED: []}
        for fate in fates:
            name = REJECTED if fate.draft is None else ACCEPTED
            lines[name].append(self._line(fate))
        for name, rows in lines.items():
            self._files[name].write(_as_csv(rows))

    def sizes(self) -> dict[str, int]:
        """Return the bytes written so far, which are then on the disk."""
        for file in self._files.values():
            file.flush()
            os.fsync(file.fileno())
        return {name: file.tell() for name, file in self._files.items()}

    def _line(self, fate: Fate) -> list[str]:
        if fate.draft is not None:
            cells = _filled(fate.draft.cells, self._n_columns[ACCEPTED])
            told = " ".join(sentences(fate.notes, self._language))
            return [*cells, str(fate.line), fate.outcome.value, told]
        if fate.error is None:
            raise ValueError("a rejected row has an error")
        cells = _filled(fate.error.cells, self._n_columns[REJECTED])
        where = fate.error.where
        place = where.field or where.column or ""
        return [*cells, str(fate.line), place, reason(fate.error, self._language)]


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    Examples
    --------
    >>> guarded("=1+1"), guarded("Alp")
    ("'=1+1", 'Alp')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _heads(header: Sequence[str], own: Sequence[str]) -> list[str]:
    """Put our columns after those of the file, under names that are free."""
    taken = set(header)
    return [*header, *(f"{name} (AlpClusters)" if name in taken else name for name in own)]


def _filled(cells: Sequence[str], n: int) -> list[str]:
    """Fill a row that is too short; one that is too long keeps its end in its last column."""
    if len(cells) > n > 0:
        return [*cells[: n - 1], " | ".join(cells[n - 1 :])]
    return [*cells, *[""] * (n - len(cells))]


def _opened(path: Path, heads: Sequence[str], size: int | None) -> IO[bytes]:
    if size is not None and path.exists() and path.stat().st_size >= size:
        file = path.open("r+b")
        file.truncate(size)
        file.seek(size)
        return file
    new = path.open("wb")
    new.write(_MARK + _as_csv([list(heads)]))
    return new


def _as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8", "surrogatepass")


# --- The report of an import: the same as an object, as report.json, and as it is read back -------


SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class RowFate:
    """One row as people read it.

    Attributes
    ----------
    line : int
    outcome : str
        created, updated, unchanged or rejected.
    name : str
        Empty for a rejected row.
    field : str
        Of a rejected row.
    text : str
        Reason or notes, in the language of whoever imports.
    """

    line: int
    outcome: str
    name: str = ""
    field: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class RunReport:
    """What an import did, or would do.

    Attributes
    ----------
    read, created, updated, unchanged, rejected : int
        The first is the sum of the others.
    is_dry, is_complete : bool
        Whether nothing was stored; whether it came to the end of the file.
    notes, reasons : mapping of str to int
        Rows by code of note, and by reason of rejection.
    file_notes : tuple of str
        On the file as a whole, as sentences.
    vintage : dict
        Year whose NUTS codes the file was read in, with the number of codes and those that fit.
    first_rows : tuple of RowFate
        The first rows one by one.
    rejected_rows : tuple of RowFate
        The first of the rejected ones.
    folder : str
        Where accepted.csv and rejected.csv lie.
    """

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
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
    def accepted_file(self) -> Path:
        """The list of rows that were taken."""
        return Path(self.folder, ACCEPTED)

    @property
    def rejected_file(self) -> Path:
        """The list of rows that were not taken, with reasons."""
        return Path(self.folder, REJECTED)

    @property
    def counts(self) -> dict[str, int]:
        """Return the five numbers."""
        names = ("read", "created", "updated", "unchanged", "rejected")
        return {name: getattr(self, name) for name in names}

    def as_record(self) -> dict[str, Any]:
        """Return the report for JSON."""
        return {**asdict(self), "accepted_file": ACCEPTED, "rejected_file": REJECTED}


@dataclass(slots=True)
class FirstRows:
    """Gathers the first rows, and the first rejected ones, as people read them."""

    language: str
    rows: list[RowFate] = field(default_factory=list)
    rejected: list[RowFate] = field(default_factory=list)

    def add(self, fates: Sequence[Fate]) -> None:
        """Look at some rows."""
        for fate in fates:
            if len(self.rows) < SHOWN:
                self.rows.append(self._told(fate))
            if fate.error is not None and len(self.rejected) < SHOWN:
                self.rejected.append(self._told(fate))

    def _told(self, fate: Fate) -> RowFate:
        if fate.error is not None:
            where = fate.error.where
            place = where.field or where.column or ""
            text = reason(fate.error, self.language)
            return RowFate(fate.line, fate.outcome.value, field=place, text=text)
        name = fate.draft.name if fate.draft else ""
        text = " ".join(sentences(fate.notes, self.language))
        return RowFate(fate.line, fate.outcome.value, name, text=text)


def report_of(tally: Tally, first: FirstRows, **more: Any) -> RunReport:
    """Put a report together."""
    counts: dict[str, Any] = tally.counts()
    return RunReport(
        **counts,
        notes=dict(tally.notes),
        reasons=dict(tally.reasons),
        first_rows=tuple(first.rows),
        rejected_rows=tuple(first.rejected),
        **more,
    )


def write_report(report: RunReport) -> None:
    """Write report.json, whole or not at all."""
    path = Path(report.folder, REPORT)
    new = path.with_suffix(".new")
    text = json.dumps(report.as_record(), ensure_ascii=False, indent=1)
    new.write_text(text, encoding="utf-8", errors="surrogatepass")
    new.replace(path)


def read_report(folder: Path) -> RunReport | None:
    """Read a report back; None if there is none."""
    try:
        record = json.loads((folder / REPORT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    for name in ("accepted_file", "rejected_file"):
        record.pop(name, None)
    for name in ("first_rows", "rejected_rows"):
        record[name] = tuple(RowFate(**row) for row in record[name])
    return RunReport(**{**record, "file_notes": tuple(record["file_notes"]), "folder": str(folder)})
