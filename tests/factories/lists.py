"""Lists of organisations for imports, as text and as workbook; every body in them is made up."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

HEAD = ("ID", "Name", "Country", "Town", "NUTS")


def write_list(
    path: Path,
    rows: Iterable[Sequence[str]],
    *,
    head: Sequence[str] = HEAD,
    delimiter: str = ";",
    encoding: str = "utf-8",
) -> Path:
    """Write a list as text."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([head, *rows])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_workbook(path: Path, rows: Iterable[Sequence[Any]], *, sheet: str = "List") -> Path:
    """Write a list as a workbook; a cell may be a pair of formula and stored value."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, tuple):
                    page.write_formula(number, column, cell[0], None, cell[1])
                else:
                    page.write(number, column, cell)
    return path


def write_parts(path: Path, **changed: bytes) -> Path:
    """Write a small workbook with some parts replaced: ``sheet`` and ``strings``."""
    original = write_workbook(path.with_suffix(".good"), [["Name", "Country"], ["Alp", "AT"]])
    names = {"sheet": "xl/worksheets/sheet1.xml", "strings": "xl/sharedStrings.xml"}
    replaced = {names[key]: data for key, data in changed.items()}
    with (
        zipfile.ZipFile(original) as old,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            new.writestr(entry.filename, replaced.get(entry.filename, old.read(entry)))
    return path


def write_lying_part(path: Path, part: str, content: bytes, *, declared: int) -> None:
    """Put a part into a workbook whose directory and header say that it is smaller."""
    with zipfile.ZipFile(path) as old:
        kept = {entry.filename: old.read(entry) for entry in old.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in {**kept, part: content}.items():
            new.writestr(name, data)
    lie = declared.to_bytes(4, "little")
    packed = path.read_bytes().replace(len(content).to_bytes(4, "little"), lie)
    path.write_bytes(packed)


def sheet_xml(cells: str) -> bytes:
    """Return the XML of a sheet with these cells."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{cells}</sheetData>'
        "</worksheet>"
    ).encode()
