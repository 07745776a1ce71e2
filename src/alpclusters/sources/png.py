"""PNG pictures: what is needed to draw a foreign one, and writing one of our own.

A strict walk over the chunks: texts, times, profiles and further frames are left out, what does
not look like a plain PNG is refused. Nothing is decoded. Imports little, so that it can run in a
child with little memory.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from alpclusters.sources.jpeg import MAX_SIDE

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_KEPT: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_HEADER: Final = struct.Struct(">IIBBBBB")
# Length, kind and checksum around the content of a chunk.
_AROUND: Final = 12
_ANCILLARY: Final = 0x20


class PictureError(Exception):
    """The picture is refused.

    Attributes
    ----------
    code : str
        ``logo.broken``, ``logo.moving``, ``logo.svg``, ``logo.unknown_kind``, ``photo.too_large``.
    found : str
        The sides in pixels, where they are too large.
    """

    def __init__(self, code: str, found: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.found = found


@dataclass(frozen=True, slots=True)
class Walked:
    """A picture that was walked through and not decoded.

    Attributes
    ----------
    kind : str
        ``png``, ``jpg`` or ``webp``.
    data : bytes
    width, height : int
        In pixels, as the file declares them.
    """

    kind: str
    data: bytes
    width: int
    height: int


def walk_png(data: bytes) -> Walked:
    """Return a PNG without everything that is not its (first) picture.

    Raises
    ------
    PictureError
        ``logo.broken``, ``photo.too_large`` (more than 4,000 pixels a side).
    """
    chunks = [chunk for chunk in _chunks(data) if chunk[0] in _KEPT]
    kinds = [kind for kind, _content in chunks]
    if kinds[:1] != [b"IHDR"] or kinds.count(b"IHDR") != 1 or b"IDAT" not in kinds:
        raise PictureError("logo.broken")
    header = chunks[0][1]
    if len(header) != _HEADER.size:
        raise PictureError("logo.broken")
    width, height = _HEADER.unpack(header)[:2]
    check_sides(width, height)
    return Walked("png", _written(chunks), width, height)


def check_sides(width: int, height: int) -> None:
    """Refuse a picture without pixels, and one with too many."""
    if not (width and height):
        raise PictureError("logo.broken")
    if max(width, height) > MAX_SIDE:
        raise PictureError("photo.too_large", found=f"{width} x {height}")


def write_png(width: int, height: int, pixels: bytes) -> bytes:
    """Write a picture with transparency.

    Parameters
    ----------
    width, height : int
    pixels : bytes
        Red, green, blue and opacity of each pixel, row by row.

    Examples
    --------
    >>> walk_png(write_png(1, 1, b"abcd")).width
    1
    """
    stride = width * 4
    lines = b"".join(b"\0" + pixels[y * stride : (y + 1) * stride] for y in range(height))
    header = _HEADER.pack(width, height, 8, 6, 0, 0, 0)
    return _written([(b"IHDR", header), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b"")])


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Walk over the chunks up to the end mark; one that must be understood and is not ends it."""
    place = len(SIGNATURE)
    kind = b""
    while kind != b"IEND":
        end = place + _AROUND + int.from_bytes(data[place : place + 4])
        if end > len(data):
            raise PictureError("logo.broken")
        kind, content = data[place + 4 : place + 8], data[place + 8 : end - 4]
        if int.from_bytes(data[end - 4 : end]) != zlib.crc32(kind + content):
            raise PictureError("logo.broken")
        if kind not in _KEPT and not kind[0] & _ANCILLARY:
            raise PictureError("logo.broken")
        yield kind, content
        place = end


def _written(chunks: list[tuple[bytes, bytes]]) -> bytes:
    parts = [
        len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)
        for kind, content in chunks
    ]
    return b"".join([SIGNATURE, *parts])
