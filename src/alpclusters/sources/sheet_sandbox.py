"""The child that reads one sheet row by row: limits first, then the gate, JSON lines out.

Runs as its own process with an empty environment and imports no NumPy, so that the address space
it may use is the file's. The first line says which sheets there are, or why nothing is read.
"""

import io
import itertools
import json
import sys
import zipfile
from collections.abc import Iterator
from typing import Final

from alpclusters.sources.sandbox import limit_process
from alpclusters.sources.sheet_gate import (
    GateError,
    SheetFacts,
    check_sheet,
    check_sizes,
    check_strings,
    check_text,
    sheet_parts,
)

# How the child ends when rows were written before something turned out to be wrong.
UNSAFE: Final = 3


def main(sheet: str | None, max_rows: int | None) -> None:
    """Read a workbook from standard input and write one JSON line for each row with a cell.

    Parameters
    ----------
    sheet : str or None
        Name of the sheet; ``None`` takes the first visible one that has cells.
    max_rows : int or None
        Where to stop.
    """
    limit_process()
    data = sys.stdin.buffer.read()
    try:
        names, chosen, facts, n_inflated = _looked_through(data, sheet)
    except (GateError, zipfile.BadZipFile) as error:
        code = str(error) if isinstance(error, GateError) else "workbook.unreadable"
        _say({"error": code})
        return
    _say({"sheets": names, "sheet": chosen, "n_rows": facts.max_row})
    n_written = 0
    for row in itertools.islice(_rows(data, chosen, facts), max_rows):
        n_written += _say(row)
        try:
            check_text(n_written, n_inflated)
        except GateError:
            sys.exit(UNSAFE)


def _looked_through(data: bytes, sheet: str | None) -> tuple[list[str], str, SheetFacts, int]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        n_inflated = check_sizes(archive)
        check_strings(archive)
        parts = sheet_parts(archive)
        if sheet is not None and sheet not in parts:
            raise GateError("workbook.no_sheet")
        for name in parts if sheet is None else (sheet,):
            facts = check_sheet(archive, parts[name])
            if facts.n_cells or sheet is not None:
                return list(parts), name, facts, n_inflated
    raise GateError("file.empty")


def _rows(data: bytes, sheet: str, facts: SheetFacts) -> Iterator[list[object]]:
    """Yield line, cells, and where there are any the columns of formulas and of broken cells."""
    # After the limits.
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found = book.get_sheet_by_name(sheet)
    empty: list[object] = [None] * (found.start[1] if found.start else 0)
    for line, values in enumerate(found.iter_rows(), start=1):
        cells = empty + [_cell(value) for value in values]
        marks = [facts.formulas.get(line, []), facts.broken.get(line, [])]
        if any(marks):
            yield [line, cells, *marks]
        elif any(cell is not None for cell in cells):
            yield [line, cells]


def _cell(value: object) -> object:
    if value == "" and isinstance(value, str):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, (str, float, int)):
        return value
    return str(value)


def _say(record: object) -> int:
    return sys.stdout.write(json.dumps(record) + "\n")
