"""Partners of cooperation projects as keep.eu exports them: a workbook, or partner rows as CSV."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import FileFormatError, RecordError, Where
from alpclusters.sources.archives import is_zip
from alpclusters.sources.csv_tables import normalised
from alpclusters.sources.delimited import read_records
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
    unreadable_record,
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
    top = next(read_records(text.lines(), delimiter=";"))
    heads = Heads.of(top.cells or (), required=REQUIRED, file=shown)
    return OrganisationReading(
        lambda: converted(_csv_rows(text, heads), convert),
        provenance=lambda rows: Provenance(SOURCE, shown, text.sha256, text.n_bytes, rows),
        notes=text.notes,
        header=heads.names,
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
    records = read_records(text.lines(), delimiter=";")
    next(records)
    for line, cells, raw in records:
        if cells is None:
            yield unreadable_record(text.file, line, raw)
            continue
        try:
            yield heads.row(line, cells)
        except RecordError as error:
            yield error


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
        header=heads.names,
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
