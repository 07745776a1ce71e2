"""Tables that people bring, as text or workbook: separator and head row found, rows streamed."""

import hashlib
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Final, Self

from alpclusters.analysis.errors import FileFormatError, RecordError, Where, shown
from alpclusters.sources.archives import is_zip
from alpclusters.sources.csv_tables import column_letter, normalised
from alpclusters.sources.delimited import Record, read_records, sniff_delimiter
from alpclusters.sources.organisation_fields import clean
from alpclusters.sources.organisation_rows import as_text, unreadable_record
from alpclusters.sources.records import Note
from alpclusters.sources.sheet_gate import WORKBOOK
from alpclusters.sources.spooled_sheets import SpooledSheet, spool_sheet
from alpclusters.sources.streams import TextStream, open_text
from alpclusters.sources.texts import MAX_BYTES, check_file

SNIFFED: Final = 200
SNIFFED_LENGTH: Final = 1_000_000
HEAD_ROWS: Final = 20
_CHUNK: Final = 1 << 20
_NOTHING: Final[frozenset[int]] = frozenset()


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row below the head row.

    Attributes
    ----------
    line : int
        1-based line of the text, or row of the sheet.
    cells : tuple of str
        As they stand, one for each head.
    formulas, broken : frozenset of int
        See `alpclusters.sources.spooled_sheets.SheetRow`.
    """

    line: int
    cells: tuple[str, ...]
    formulas: frozenset[int] = _NOTHING
    broken: frozenset[int] = _NOTHING


type Rows = Callable[[], Iterator[TableRow | RecordError]]


@dataclass(frozen=True, slots=True)
class UserTable(AbstractContextManager["UserTable"]):
    """An open table.

    Attributes
    ----------
    file : str
    header : tuple of str
        Heads as written, without surrounding space; nameless columns are empty.
    header_line : int
    sha256 : str
        Of the file.
    notes : tuple of Note
    sheets : tuple of str
        Of a workbook, else empty.
    sheet, delimiter, encoding : str
        Empty where there is none.
    """

    file: str
    header: tuple[str, ...]
    header_line: int
    sha256: str
    notes: tuple[Note, ...]
    _rows: Rows
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    delimiter: str = ""
    encoding: str = ""
    _spool: SpooledSheet | None = field(default=None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        """Delete what lies on disk."""
        if self._spool is not None:
            self._spool.__exit__()

    @property
    def header_hash(self) -> str:
        """The same for every file with these heads in this order."""
        return header_hash(self.header)

    def rows(self) -> Iterator[TableRow | RecordError]:
        """Yield every row that is not blank, or the error that it is."""
        return self._rows()


def header_hash(header: Sequence[str]) -> str:
    """Return a short digest of a head row, under which its columns are remembered."""
    words = "\n".join(map(normalised, header))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def open_table(
    path: Path,
    *,
    name: str | None = None,
    sheet: str | None = None,
    max_rows: int | None = None,
    max_bytes: int = MAX_BYTES,
) -> UserTable:
    """Open a table; close it by leaving its ``with`` block.

    Parameters
    ----------
    path : Path
        CSV, TSV or any text with separators, or an .xlsx workbook.
    name : str, optional
        How errors call it; ``None`` takes the file's name.
    sheet : str, optional
        Of a workbook; ``None`` takes the first visible one with cells.
    max_rows : int, optional
        Of a workbook, for a preview.
    max_bytes : int

    Raises
    ------
    FileFormatError
        Missing, empty, too large, of another kind, damaged, without a head row or without rows.
    """
    called = name or path.name
    check_file(path, max_bytes=max_bytes)
    if is_zip(path):
        return _workbook(path, called, sheet, max_rows)
    return _text(open_text(path, name=called, max_bytes=max_bytes))


def is_workbook(path: Path) -> bool:
    """Tell whether an archive is an .xlsx workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            return WORKBOOK in archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return False


# --- text ---------------------------------------------------------------------------------


def _text(text: TextStream) -> UserTable:
    delimiter = sniff_delimiter(list(_first_lines(text)))
    top = [
        (record.line, tuple(record.cells or (record.raw,)))
        for record in islice(read_records(text.lines(), delimiter=delimiter), HEAD_ROWS)
    ]
    line, header = _head_row(top, file=text.file)
    return UserTable(
        file=text.file,
        header=header,
        header_line=line,
        sha256=text.sha256,
        notes=(*text.notes, *_skipped(top, line)),
        _rows=lambda: _text_rows(text, delimiter, header, line),
        delimiter=delimiter,
        encoding=text.encoding,
    )


def _first_lines(text: TextStream) -> Iterator[str]:
    length = 0
    for line in islice(text.lines(), SNIFFED):
        yield line
        length += len(line)
        if length > SNIFFED_LENGTH:
            return


