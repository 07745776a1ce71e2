"""Files packed with gzip, unpacked as they are read and never beyond a limit."""

import gzip
import io
import zlib
from collections.abc import Buffer, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from alpclusters.analysis.errors import FileFormatError, Where
from alpclusters.sources.workbooks import MAX_RATIO, RATIO_FROM

MAGIC: Final = b"\x1f\x8b"


def is_gzip(path: Path) -> bool:
    """Tell whether the first bytes are those of gzip."""
    with path.open("rb") as stream:
        return stream.read(len(MAGIC)) == MAGIC


@contextmanager
def open_gzip(path: Path, *, name: str, max_bytes: int) -> Iterator[IO[bytes]]:
    """Open what is packed; reading ends with an error before too much is unpacked.

    Parameters
    ----------
    path : Path
    name : str
        How errors call it.
    max_bytes : int
        Unpacked; besides, at most a hundred times the size of the file (from a megabyte on).

    Raises
    ------
    FileFormatError
        While reading: damaged, cut off, or larger than allowed (``archive.unsafe``).
    """
    most = min(max_bytes, max(RATIO_FROM, path.stat().st_size * MAX_RATIO))
    with gzip.open(path, "rb") as packed, io.BufferedReader(_Limited(packed, name, most)) as read:
        yield read


class _Limited(io.RawIOBase):
    def __init__(self, packed: gzip.GzipFile, name: str, most: int) -> None:
        super().__init__()
        self._packed, self._name, self._left = packed, name, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = self._packed.read(len(view))
        except (OSError, EOFError, zlib.error) as error:
            raise self._unsafe() from error
        self._left -= len(data)
        if self._left < 0:
            raise self._unsafe()
        view[: len(data)] = data
        return len(data)

    def _unsafe(self) -> FileFormatError:
        return FileFormatError("archive.unsafe", where=Where(file=self._name))
