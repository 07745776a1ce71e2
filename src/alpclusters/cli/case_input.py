"""A funding case from a JSON file, for the commands that judge or fund one."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from alpclusters.analysis.errors import FileFormatError, Where, shown

if TYPE_CHECKING:
    from alpclusters.analysis.funding.case import Case

MAX_BYTES: Final = 50_000_000
KIND: Final = "JSON (UTF-8)"


def read_case_file(path: Path) -> "Case":
    """Read and check a case.

    Raises
    ------
    FileFormatError
        There is no such file, or it holds no JSON.
    CaseError
        The JSON is no case; all that is wrong, with pointers into it.
    """
    from alpclusters.analysis.funding.case_files import read_case
    from alpclusters.platform.funding.domain.territory import territory

    return read_case(_data(path), territory=territory())


def seeded(case: "Case", seed: int | None) -> "Case":
    """Return a case whose search starts with a number; None keeps its own.

    Raises
    ------
    AnalysisError
        The number is out of range.
    """
    from dataclasses import replace

    from alpclusters.analysis.errors import AnalysisError

    if seed is None:
        return case
    if not 0 <= seed < 2**31:
        where = Where(argument="--seed")
        raise AnalysisError("argument.out_of_range", where=where, expected="0 – 2147483647")
    return replace(case, solver=replace(case.solver, seed=seed))


def _data(path: Path) -> object:
    text = _text(path)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = Where(file=path.name, line=error.lineno, column=str(error.colno))
        raise FileFormatError("case.not_json", where=place, found=error.msg) from error
    # Numbers of more than 4,300 digits, and lists in lists without end.
    except (ValueError, RecursionError) as error:
        found = shown(str(error))
        raise FileFormatError("case.not_json", where=Where(file=path.name), found=found) from error


def _text(path: Path) -> str:
    where = Where(file=path.name)
    if not path.exists():
        raise FileFormatError("path.missing", where=Where(file=str(path)))
    if not path.is_file():
        raise FileFormatError("case.not_a_file", where=where)
    size = path.stat().st_size
    if size > MAX_BYTES:
        found, expected = str(size), str(MAX_BYTES)
        raise FileFormatError("file.too_large", where=where, found=found, expected=expected)
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"0x{error.object[error.start]:02X}"
        code = "case.encoding"
        raise FileFormatError(code, where=where, found=found, expected=KIND) from error
    except OSError as error:
        found = error.strerror or ""
        raise FileFormatError("file.unreadable", where=where, found=found) from error
