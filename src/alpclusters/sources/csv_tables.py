"""CSV with a header row: columns by name, every row of one length, errors with line and column."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import (
    MAX_COLLECTED,
    FileFormatError,
    RecordError,
    RecordsError,
    Where,
)
from alpclusters.sources.records import Note, Provenance, provenance_of
from alpclusters.sources.texts import decode_text, read_bytes

FIELD_LIMIT: Final = 1_000_000
DELIMITERS: Final = (",", ";", "\t", "|")


class NotThisKindError(ValueError):
    """Raised by a converter for a text it does not accept; becomes a `RecordError`."""


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A CSV file as columns of text.

    Attributes
    ----------
    file : str
        Name without folders.
    header : tuple of str
        As written, without surrounding space.
    columns : tuple of tuple of str
        One per head, all of one length; blank lines are left out.
    text, delimiter : str
        Kept to find the line of a row when an error must name it.
    provenance : Provenance
    notes : tuple of Note
    """

    file: str
    header: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    text: str
    delimiter: str
    provenance: Provenance
    notes: tuple[Note, ...]

    @property
    def n_rows(self) -> int:
        """Rows after the header."""
        return len(self.columns[0])

    def place(self, *names: str) -> int | None:
        """Return the position of the first head that has one of the names, or None."""
        heads = [normalised(head) for head in self.header]
        return next((heads.index(name) for name in names if name in heads), None)

    def column(self, *names: str) -> tuple[str, ...]:
        """Return a column that must be there.

        Raises
        ------
        FileFormatError
            No head has one of the names.
        """
        place = self.place(*names)
        if place is None:
            code = "table.missing_column"
            raise FileFormatError(
                code,
                where=Where(file=self.file, line=1, field=names[0]),
                found=", ".join(self.header),
                expected=" / ".join(names),
            )
        return self.columns[place]

    def need(self, *columns: tuple[str, ...]) -> None:
        """Check that columns are there; the error names all that are not.

        Raises
        ------
        FileFormatError
            Some column has no head of its names.
        """
        missing = [names for names in columns if self.place(*names) is None]
        if missing:
            code = "table.missing_column"
            raise FileFormatError(
                code,
                where=Where(file=self.file, line=1, field=", ".join(names[0] for names in missing)),
                found=", ".join(self.header),
                expected="; ".join(" / ".join(names) for names in missing),
            )

    def converted[T](
        self,
        column: str | tuple[str, ...],
        convert: Callable[[str], T],
        *,
        code: str,
        expected: str,
    ) -> list[T]:
        """Convert a column; every distinct text is converted once.

        Parameters
        ----------
        column : str or tuple of str
            Name or names of the column.
        convert : callable
            Raises `NotThisKindError` for a text it does not accept.
        code, expected : str
            For the error of a refused text.

        Raises
        ------
        RecordError, RecordsError
            One refused text, or several (at most 50 are kept, all are counted).
        """
        names = (column,) if isinstance(column, str) else column
        texts = self.column(*names)
        known: dict[str, T] = {}
        refused = set()
        for text in dict.fromkeys(texts):
            try:
                known[text] = convert(text)
            except NotThisKindError:
                refused.add(text)
        if refused:
            rows = [row for row, text in enumerate(texts) if text in refused]
            self.refuse(rows, names, code=code, expected=expected)
        return [known[text] for text in texts]

    def refuse(
        self, rows: Sequence[int], names: Iterable[str], *, code: str, expected: str
    ) -> None:
        """Raise the error for the given rows of a column."""
        place = self.place(*names) or 0
        lines = dict(zip(rows, self.lines(rows[:MAX_COLLECTED]), strict=False))
        errors = [
            RecordError(
                code,
                where=self.where(place, line=line),
                found=self.columns[place][row],
                expected=expected,
            )
            for row, line in lines.items()
        ]
        raise errors[0] if len(rows) == 1 else RecordsError(errors, n_all=len(rows))

    def where(self, place: int, *, line: int) -> Where:
        """Return the place of a cell for an error."""
        return Where(
            file=self.file, line=line, column=column_letter(place), field=self.header[place]
        )

    def lines(self, rows: Sequence[int]) -> list[int]:
        """Return the physical line on which each of some rising row positions starts."""
        wanted, found = set(rows), []
        for position, (line, _) in enumerate(_records(self.text, self.delimiter)):
            if position - 1 in wanted:
                found.append(line)
            if len(found) == len(wanted):
                break
        return found


