"""A JPEG picture without everything that is not the picture: place, camera, comments, thumbnails.

A strict walk over the markers: what is not needed to draw the picture is left out, what does not
look like a plain JPEG is refused. Nothing is decoded. Imports nothing, so that it can run in a
child with little memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MAX_SIDE: Final = 4000
MAX_SCANS: Final = 64
_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
# Baseline, extended and progressive, all Huffman coded.
_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2})
# Huffman tables, quantisation tables, restart interval.
_TABLES: Final = frozenset({0xC4, 0xDB, 0xDD})
# APP0 to APP15 and comments: EXIF, place, profiles, other pictures.
_DROPPED: Final = frozenset({*range(0xE0, 0xF0), 0xFE})
_RESTARTS: Final = frozenset(range(0xD0, 0xD8))
_FRAME_LENGTHS: Final = {1: 11, 3: 17}
_MARK: Final = 0xFF
_EIGHT_BITS: Final = 8


class JpegError(Exception):
    """The file is refused.

    Attributes
    ----------
    code : str
        ``photo.not_a_jpeg``, ``photo.too_large``.
    found : str
        The sides in pixels, where they are too large.
    """

    def __init__(self, code: str, found: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.found = found


@dataclass(frozen=True, slots=True)
class Jpeg:
    """A picture that was walked through.

    Attributes
    ----------
    data : bytes
        Only frame, tables and scans.
    width, height : int
        In pixels.
    """

    data: bytes
    width: int
    height: int


def clean_jpeg(data: bytes) -> Jpeg:
    """Return the picture of a JPEG file without any metadata.

    Raises
    ------
    JpegError
        ``photo.not_a_jpeg``, ``photo.too_large`` (more than 4,000 pixels a side).
    """
    if data[:2] != bytes((_MARK, _SOI)):
        raise _broken()
    kept, size, n_scans = [data[:2]], None, 0
    for marker, segment in _segments(data):
        if marker in _FRAMES:
            if size is not None:
                raise _broken()
            size = _size(segment)
        n_scans += marker == _SOS
        if n_scans > MAX_SCANS or (n_scans and size is None):
            raise _broken()
        if marker not in _DROPPED:
            kept.append(segment)
    if size is None or not n_scans:
        raise _broken()
    return Jpeg(b"".join([*kept, bytes((_MARK, _EOI))]), *size)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Walk over markers and their segments, a scan with its coded data, up to the end mark."""
    place = 2
    while True:
        place, marker = _marker(data, place)
        if marker == _EOI:
            return
        if marker not in _FRAMES | _TABLES | _DROPPED | {_SOS}:
            raise _broken()
        end = place + int.from_bytes(data[place : place + 2])
        if end < place + 2 or end > len(data):
            raise _broken()
        end = _end_of_scan(data, end) if marker == _SOS else end
        yield marker, bytes((_MARK, marker)) + data[place:end]
        place = end


def _marker(data: bytes, place: int) -> tuple[int, int]:
    if data[place : place + 1] != bytes((_MARK,)):
        raise _broken()
    while place < len(data) and data[place] == _MARK:
        place += 1
    if place >= len(data):
        raise _broken()
    return place + 1, data[place]


def _end_of_scan(data: bytes, place: int) -> int:
    """Find the marker that ends the coded data: not a stuffed byte, not a restart."""
    while True:
        place = data.find(bytes((_MARK,)), place)
        if place < 0 or place + 1 >= len(data):
            raise _broken()
        following = data[place + 1]
        if following == 0 or following in _RESTARTS:
            place += 2
        elif following == _MARK:
            place += 1
        else:
            return place


def _size(frame: bytes) -> tuple[int, int]:
    n_components = frame[9] if len(frame) > 9 else 0  # noqa: PLR2004 - marker, length, bits, sides
    if frame[4] != _EIGHT_BITS or int.from_bytes(frame[2:4]) != _FRAME_LENGTHS.get(n_components):
        raise _broken()
    height, width = int.from_bytes(frame[5:7]), int.from_bytes(frame[7:9])
    if not (width and height):
        raise _broken()
    if max(width, height) > MAX_SIDE:
        raise JpegError("photo.too_large", found=f"{width} x {height}")
    return width, height


def _broken() -> JpegError:
    return JpegError("photo.not_a_jpeg")
