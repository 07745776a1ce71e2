"""A search to take away: CSV, XLSX, JSON and GeoJSON."""

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, Final

from alpclusters.reports.characters import clean_text
from alpclusters.www.public.directory.rows import COLUMNS, Record

# A workbook is written as a whole: this many rows are what a small server makes in seconds.
MOST_SHEET_ROWS: Final = 20_000
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
MEMORY: Final = 4_000_000
PIECE: Final = 65_536
_NOT_IN_PROPERTIES: Final = frozenset({"longitude", "latitude"})
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTENT_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": _XLSX,
    "json": "application/json; charset=utf-8",
    "geojson": "application/geo+json; charset=utf-8",
}

type Chunks = Iterator[bytes]


def chunks(kind: str, records: Iterable[Record], about: Record) -> Chunks:
    """Write records as one of the kinds, in pieces of some size."""
    gathered = bytearray()
    for part in _WRITERS[kind](records, about):
        gathered += part
        if len(gathered) >= PIECE:
            yield bytes(gathered)
            gathered.clear()
    yield bytes(gathered)


def _csv(records: Iterable[Record], about: Record) -> Chunks:  # noqa: ARG001 - a table holds rows alone
    """Write rows for programs and spreadsheets: what would be a formula gets an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    out.write("\ufeff")
    writer.writerow(COLUMNS)
    yield _taken(out)
    for record in records:
        writer.writerow([guarded(record[name]) for name in COLUMNS])
        yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode()


def guarded(value: Any) -> str:
    """Write a value as text that no spreadsheet computes."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or isinstance(value, int | float):
        return "" if value is None else str(value)
    text = clean_text("; ".join(value) if isinstance(value, list) else str(value))
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _json(records: Iterable[Record], about: Record) -> Chunks:
    yield f'{{"about": {_dumped(about)},\n"organisations": ['.encode()
    yield from _listed(_dumped(record) for record in records)
    yield b"\n]}\n"


def _geojson(records: Iterable[Record], about: Record) -> Chunks:
    note = "geometry is null where no coordinates are known (WGS 84, longitude first)"
    head = _dumped({**about, "geometry": note})
    yield f'{{"type": "FeatureCollection", "about": {head},\n"features": ['.encode()
    yield from _listed(_dumped(_feature(record)) for record in records)
    yield b"\n]}\n"


def _feature(record: Record) -> Record:
    place = [record["longitude"], record["latitude"]]
    point = {"type": "Point", "coordinates": place} if None not in place else None
    properties = {name: record[name] for name in COLUMNS if name not in _NOT_IN_PROPERTIES}
    return {"type": "Feature", "id": record["id"], "geometry": point, "properties": properties}


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _listed(texts: Iterable[str]) -> Chunks:
    for number, text in enumerate(texts):
        yield f"{',' if number else ''}\n{text}".encode()


def _xlsx(records: Iterable[Record], about: Record) -> Chunks:
    """Write a workbook on disk, row by row; its second sheet says what it is."""
    with tempfile.SpooledTemporaryFile(max_size=MEMORY) as file:
        _write_workbook(file, records, about)
        file.seek(0)
        while part := file.read(PIECE):
            yield part


def _write_workbook(file: IO[bytes], records: Iterable[Record], about: Record) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(file, {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    })  # fmt: skip
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet = book.add_worksheet("organisations")
    sheet.freeze_panes(1, 2)
    sheet.set_column(1, 1, 45)
    sheet.write_row(0, 0, COLUMNS, bold)
    n_written = 0
    for record in records:
        if n_written == MOST_SHEET_ROWS:
            break
        n_written += 1
        _write_row(sheet, n_written, record)
    _write_about(book, {**about, "rows_in_this_file": n_written})
    book.close()


def _write_row(sheet: Any, line: int, record: Record) -> None:
    for column, name in enumerate(COLUMNS):
        value = record[name]
        if isinstance(value, int | float) and not isinstance(value, bool):
            sheet.write_number(line, column, value)
        elif value not in (None, "", []):
            text = clean_text("; ".join(value) if isinstance(value, list) else str(value))
            sheet.write_string(line, column, text[:32_767])


def _write_about(book: Any, about: Record) -> None:
    sheet = book.add_worksheet("about")
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 100)
    for line, (name, value) in enumerate(about.items()):
        sheet.write_string(line, 0, name)
        sheet.write_string(line, 1, str(value))


_WRITERS: Final[dict[str, Callable[[Iterable[Record], Record], Chunks]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "json": _json,
    "geojson": _geojson,
}
