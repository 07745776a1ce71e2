"""Partners of cooperation projects as keep.eu exports them: a workbook, or partner rows as CSV."""

import csv
import hashlib
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final, Self

from alpclusters.analysis.errors import FileFormatError, RecordError, Where
from alpclusters.sources.archives import is_zip
from alpclusters.sources.csv_tables import FIELD_LIMIT, normalised
from alpclusters.sources.organisation_fields import nuts_of
from alpclusters.sources.organisation_records import (
    OrganisationReading,
    OrganisationRecord,
    id_from_name,
)
from alpclusters.sources.organisation_rows import (
    UNCOUNTED,
    Heads,
    Row,
    as_text,
    checked_postcode,
    converted,
    named_organisation,
)
from alpclusters.sources.records import Licence, Provenance
from alpclusters.sources.streams import TextStream, open_text
from alpclusters.sources.texts import check_file
from alpclusters.sources.workbooks import Sheet, read_workbook

SOURCE: Final = "keep"
LICENCE: Final = Licence(
    "",
    "Source: keep.eu (Interact)",
    "https://keep.eu/",
    "keep.eu, Interact",
)
REQUIRED: Final = ("project-partner", "town", "country")
DEFAULT_NAME: Final = "keep.csv"
HEAD_ROWS: Final = 20
RECORD_LINES: Final = 200
_NUTS: Final = ("nuts3-(or-equivalent)", "nuts2-(or-equivalent)", "nuts1-(or-equivalent)")


def read_organisations(
    source: Path | bytes, *, name: str | None = None, natural_persons: bool = False
) -> OrganisationReading:
    """Read the partners, each once: the export has one row for each project of a body.

    Parameters
    ----------
    source : Path or bytes
        The workbook (.xlsx), or the rows of its sheet of partners as CSV with semicolons.
    name : str, optional
        How errors and provenance call it; ``None`` takes the file's name.
    natural_persons : bool, default False
        Whether bodies whose legal form is that of one person are taken.

    Returns
    -------
    OrganisationReading
        The id is made from country, name and town: the export has none.

    Raises
    ------
    FileFormatError
        No such file, an unsafe or damaged workbook, or no table with these columns.
    """
    shown = name or (source.name if isinstance(source, Path) else DEFAULT_NAME)
    convert = partial(_organisation, natural_persons=natural_persons)
    if isinstance(source, Path):
        check_file(source)
    if is_zip(source):
        return _from_workbook(source, shown, convert)
    text = open_text(source, name=shown)
    heads = Heads.of(next(_records(text))[1] or (), required=REQUIRED, file=shown)
    return OrganisationReading(
        lambda: converted(_csv_rows(text, heads), convert),
        provenance=lambda rows: Provenance(SOURCE, shown, text.sha256, text.n_bytes, rows),
        notes=text.notes,
    )


def _organisation(row: Row, *, natural_persons: bool) -> OrganisationRecord:
    country = row.country("country-code", "country")
    name = named_organisation(row, "project-partner", country, natural_persons=natural_persons)
    town = row.text("town")
    postcode, notes = checked_postcode(row.text("postal-code"), country)
    return OrganisationRecord(
        external_id=id_from_name(name, country, town),
        scheme="keep",
        name=name,
        country=country,
        line=row.line,
        licence=LICENCE,
        provenance=UNCOUNTED,
        type_raw=row.text("legal-status"),
        nuts=next(filter(None, (nuts_of(row.text(column)) for column in _NUTS)), ""),
        town=town,
        street=row.text("street"),
        postcode=postcode,
        sheet=row.heads.sheet,
        notes=notes,
    )


# --- CSV ----------------------------------------------------------------------------------


def _csv_rows(text: TextStream, heads: Heads) -> Iterator[Row | RecordError]:
    records = _records(text)
    next(records)
    for line, cells in records:
        if cells is None:
            code = "table.bad_record"
            yield RecordError(code, where=Where(file=text.file, line=line, column="A"))
            continue
        try:
            yield heads.row(line, cells)
        except RecordError as error:
            yield error


class _Lines:
    """Lines that can be given back: a mark that is never closed costs one line, not the rest."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._back: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        if len(self.taken) == RECORD_LINES:
            raise StopIteration
        line = self._back.popleft() if self._back else next(self._lines)
        self.taken.append(line)
        return line

    def give_back(self) -> None:
        """Keep the first line of the record only."""
        self._back.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]


def _records(text: TextStream) -> Iterator[tuple[int, list[str] | None]]:
    """Yield the first line and the cells of every record; None for one that cannot be read."""
    csv.field_size_limit(FIELD_LIMIT)
    lines = _Lines(text.lines())
    reader = csv.reader(lines, delimiter=";", strict=True)
    line, n_heads = 1, 0
    while (cells := _next_cells(reader)) is not None or lines.taken:
        n_heads = n_heads or len(cells or ())
        if cells is None or len(cells) != n_heads:
            lines.give_back()
        n_taken = len(lines.taken)
        lines.taken.clear()
        if cells != []:
            yield line, cells
        line += n_taken


def _next_cells(reader: Iterator[list[str]]) -> list[str] | None:
    """Return the next record; None at the end, or for a record that cannot be read."""
    try:
        return next(reader, None)
    except csv.Error:
        return None


# --- workbook -----------------------------------------------------------------------------


def _from_workbook(
    source: Path | bytes, file: str, convert: Callable[[Row], OrganisationRecord]
) -> OrganisationReading:
    data = source.read_bytes() if isinstance(source, Path) else source
    digest, size = hashlib.sha256(data).hexdigest(), len(data)
    sheet, top = _partner_sheet(_sheets(source, file), file)
    heads = Heads.of(sheet.rows[top], required=REQUIRED, file=file, sheet=sheet.name)
    return OrganisationReading(
        lambda: converted(_sheet_rows(sheet, top, heads), convert),
        provenance=lambda rows: Provenance(SOURCE, file, digest, size, rows),
    )


def _sheets(source: Path | bytes, file: str) -> tuple[Sheet, ...]:
    if isinstance(source, Path):
        return read_workbook(source, name=file)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "keep.xlsx"
        path.write_bytes(source)
        return read_workbook(path, name=file)


def _partner_sheet(sheets: tuple[Sheet, ...], file: str) -> tuple[Sheet, int]:
    """Find the sheet and its head row by the columns: newer exports have a cover sheet."""
    for sheet in sheets:
        for place, cells in enumerate(sheet.rows[:HEAD_ROWS]):
            if set(REQUIRED) <= {normalised(as_text(cell)) for cell in cells}:
                return sheet, place
    code = "keep.no_partners"
    found = ", ".join(sheet.name for sheet in sheets)
    expected = "Project Partner, Town, Country"
    raise FileFormatError(code, where=Where(file=file), found=found, expected=expected)


def _sheet_rows(sheet: Sheet, top: int, heads: Heads) -> Iterator[Row | RecordError]:
    for line, cells in enumerate(sheet.rows[top + 1 :], start=top + 2):
        if any(cell is not None for cell in cells):
            yield heads.row(line, cells)
