"""The child that takes the text out of a foreign DOCX: limits first, then one part of the file.

Only the main text is read; pictures, links, fields, macros and embedded files are never touched.
A document type or entity in the XML ends the reading.
"""

import io
import json
import sys
import zipfile
from typing import IO, Final
from xml.parsers import expat

from alpclusters.sources.pdf_sandbox import MOST_OUTPUT, leave_network
from alpclusters.sources.sandbox import limit_process

MOST_XML: Final = 60_000_000
MOST_PARTS: Final = 2_000
_PART: Final = "word/document.xml"
_BLOCK: Final = 65_536


class _RefusedError(Exception):
    """The document is not read; the argument is a code."""


def main() -> None:
    """Read a DOCX from standard input; write its pages as one JSON line, or a code."""
    leave_network()
    limit_process(most_file_bytes=MOST_OUTPUT)
    try:
        answer: dict[str, object] = {"pages": read(sys.stdin.buffer.read())}
    except _RefusedError as error:
        answer = {"code": error.args[0]}
    except (zipfile.BadZipFile, expat.ExpatError, KeyError, NotImplementedError, RuntimeError):
        answer = {"code": "word.broken"}
    sys.stdout.write(json.dumps(answer))


def read(data: bytes) -> list[str]:
    """Return the text of a document, divided where its pages end.

    Raises
    ------
    _RefusedError
        ``word.broken``, ``word.encrypted``, ``word.macros``, ``word.too_much``.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        _check(archive)
        text = _Text()
        with archive.open(_PART) as part:
            _feed(part, text)
    return text.pages()


def _check(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise _RefusedError("word.too_much")
    if any(part.flag_bits & 1 for part in parts):
        raise _RefusedError("word.encrypted")
    if any(part.filename.endswith("vbaProject.bin") for part in parts):
        raise _RefusedError("word.macros")
    if archive.getinfo(_PART).file_size > MOST_XML:
        raise _RefusedError("word.too_much")


def _feed(part: IO[bytes], text: "_Text") -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = text.begin
    parser.EndElementHandler = text.end
    parser.CharacterDataHandler = text.write
    n = 0
    while block := part.read(_BLOCK):
        n += len(block)
        if n > MOST_XML:
            raise _RefusedError("word.too_much")
        parser.Parse(block)
    parser.Parse(b"", True)  # noqa: FBT003 - the interface of expat


def _refuse(*_facts: object) -> None:
    raise _RefusedError("word.broken")


class _Text:
    """Gathers the words of the main text."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._is_text = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of text, tabs, breaks and ends of pages."""
        kind = name.rpartition(" ")[2]
        self._is_text = kind == "t"
        if kind == "tab":
            self._parts.append("\t")
        elif kind == "lastRenderedPageBreak":
            self._parts.append("\f")
        elif kind in {"br", "cr"}:
            kinds = {v for k, v in attributes.items() if k.endswith("type")}
            self._parts.append("\f" if "page" in kinds else "\n")

    def end(self, name: str) -> None:
        """End a text or a paragraph."""
        self._is_text = False
        if name.endswith(" p"):
            self._parts.append("\n")

    def write(self, text: str) -> None:
        """Keep characters inside a text."""
        if self._is_text:
            self._parts.append(text)

    def pages(self) -> list[str]:
        """Return what is not empty between two ends of pages."""
        pages = [page.strip("\n") for page in "".join(self._parts).split("\f")]
        return [page for page in pages if page.strip()]
