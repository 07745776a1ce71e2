"""The child that opens a foreign PDF: limits first, then the file, text or one picture out.

Runs as its own process with an empty environment and, where the system lets it, without a network.
PDFium is built without a script engine here; forms are not initialised, attachments, links and
actions are never asked for.
"""

import contextlib
import ctypes
import json
import math
import os
import struct
import sys
import zlib
from collections.abc import Iterator
from typing import Any, Final

from alpclusters.sources.sandbox import limit_process

MOST_PAGES: Final = 500
# The largest side of a page that the format itself foresees is 14,400 points.
MOST_POINTS: Final = 14_400.0
MOST_PAGE_CHARACTERS: Final = 100_000
MOST_OUTPUT: Final = 64_000_000
PICTURE_WIDTH: Final = 1_000
MOST_PICTURE_HEIGHT: Final = 3_000
_PASSWORD: Final = 4
_CLONE_ALONE: Final = 0x10000000 | 0x40000000


class _RefusedError(Exception):
    """The document is not read; the first argument is a code, the second what was found."""


def main(wish: str, first: str, last: str) -> None:
    """Read a PDF from standard input.

    Parameters
    ----------
    wish : {'text', 'picture'}
        Text writes a JSON line about the document, then one for each page; a picture writes a
        JSON line and the bytes of a PNG.
    first, last : str
        Numbers of pages, from 1.
    """
    leave_network()
    limit_process(most_file_bytes=MOST_OUTPUT)
    out = sys.stdout.buffer
    try:
        document = _open(sys.stdin.buffer.read())
        if wish == "picture":
            _say(draw(document, int(first)))
            return
        _say(json.dumps({"n_pages": len(document)}).encode() + b"\n")
        for record in read(document, int(first), int(last)):
            _say(json.dumps(record).encode() + b"\n")
    except _RefusedError as error:
        code, found = error.args
        _say(json.dumps({"code": code, "found": found}).encode() + b"\n")
    out.flush()


def leave_network() -> None:
    """Go where there is no network; systems that do not let us keep the other limits."""
    with contextlib.suppress(AttributeError, OSError):
        os.unshare(_CLONE_ALONE)


def read(document: Any, first: int, last: int) -> Iterator[dict[str, Any]]:
    """Yield number, printed label and text of some pages."""
    for number in range(first, min(last, len(document)) + 1):
        page = _page(document, number)
        text = page.get_textpage()
        n = min(text.count_chars(), MOST_PAGE_CHARACTERS)
        found = text.get_text_range(0, n, errors="replace") if n > 0 else ""
        label = document.get_page_label(number - 1) or ""
        text.close()
        page.close()
        yield {"number": number, "label": label[:20], "text": found}


def draw(document: Any, number: int) -> bytes:
    """Return a JSON line and the PNG of one page."""
    if not 1 <= number <= len(document):
        raise _RefusedError("document.no_page", str(number))
    page = _page(document, number)
    width, height = page.get_size()
    # PDFium rounds up: a hair less keeps the width.
    scale = min(PICTURE_WIDTH / width, MOST_PICTURE_HEIGHT / height) * (1 - 1e-6)
    bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True)
    pixels = ctypes.string_at(bitmap.buffer, bitmap.stride * bitmap.height)
    picture = _png(bitmap.width, bitmap.height, bitmap.stride, pixels)
    head = {"width": bitmap.width, "height": bitmap.height}
    return json.dumps(head).encode() + b"\n" + picture


def _open(data: bytes) -> Any:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == _PASSWORD or "password" in str(error)
        raise _RefusedError("pdf.encrypted" if is_locked else "pdf.broken", "") from error
    if len(document) < 1:
        raise _RefusedError("pdf.broken", "")
    if len(document) > MOST_PAGES:
        raise _RefusedError("pdf.too_many_pages", str(len(document)))
    return document


def _page(document: Any, number: int) -> Any:
    import pypdfium2

    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise _RefusedError("pdf.broken", "") from error
    width, height = page.get_size()
    is_sane = all(math.isfinite(side) and 1 <= side <= MOST_POINTS for side in (width, height))
    if not is_sane:
        raise _RefusedError("pdf.page_size", str(number))
    return page


def _png(width: int, height: int, stride: int, pixels: bytes) -> bytes:
    lines = b"".join(b"\0" + pixels[y * stride : y * stride + width * 3] for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    )


def _say(data: bytes) -> None:
    sys.stdout.buffer.write(data)
