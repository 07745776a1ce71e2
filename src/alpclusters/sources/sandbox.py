"""The child that reads a foreign workbook: limits first, then the file, JSON lines out.

Runs as its own process with an empty environment; imports nothing of ours and no NumPy, so
that the address space it may use is the file's.
"""

import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Final

ADDRESS_SPACE: Final = 1 << 30
CPU_S: Final = (30, 35)


def main() -> None:
    """Read a workbook from standard input and write one JSON line per visible sheet."""
    limit_process()
    import io  # noqa: PLC0415 - after the limits

    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    for sheet in book.sheets_metadata:
        if sheet.visible != SheetVisibleEnum.Visible:
            continue
        rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        record = {"name": sheet.name, "rows": [[_cell(cell) for cell in row] for row in rows]}
        sys.stdout.write(json.dumps(record, ensure_ascii=True) + "\n")


def limit_process(*, most_file_bytes: int = 0) -> None:
    """Set limits where the system has them; elsewhere the parent's clock remains.

    Parameters
    ----------
    most_file_bytes : int, default 0
        How large a file the process may write; standard output is a pipe and no file.
    """
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    limits = (
        (resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE)),
        (resource.RLIMIT_CPU, CPU_S),
        (resource.RLIMIT_FSIZE, (most_file_bytes, most_file_bytes)),
        (resource.RLIMIT_NOFILE, (32, 32)),
        (resource.RLIMIT_CORE, (0, 0)),
    )
    for kind, values in limits:
        resource.setrlimit(kind, values)


def _cell(value: object) -> str | int | float | None:
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, (int, float, str)):
        return value if value != "" else None
    return None
