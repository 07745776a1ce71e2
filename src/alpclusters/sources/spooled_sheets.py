"""One sheet of a foreign workbook, read by a child with limits into a temporary file of rows."""

import json
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Self

from alpclusters.analysis.errors import FileFormatError, Where
from alpclusters.sources.sheet_sandbox import UNSAFE
from alpclusters.sources.texts import check_file
from alpclusters.sources.workbooks import WALL_CLOCK_S, check_zip, windows_needs

MAX_OUTPUT: Final = 1_000_000_000
MAX_WORKBOOK: Final = 100_000_000
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a sheet.

    Attributes
    ----------
    line : int
        1-based, as the spreadsheet counts.
    cells : tuple of str, int, float or None
    formulas, broken : frozenset of int
        0-based columns of cells whose value a formula gave, and of those with an error or a
        formula without a stored value.
    """

    line: int
    cells: tuple[str | int | float | None, ...]
    formulas: frozenset[int]
    broken: frozenset[int]


class SpooledSheet(AbstractContextManager["SpooledSheet"]):
    """The rows of one sheet, on disk until it is closed; they can be read any number of times.

    Attributes
    ----------
    sheets : tuple of str
        The visible sheets.
    sheet : str
        The one that was read.
    """

    def __init__(self, spool: IO[bytes], *, file: str) -> None:
        self._spool = spool
        spool.seek(0)
        head = json.loads(spool.readline() or b"{}")
        if "error" in head or "sheet" not in head:
            code = head.get("error", "workbook.unreadable")
            raise FileFormatError(code, where=Where(file=file))
        self.sheets = tuple(head["sheets"])
        self.sheet = str(head["sheet"])
        self._start = spool.tell()

    def __exit__(self, *_raised: object) -> None:
        """Delete the rows."""
        self._spool.close()

    def __enter__(self) -> Self:
        return self

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows that have a cell, from the first one on."""
        self._spool.seek(self._start)
        for text in self._spool:
            line, cells, *marks = json.loads(text)
            formulas, broken = marks or ((), ())
            yield SheetRow(line, tuple(cells), frozenset(formulas), frozenset(broken))


def spool_sheet(
    path: Path, *, name: str, sheet: str | None = None, max_rows: int | None = None
) -> SpooledSheet:
    """Read one sheet of an .xlsx file in a child process.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        How errors call it.
    sheet : str, optional
        ``None`` takes the first visible one with cells.
    max_rows : int, optional
        Where to stop, for a preview.

    Raises
    ------
    FileFormatError
        No such sheet, no workbook, a bomb, or one that the child could not read in its limits.
    """
    check_file(path, max_bytes=MAX_WORKBOOK)
    try:
        check_zip(path, file=name)
    except zipfile.BadZipFile as error:
        code = "workbook.unreadable"
        raise FileFormatError(code, where=Where(file=name)) from error
    spool = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the sheet
    try:
        _run_child(path, spool, name, sheet, max_rows)
        return SpooledSheet(spool, file=name)
    except BaseException:
        spool.close()
        raise


def _run_child(
    path: Path, spool: IO[bytes], name: str, sheet: str | None, max_rows: int | None
) -> None:
    """Run the child; whatever ends it other than success is a refused file."""
    with path.open("rb") as stream, tempfile.TemporaryDirectory() as empty:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and our own program
            [sys.executable, "-I", "-c", _program(sheet, max_rows)],
            stdin=stream,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=empty,
            env={"LANG": "C.UTF-8", "PYTHONHASHSEED": "0", **windows_needs()},
            close_fds=True,
            start_new_session=True,
        )
        late = threading.Event()
        clock = threading.Timer(WALL_CLOCK_S, _end, (child, late))
        clock.start()
        try:
            is_whole = _copied(child, spool)
        finally:
            clock.cancel()
            child.kill()
            status = child.wait()
    if late.is_set():
        raise FileFormatError("workbook.too_slow", where=Where(file=name))
    if status == UNSAFE:
        raise FileFormatError("workbook.unsafe", where=Where(file=name))
    if status != 0 or not is_whole:
        raise FileFormatError("workbook.unreadable", where=Where(file=name))


def _program(sheet: str | None, max_rows: int | None) -> str:
    root = str(Path(__file__).resolve().parents[2])
    return (
        f"import sys; sys.path.insert(0, {root!r}); "
        f"from alpclusters.sources.sheet_sandbox import main; main({sheet!r}, {max_rows!r})"
    )


def _copied(child: subprocess.Popen[bytes], spool: IO[bytes]) -> bool:
    """Copy what the child says; False if it says too much."""
    size = 0
    with child.stdout as said:  # type: ignore[union-attr]
        while data := said.read(_CHUNK):
            size += len(data)
            if size > MAX_OUTPUT:
                return False
            spool.write(data)
    child.wait()
    return True


def _end(child: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    child.kill()
