"""Cells of a foreign workbook, read in a child process with limits.

The reader ends the whole process on some hostile files (it reserves the rectangle of the used
range), so it never runs in ours: `alpclusters.sources.sandbox` is the child.
"""

import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import FileFormatError, Where

Cell = str | int | float | None
WALL_CLOCK_S: Final = 60
MAX_OUTPUT: Final = 256_000_000
MAX_ENTRIES: Final = 1_000
MAX_INFLATED: Final = 200_000_000
# Sheets of figures shrink to a twentieth, of one sentence over and over to a fiftieth.
MAX_RATIO: Final = 100
RATIO_FROM: Final = 1_000_000
_OLD_MAGIC: Final = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; all rows have the same length, empty cells are None."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def read_workbook(path: Path, *, name: str | None = None) -> tuple[Sheet, ...]:
    """Read every visible sheet of an .xlsx or .xls file.

    Parameters
    ----------
    path : Path
        The file.
    name : str, optional
        How errors call it; ``None`` takes the file's name.

    Raises
    ------
    FileFormatError
        No workbook, a bomb, or one that the child could not read within its limits.
    """
    shown = name or path.name
    data = path.read_bytes()
    if zipfile.is_zipfile(io.BytesIO(data)):
        check_zip(io.BytesIO(data), file=shown)
    elif not data.startswith(_OLD_MAGIC):
        code = "file.wrong_kind"
        raise FileFormatError(code, where=Where(file=shown), expected="xlsx, xls")
    return tuple(_sheet(line) for line in _child_lines(path, file=shown))


def check_zip(source: Path | io.BytesIO, *, file: str) -> None:
    """Refuse archives that would inflate beyond reason, from their directory alone.

    Raises
    ------
    FileFormatError
        Encrypted, too many entries, two of one name, or a bomb.
    """
    where = Where(file=file)
    with zipfile.ZipFile(source) as archive:
        entries = archive.infolist()
    names = [entry.filename for entry in entries]
    is_odd = len(entries) > MAX_ENTRIES or len(set(names)) < len(names)
    is_encrypted = any(entry.flag_bits & 1 for entry in entries)
    total = sum(entry.file_size for entry in entries)
    is_bomb = total > MAX_INFLATED or any(_ratio(entry) > MAX_RATIO for entry in entries)
    if is_odd or is_encrypted or is_bomb:
        code = "workbook.unsafe"
        raise FileFormatError(code, where=where)


def _ratio(entry: zipfile.ZipInfo) -> float:
    if entry.file_size < RATIO_FROM:
        return 0.0
    return entry.file_size / max(entry.compress_size, 1)


def _child_lines(path: Path, *, file: str) -> list[bytes]:
    """Run the child; whatever ends it other than success is a refused file."""
    root = str(Path(__file__).resolve().parents[2])
    start = (
        f"import sys; sys.path.insert(0, {root!r}); "
        "from alpclusters.sources.sandbox import main; main()"
    )
    with path.open("rb") as stream, tempfile.TemporaryDirectory() as empty:
        try:
            result = subprocess.run(  # noqa: S603 - our own interpreter and our own program
                [sys.executable, "-I", "-c", start],
                stdin=stream,
                capture_output=True,
                timeout=WALL_CLOCK_S,
                cwd=empty,
                env={"LANG": "C.UTF-8", "PYTHONHASHSEED": "0", **windows_needs()},
                close_fds=True,
                start_new_session=True,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            code = "workbook.too_slow"
            raise FileFormatError(code, where=Where(file=file)) from error
    if result.returncode != 0 or len(result.stdout) > MAX_OUTPUT:
        code = "workbook.unreadable"
        raise FileFormatError(code, where=Where(file=file))
    return result.stdout.splitlines()


def windows_needs() -> dict[str, str]:
    """Windows does not start a process without this variable."""
    root = os.environ.get("SYSTEMROOT")
    return {"SYSTEMROOT": root} if root else {}


def _sheet(line: bytes) -> Sheet:
    record = json.loads(line)
    return Sheet(record["name"], tuple(tuple(row) for row in record["rows"]))
