"""From the bytes of a file to its text: size, NUL, encodings; nothing is replaced silently."""

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import FileFormatError, Where
from alpclusters.sources.records import Note

MAX_BYTES: Final = 500_000_000
SAMPLE: Final = 20
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FOREIGN: Final = (
    (b"PK\x03\x04", "zip, xlsx"),
    (b"\xd0\xcf\x11\xe0", "xls, doc"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "png"),
    (b"\x1f\x8b", "gzip"),
)


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A file's text, its raw bytes and what was assumed about the encoding."""

    text: str
    data: bytes
    notes: tuple[Note, ...] = ()


def read_bytes(path: Path, *, max_bytes: int = MAX_BYTES) -> bytes:
    """Read a whole file.

    Raises
    ------
    FileFormatError
        Missing, a folder, empty, too large, or not readable.
    """
    check_file(path, max_bytes=max_bytes)
    where = Where(file=path.name)
    try:
        data = path.read_bytes()
    except OSError as error:
        code = "file.unreadable"
        raise FileFormatError(code, where=where, found=error.strerror or "") from error
    if not data.strip():
        code = "file.empty"
        raise FileFormatError(code, where=where)
    return data


def check_file(path: Path, *, max_bytes: int = MAX_BYTES) -> None:
    """Refuse what cannot be read as a whole, before it is opened.

    Raises
    ------
    FileFormatError
        Missing, a folder, or too large.
    """
    where = Where(file=path.name)
    if not path.exists():
        code = "file.missing"
        raise FileFormatError(code, where=where)
    if not path.is_file():
        code = "file.not_a_file"
        raise FileFormatError(code, where=where)
    size = path.stat().st_size
    if size > max_bytes:
        code = "file.too_large"
        raise FileFormatError(code, where=where, found=str(size), expected=str(max_bytes))


def encoding_of(data: bytes, *, file: str) -> str:
    """Return the encoding that the first bytes of a file tell by their mark, else UTF-8.

    Raises
    ------
    FileFormatError
        They are those of another kind of file.
    """
    for start, kind in _FOREIGN:
        if data.startswith(start):
            code = "file.wrong_kind"
            raise FileFormatError(code, where=Where(file=file), found=kind, expected="csv")
    return next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")


def decode_text(data: bytes, *, file: str, guess_western: bool = False) -> DecodedText:
    r"""Decode bytes: by byte order mark, else UTF-8, else Windows-1252 with a note.

    Parameters
    ----------
    data : bytes
        The whole file.
    file : str
        Its name, for errors.
    guess_western : bool, default False
        Whether bytes that are not UTF-8 may be read as Windows-1252; the note shows a sample.

    Returns
    -------
    DecodedText

    Raises
    ------
    FileFormatError
        Another kind of file, a NUL character, or bytes in no known encoding; with the line.

    Examples
    --------
    >>> decode_text(b"\xef\xbb\xbfa,b", file="x.csv").text
    'a,b'
    >>> decode_text("Maß".encode("cp1252"), file="x.csv", guess_western=True).notes[0].code
    'encoding.guessed'
    """
    encoding = encoding_of(data, file=file)
    if encoding in ("utf-8", "utf-8-sig"):
        _refuse_nul(data, file=file)
    try:
        return DecodedText(_checked(data.decode(encoding), file=file), data)
    except UnicodeDecodeError as error:
        if encoding != "utf-8" or not guess_western:
            raise _undecodable(data, error, file=file) from error
        return _as_western(data, error, file=file)


def _checked(text: str, *, file: str) -> str:
    if "\0" in text:
        code = "file.nul"
        line = text.count("\n", 0, text.index("\0")) + 1
        raise FileFormatError(code, where=Where(file=file, line=line))
    return text


def _refuse_nul(data: bytes, *, file: str) -> None:
    place = data.find(b"\0")
    if place >= 0:
        code = "file.nul"
        where = Where(file=file, line=_line(data, place), column=str(_byte_column(data, place)))
        raise FileFormatError(code, where=where)


def _undecodable(data: bytes, error: UnicodeDecodeError, *, file: str) -> FileFormatError:
    place = error.start
    where = Where(file=file, line=_line(data, place), column=str(_byte_column(data, place)))
    return FileFormatError(
        "file.encoding", where=where, found=data[place : place + 1].hex(), expected="UTF-8"
    )


def _as_western(data: bytes, error: UnicodeDecodeError, *, file: str) -> DecodedText:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as second:
        raise _undecodable(data, second, file=file) from second
    near = data[max(0, error.start - SAMPLE) : error.start + SAMPLE].decode("cp1252", "replace")
    sample = " ".join(near.split())
    note = Note("encoding.guessed", {"encoding": "Windows-1252", "sample": sample, "file": file})
    return DecodedText(text, data, (note,))


def _line(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1


def _byte_column(data: bytes, place: int) -> int:
    return place - (data.rfind(b"\n", 0, place) + 1) + 1