def load_csv(
    path: Path,
    *,
    source: str,
    delimiter: str | None = None,
    guess_western: bool = False,
) -> CsvTable:
    """Read a CSV file with a header row.

    Parameters
    ----------
    path : Path
        The file.
    source : str
        Name of the source, for the provenance.
    delimiter : str, optional
        ``None`` takes comma, semicolon, tab or bar, whichever the header has most of.
    guess_western : bool, default False
        Whether a file that is not UTF-8 may be read as Windows-1252, with a note.

    Returns
    -------
    CsvTable

    Raises
    ------
    FileFormatError
        Missing, empty, header only, duplicate or empty heads, NUL, unknown encoding.
    RecordError, RecordsError
        A row with too few or too many fields, a quotation mark that is not closed.
    """
    data = read_bytes(path)
    decoded = decode_text(data, file=path.name, guess_western=guess_western)
    mark = delimiter or _sniffed(decoded.text)
    rows = _rows(decoded.text, mark, file=path.name)
    header = _checked_header(rows, file=path.name)
    body = rows[1:]
    if not body:
        code = "file.no_rows"
        raise FileFormatError(code, where=Where(file=path.name, line=1))
    if set(map(len, body)) != {len(header)}:
        raise _wrong_lengths(decoded.text, mark, header, file=path.name)
    return CsvTable(
        file=path.name,
        header=header,
        columns=tuple(zip(*body, strict=True)),
        text=decoded.text,
        delimiter=mark,
        provenance=provenance_of(source, path, data, n_rows=len(body)),
        notes=decoded.notes,
    )


def normalised(head: str) -> str:
    """Return a head for comparison: lower case, hyphens for spaces and underscores.

    Examples
    --------
    >>> normalised(" Comment_ID ")
    'comment-id'
    """
    return "-".join(head.strip().casefold().replace("_", " ").replace("-", " ").split())


def column_letter(place: int) -> str:
    """Return the letter a spreadsheet gives the column at a 0-based position.

    Examples
    --------
    >>> column_letter(0), column_letter(25), column_letter(26)
    ('A', 'Z', 'AA')
    """
    letters, rest = "", place + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(FIELD_LIMIT)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _rows(text: str, delimiter: str, *, file: str) -> list[list[str]]:
    try:
        return [row for row in _reader(text, delimiter) if row]
    except csv.Error:
        line = _line_of_bad_record(text, delimiter)
        code = "table.bad_record"
        raise RecordError(code, where=Where(file=file, line=line, column="A")) from None


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the starting line and the fields of every record that is not blank."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    for row in reader:
        if row:
            yield start, row
        start = reader.line_num + 1


def _line_of_bad_record(text: str, delimiter: str) -> int:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for _ in reader:
            start = reader.line_num + 1
    except csv.Error:
        return start
    return start


def _sniffed(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _checked_header(rows: list[list[str]], *, file: str) -> tuple[str, ...]:
    header = tuple(head.strip() for head in rows[0])
    names = [normalised(head) for head in header]
    for place, name in enumerate(names):
        where = Where(file=file, line=1, column=column_letter(place), field=header[place] or None)
        if not name:
            code = "table.empty_head"
            raise FileFormatError(code, where=where)
        if name in names[:place]:
            code = "table.duplicate_head"
            raise FileFormatError(code, where=where, found=header[place])
    return header


def _wrong_lengths(
    text: str, delimiter: str, header: tuple[str, ...], *, file: str
) -> RecordError | RecordsError:
    errors = [
        _wrong_length(line, row, header, file=file)
        for line, row in _records(text, delimiter)
        if len(row) != len(header)
    ]
    return errors[0] if len(errors) == 1 else RecordsError(errors, n_all=len(errors))


def _wrong_length(line: int, row: list[str], header: tuple[str, ...], *, file: str) -> RecordError:
    is_short = len(row) < len(header)
    where = Where(
        file=file,
        line=line,
        column=column_letter(min(len(row), len(header))),
        field=header[len(row)] if is_short else None,
    )
    code = "table.too_few_fields" if is_short else "table.too_many_fields"
    return RecordError(code, where=where, found=str(len(row)), expected=str(len(header)))
