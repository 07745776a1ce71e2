"""One member of a foreign zip archive, opened only after the directory was looked at."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Final

from alpclusters.analysis.errors import FileFormatError, Where
from alpclusters.sources.workbooks import MAX_ENTRIES, MAX_RATIO, RATIO_FROM

MAX_MEMBER: Final = 1_000_000_000
MAX_SHOWN: Final = 8


def is_zip(source: Path | bytes) -> bool:
    """Tell whether the first bytes are those of a zip archive."""
    if isinstance(source, bytes):
        return source.startswith(b"PK\x03\x04")
    with source.open("rb") as stream:
        return stream.read(4) == b"PK\x03\x04"


def find_member(source: Path | bytes, name: str, *, file: str) -> str:
    """Return the full name of a member, found by its last part in any case.

    Parameters
    ----------
    source : Path or bytes
        The archive.
    name : str
        Such as ``organization.csv``.
    file : str
        How errors call the archive.

    Raises
    ------
    FileFormatError
        No archive, encrypted, a bomb by its own directory, or without that member.
    """
    try:
        with zipfile.ZipFile(_stream(source)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _unsafe(file) from error
    found = [entry for entry in entries if _last_part(entry) == name.casefold()]
    if _is_odd(entries) or len(found) > 1 or any(map(_is_unsafe, found)):
        raise _unsafe(file)
    if not found:
        code = "archive.member_missing"
        shown = ", ".join(entry.filename for entry in entries[:MAX_SHOWN])
        raise FileFormatError(code, where=Where(file=file), found=shown, expected=name)
    return found[0].filename


@contextmanager
def open_member(source: Path | bytes, member: str) -> Iterator[IO[bytes]]:
    """Open a member that `find_member` let pass; never more than its stated size is read."""
    with zipfile.ZipFile(_stream(source)) as archive, archive.open(member) as stream:
        yield stream


def _stream(source: Path | bytes) -> Path | io.BytesIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source


def _last_part(entry: zipfile.ZipInfo) -> str:
    return PurePosixPath(entry.filename).name.casefold()


def _is_odd(entries: list[zipfile.ZipInfo]) -> bool:
    names = {entry.filename for entry in entries}
    return len(entries) > MAX_ENTRIES or len(names) < len(entries)


def _is_unsafe(entry: zipfile.ZipInfo) -> bool:
    is_bomb = (
        entry.file_size >= RATIO_FROM and entry.file_size > max(entry.compress_size, 1) * MAX_RATIO
    )
    return bool(entry.flag_bits & 1) or entry.file_size > MAX_MEMBER or is_bomb


def _unsafe(file: str) -> FileFormatError:
    return FileFormatError("archive.unsafe", where=Where(file=file))
