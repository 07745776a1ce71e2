"""A first look at a list: its heads, its first rows, and which column is probably which."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import RecordError
from alpclusters.platform.actors.domain.importing.fields import list_fields
from alpclusters.platform.actors.domain.importing.supplies import TABLE, guess_kind, largest_file
from alpclusters.platform.actors.models import ImportSource
from alpclusters.sources.archives import is_zip
from alpclusters.sources.organisation_heads import guess_fields
from alpclusters.sources.records import Note
from alpclusters.sources.user_tables import is_workbook, open_table

SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class TablePreview:
    """What a person sees before matching columns.

    Attributes
    ----------
    header : tuple of str
        Nameless columns are empty.
    rows : tuple of tuple of str
        The first ones that can be read.
    sheets : tuple of str
        Of a workbook, else empty.
    sheet : str
        The one shown.
    kind : str
        table, keep, cordis or kohesio: the last three need no matching.
    header_hash : str
    delimiter, encoding : str
        Of a text, else empty.
    notes : tuple of Note
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    kind: str = TABLE
    header_hash: str = ""
    delimiter: str = ""
    encoding: str = ""
    notes: tuple[Note, ...] = ()

    def samples(self, head: str, *, most: int = 3) -> tuple[str, ...]:
        """Return some different values of a column."""
        place = self.header.index(head)
        values = dict.fromkeys(row[place].strip() for row in self.rows)
        return tuple(filter(None, values))[:most]


def read_preview(path: Path, *, name: str, sheet: str | None = None) -> TablePreview:
    """Look at the head row and the first rows of a list.

    Raises
    ------
    FileFormatError
        It cannot be read; the error says why and what to do.
    """
    if path.is_file() and is_zip(path) and not is_workbook(path):
        return TablePreview((), (), kind=guess_kind(path))
    with open_table(
        path, name=name, sheet=sheet, max_rows=2 * SHOWN, max_bytes=largest_file()
    ) as table:
        rows = islice((row for row in table.rows() if not isinstance(row, RecordError)), SHOWN)
        return TablePreview(
            header=table.header,
            rows=tuple(row.cells for row in rows),
            sheets=table.sheets,
            sheet=table.sheet,
            kind=guess_kind(path, table.header, () if sheet else table.sheets),
            header_hash=table.header_hash,
            delimiter=table.delimiter,
            encoding=table.encoding,
            notes=table.notes,
        )


def guess_columns(preview: TablePreview, source: ImportSource | None = None) -> dict[str, str]:
    """Return field and head: as matched at the last import of the source, else by the heads."""
    remembered: Mapping[str, str] = (source.columns if source else {}).get(preview.header_hash, {})
    known = {field: head for field, head in remembered.items() if head in preview.header}
    return known or guess_fields(preview.header, list_fields())


def remember_columns(source: ImportSource, header_hash: str, columns: Mapping[str, str]) -> None:
    """Keep how columns were matched, for the next list with the same heads."""
    if header_hash and columns and source.columns.get(header_hash) != dict(columns):
        source.columns = {**source.columns, header_hash: dict(columns)}
        source.save(update_fields=["columns"])
