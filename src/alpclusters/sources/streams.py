"""Large text files line by line: looked through once for encoding and damage, then streamed."""

import codecs
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Final

from alpclusters.analysis.errors import FileFormatError, Where
from alpclusters.sources.archives import find_member, is_zip, open_member
from alpclusters.sources.gzips import is_gzip, open_gzip
from alpclusters.sources.records import Note
from alpclusters.sources.texts import MAX_BYTES, SAMPLE, check_file, encoding_of

Opener = Callable[[], AbstractContextManager[IO[bytes]]]
CHUNK: Final = 1 << 20
# A longer line comes in pieces, so that a file without line ends never fills the memory.
LINE_LIMIT: Final = 1_000_000
_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class TextStream:
    """A text that was looked through and can be read any number of times.

    Attributes
    ----------
    file : str
        Name for errors and provenance.
    encoding, sha256 : str
    n_bytes : int
        Of the text itself, unpacked.
    notes : tuple of Note
        What was assumed about the encoding.
    """

    file: str
    encoding: str
    sha256: str
    n_bytes: int
    notes: tuple[Note, ...]
    _open: Opener

    def lines(self) -> Iterator[str]:
        """Yield the lines with their ends; a line beyond `LINE_LIMIT` in pieces."""
        with self._open() as raw:
            text = io.TextIOWrapper(raw, encoding=self.encoding, newline="")
            while line := text.readline(LINE_LIMIT):
                yield line


def open_packed_text(path: Path, *, name: str, max_bytes: int = MAX_BYTES) -> TextStream:
    """Look through a text file that may be packed with gzip, without keeping it.

    Parameters
    ----------
    path : Path
    name : str
        How errors and provenance call it.
    max_bytes : int
        Larger files are refused, packed or unpacked.

    Returns
    -------
    TextStream

    Raises
    ------
    FileFormatError
        As `open_text`; damaged, or unpacked too large.
    """
    _check_size(path, name, max_bytes)
    try:
        if not is_gzip(path):
            return open_text(path, name=name, max_bytes=max_bytes)
        return _probed(partial(open_gzip, path, name=name, max_bytes=max_bytes), name)
    except OSError as error:
        code = "file.unreadable"
        found = error.strerror or ""
        raise FileFormatError(code, where=Where(file=name), found=found) from error


def open_text(
    source: Path | bytes, *, name: str, member: str | None = None, max_bytes: int = MAX_BYTES
) -> TextStream:
    """Look through a text file, or a member of a zip archive, without keeping it.

    Parameters
    ----------
    source : Path or bytes
        The file, or what is in it.
    name : str
        How errors and provenance call it.
    member : str, optional
        Which file to take if this is a zip archive; ``None`` refuses archives.
    max_bytes : int
        Larger files are refused.

    Returns
    -------
    TextStream
        UTF-8, UTF-16 or UTF-32 by mark, else Windows-1252 with a note.

    Raises
    ------
    FileFormatError
        Missing, empty, too large, another kind of file, NUL, no known encoding, or an archive
        that is unsafe, damaged or lacks the member.
    """
    _check_size(source, name, max_bytes)
    try:
        return _opened(source, name, member)
    except _DAMAGE as error:
        code = "archive.unsafe"
        raise FileFormatError(code, where=Where(file=name)) from error
    except OSError as error:
        code = "file.unreadable"
        found = error.strerror or ""
        raise FileFormatError(code, where=Where(file=name), found=found) from error


def _opened(source: Path | bytes, name: str, member: str | None) -> TextStream:
    if member and is_zip(source):
        found = find_member(source, member, file=name)
        return _probed(partial(open_member, source, found), f"{name}/{found}")
    return _probed(_opener(source), name)


def _check_size(source: Path | bytes, name: str, max_bytes: int) -> None:
    if isinstance(source, Path):
        check_file(source, max_bytes=max_bytes)
    elif len(source) > max_bytes:
        code = "file.too_large"
        found, most = str(len(source)), str(max_bytes)
        raise FileFormatError(code, where=Where(file=name), found=found, expected=most)


def _opener(source: Path | bytes) -> Opener:
    if isinstance(source, bytes):
        return lambda: nullcontext(io.BytesIO(source))
    return lambda: source.open("rb")


def _probed(opener: Opener, file: str) -> TextStream:
    with opener() as raw:
        encoding = encoding_of(raw.read(CHUNK), file=file)
    try:
        digest, size = _looked_through(opener, encoding, file)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise _undecodable(error, file, encoding) from error
        note = _guess(error, file)
        try:
            digest, size = _looked_through(opener, "cp1252", file)
        except UnicodeDecodeError as second:
            raise _undecodable(second, file, encoding) from second
        return TextStream(file, "cp1252", digest, size, (note,), opener)
    return TextStream(file, encoding, digest, size, (), opener)


def _looked_through(opener: Opener, encoding: str, file: str) -> tuple[str, int]:
    """Decode everything once; return digest and size of the bytes."""
    decoder = codecs.getincrementaldecoder(encoding)()
    digest, size, line, is_blank = hashlib.sha256(), 0, 1, True
    with opener() as raw:
        while True:
            data = raw.read(CHUNK)
            text = _decoded(decoder, data, line)
            _refuse_nul(text, line, file)
            digest.update(data)
            size, line = size + len(data), line + text.count("\n")
            is_blank = is_blank and not text.strip()
            if not data:
                break
    if is_blank:
        code = "file.empty"
        raise FileFormatError(code, where=Where(file=file))
    return digest.hexdigest(), size


def _decoded(decoder: codecs.IncrementalDecoder, data: bytes, line: int) -> str:
    try:
        return decoder.decode(data, final=not data)
    except UnicodeDecodeError as error:
        error.reason = str(line + error.object.count(b"\n", 0, error.start))
        raise


def _refuse_nul(text: str, line: int, file: str) -> None:
    place = text.find("\0")
    if place >= 0:
        code = "file.nul"
        raise FileFormatError(code, where=Where(file=file, line=line + text.count("\n", 0, place)))


def _undecodable(error: UnicodeDecodeError, file: str, encoding: str) -> FileFormatError:
    found = error.object[error.start : error.start + 1].hex()
    where = Where(file=file, line=int(error.reason))
    return FileFormatError("file.encoding", where=where, found=found, expected=encoding.upper())


def _guess(error: UnicodeDecodeError, file: str) -> Note:
    near = error.object[max(0, error.start - SAMPLE) : error.start + SAMPLE]
    sample = " ".join(near.decode("cp1252", "replace").split())
    values: dict[str, str | int] = {"encoding": "Windows-1252", "sample": sample, "file": file}
    return Note("encoding.guessed", values)