def _text_rows(
    text: TextStream, delimiter: str, header: tuple[str, ...], top: int
) -> Iterator[TableRow | RecordError]:
    records = read_records(_below(text.lines(), top - 1), delimiter=delimiter)
    next(records)
    for record in records:
        yield _text_row(record, header, file=text.file, before=top - 1)


def _below(lines: Iterator[str], n_skipped: int) -> Iterator[str]:
    return islice(lines, n_skipped, None)


def _text_row(
    record: Record, header: tuple[str, ...], *, file: str, before: int
) -> TableRow | RecordError:
    line = record.line + before
    if record.cells is None:
        return unreadable_record(file, line, record.raw)
    n_heads = len(header)
    cells = tuple(record.cells)
    if len(cells) > n_heads and not any(cells[n_heads:]):
        cells = cells[:n_heads]
    if len(cells) != n_heads:
        return _wrong_length(cells, header, file=file, line=line)
    return TableRow(line, cells)


def _wrong_length(
    cells: tuple[str, ...], header: tuple[str, ...], *, file: str, line: int
) -> RecordError:
    is_short = len(cells) < len(header)
    place = min(len(cells), len(header))
    where = Where(
        file=file,
        line=line,
        column=column_letter(place),
        field=(header[place] or None) if is_short else None,
    )
    code = "table.too_few_fields" if is_short else "table.too_many_fields"
    error = RecordError(code, where=where, found=str(len(cells)), expected=str(len(header)))
    error.cells = cells
    return error


# --- workbook -----------------------------------------------------------------------------


def _workbook(path: Path, name: str, sheet: str | None, max_rows: int | None) -> UserTable:
    if not is_workbook(path):
        code = "file.no_table"
        raise FileFormatError(code, where=Where(file=name), expected="CSV, TSV, XLSX")
    spool = spool_sheet(path, name=name, sheet=sheet, max_rows=max_rows)
    try:
        return _sheet(path, name, spool)
    except BaseException:
        spool.__exit__()
        raise


def _sheet(path: Path, name: str, spool: SpooledSheet) -> UserTable:
    top = [
        (row.line, tuple(as_text(cell) for cell in row.cells))
        for row in islice(spool.rows(), HEAD_ROWS)
    ]
    line, header = _head_row(top, file=name, sheet=spool.sheet)
    return UserTable(
        file=name,
        header=header,
        header_line=line,
        sha256=_digest(path),
        notes=_skipped(top, line),
        _rows=lambda: _sheet_rows(spool, header, line),
        sheets=spool.sheets,
        sheet=spool.sheet,
        _spool=spool,
    )


def _sheet_rows(
    spool: SpooledSheet, header: tuple[str, ...], top: int
) -> Iterator[TableRow | RecordError]:
    n_heads = len(header)
    for row in spool.rows():
        if row.line > top:
            cells = tuple("" if cell is None else str(cell) for cell in row.cells[:n_heads])
            whole = cells + ("",) * (n_heads - len(cells))
            yield TableRow(row.line, whole, row.formulas, row.broken)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


# --- head row -----------------------------------------------------------------------------


def _head_row(
    top: Sequence[tuple[int, tuple[str, ...]]], *, file: str, sheet: str = ""
) -> tuple[int, tuple[str, ...]]:
    """Return the first row that can be a head row: texts, nearly all filled, all different."""
    width = max((_width(cells) for _, cells in top), default=0)
    for line, cells in top:
        heads = tuple(clean(cell) for cell in cells)
        if _is_head(heads, width):
            _refuse_twins(heads, Where(file=file, sheet=sheet or None, line=line))
            return line, _without_end(heads)
    code = "table.no_header" if top else "file.empty"
    raise FileFormatError(code, where=Where(file=file, sheet=sheet or None))


def _is_head(heads: tuple[str, ...], width: int) -> bool:
    filled = [head for head in heads if head]
    is_full = len(filled) > width // 2 or len(filled) == width
    return is_full and not any(map(_is_number, filled))


def _refuse_twins(heads: tuple[str, ...], where: Where) -> None:
    names = [normalised(head) for head in heads]
    for place, name in enumerate(names):
        if name and name in names[:place]:
            code, letter = "table.duplicate_head", column_letter(place)
            there = replace(where, column=letter, field=shown(heads[place]))
            raise FileFormatError(code, where=there, found=heads[place])


def _width(cells: tuple[str, ...]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _without_end(heads: tuple[str, ...]) -> tuple[str, ...]:
    n_used = max(place for place, head in enumerate(heads, start=1) if head)
    return heads[:n_used]


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace(",", "", 1).lstrip("-").isdecimal()


def _skipped(top: Sequence[tuple[int, tuple[str, ...]]], line: int) -> tuple[Note, ...]:
    n_before = sum(1 for each, _ in top if each < line)
    return (Note("table.skipped_lines", {"n": n_before, "line": line}),) if n_before else ()
