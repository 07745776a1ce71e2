"""Documents of others as pages of text: PDF, DOCX and plain text; pictures of PDF pages.

What came from outside is opened in a child with limits, see `pdf_sandbox` and `word_sandbox`.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from alpclusters.analysis.errors import FileFormatError, Where
from alpclusters.sources.children import ChildError, read_with_child
from alpclusters.sources.pdf_sandbox import MOST_PAGES
from alpclusters.sources.pdf_text import clean_pages

type Kind = Literal["pdf", "docx", "txt"]

MEGABYTE: Final = 1_000_000
MOST_MEGABYTES: Final = 50
MOST_TEXT: Final = 5_000_000
KINDS: Final[tuple[Kind, ...]] = ("pdf", "docx", "txt")
READING_S: Final = 35.0
DRAWING_S: Final = 10.0
# Texts without pages are cut between paragraphs, so that a place can be named and found again.
PART: Final = 6_000
_HEAD: Final = 1_024
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARAGRAPHS: Final = re.compile(r"(?<=\n)")
_NOT_TEXT: Final = re.compile(r"[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """One page, or one part of a text without pages.

    Attributes
    ----------
    number : int
        From 1, as one counts the leaves.
    label : str
        What is printed on the page, where the file says so and it differs from the number.
    text : str
    """

    number: int
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class WrittenPages:
    """Some pages of a document that has ``n_pages``."""

    n_pages: int
    pages: tuple[WrittenPage, ...]


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as PNG, 1,000 pixels wide or less."""

    data: bytes
    width: int
    height: int


def kind_of(path: Path, *, name: str) -> Kind:
    """Tell from what is in a file, not from its name, what it is.

    Parameters
    ----------
    path : Path
    name : str
        How its owner calls it; only for the error.

    Raises
    ------
    FileFormatError
        ``file.empty``, ``document.too_large``, ``document.unknown_kind``, ``document.old_office``.
    """
    where = Where(file=name)
    size = path.stat().st_size
    if not size:
        raise FileFormatError("file.empty", where=where)
    if size > MOST_MEGABYTES * MEGABYTE:
        raise FileFormatError("document.too_large", where=where, expected=str(MOST_MEGABYTES))
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(_OLD_OFFICE):
        raise FileFormatError("document.old_office", where=where)
    # The format lets junk stand before the mark; everybody's readers accept it.
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx"
    if size <= MOST_TEXT and _is_text(path):
        return "txt"
    raise FileFormatError("document.unknown_kind", where=where)


def read_pages(
    path: Path, kind: Kind, *, name: str, first: int = 1, last: int = MOST_PAGES
) -> WrittenPages:
    """Return the text of some pages.

    Parameters
    ----------
    path : Path
    kind : {'pdf', 'docx', 'txt'}
    name : str
        How its owner calls it; only for the error.
    first, last : int
        Which pages; beyond the end there are none.

    Raises
    ------
    FileFormatError
        ``pdf.broken``, ``pdf.encrypted``, ``pdf.too_many_pages``, ``pdf.page_size``, ``word.*``,
        ``document.too_hard`` (took too long), ``document.crashed``, ``document.no_text``.
    """
    if kind == "pdf":
        return _read_pdf(path, name, first, last)
    texts = _word_texts(path, name) if kind == "docx" else _decoded(path).split("\f")
    parts = [part for text in clean_pages(texts) for part in _cut(text)]
    if not parts:
        raise FileFormatError("document.no_text", where=Where(file=name))
    _check_number(len(parts), name)
    pages = [WrittenPage(n, "", text) for n, text in enumerate(parts, start=1)]
    return WrittenPages(len(pages), tuple(pages[first - 1 : last]))


def draw_page(path: Path, number: int, *, name: str) -> PagePicture:
    """Draw one page of a PDF.

    Raises
    ------
    FileFormatError
        As `read_pages`; ``document.no_page``.
    """
    answer = _asked("pdf_sandbox", path, "picture", str(number), "0", name=name, most_s=DRAWING_S)
    head, _line, picture = answer.partition(b"\n")
    told = _record(head, name)
    return PagePicture(picture, told["width"], told["height"])


def _read_pdf(path: Path, name: str, first: int, last: int) -> WrittenPages:
    arguments = ("text", str(first), str(last))
    answer = _asked("pdf_sandbox", path, *arguments, name=name, most_s=READING_S)
    records = [_record(line, name) for line in answer.splitlines()]
    if not records:
        raise FileFormatError("document.crashed", where=Where(file=name))
    texts = clean_pages([record["text"] for record in records[1:]])
    pages = [
        WrittenPage(record["number"], _label(record), text)
        for record, text in zip(records[1:], texts, strict=True)
    ]
    return WrittenPages(records[0]["n_pages"], tuple(pages))


def _label(record: dict[str, Any]) -> str:
    """Leave out a label that only repeats the number."""
    label = "".join(c for c in record["label"] if c.isprintable()).strip()
    return "" if label == str(record["number"]) else label


def _word_texts(path: Path, name: str) -> list[str]:
    told = _record(_asked("word_sandbox", path, name=name, most_s=READING_S), name)
    pages: list[str] = told["pages"]
    return pages


def _asked(module: str, path: Path, *arguments: str, name: str, most_s: float) -> bytes:
    try:
        return read_with_child(module, path, *arguments, wall_clock_s=most_s)
    except ChildError as error:
        code = "document.too_hard" if error.is_late else "document.crashed"
        raise FileFormatError(code, where=Where(file=name)) from error


def _record(line: bytes, name: str) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(line)
    except ValueError as error:
        raise FileFormatError("document.crashed", where=Where(file=name)) from error
    if "code" in told:
        found, most = told.get("found") or None, str(MOST_PAGES)
        raise FileFormatError(told["code"], where=Where(file=name), found=found, expected=most)
    return told


def _check_number(n: int, name: str) -> None:
    if n > MOST_PAGES:
        most, code = str(MOST_PAGES), "pdf.too_many_pages"
        raise FileFormatError(code, where=Where(file=name), found=str(n), expected=most)


def _is_text(path: Path) -> bool:
    text = _decoded(path)
    return bool(text.strip()) and not _NOT_TEXT.search(text)


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _cut(text: str) -> Sequence[str]:
    """Cut a long text between its paragraphs, a longer paragraph between its words."""
    parts = [""]
    for paragraph in _PARAGRAPHS.split(text):
        for piece in _pieces(paragraph):
            if parts[-1] and len(parts[-1]) + len(piece) > PART:
                parts.append("")
            parts[-1] += piece
    return [part.strip() for part in parts if part.strip()]


def _pieces(paragraph: str) -> list[str]:
    pieces = []
    while len(paragraph) > PART:
        place = paragraph.rfind(" ", 0, PART) + 1 or PART
        pieces.append(paragraph[:place])
        paragraph = paragraph[place:]
    return [*pieces, paragraph]
