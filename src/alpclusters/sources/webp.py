"""WebP pictures: a strict walk over the chunks of a still one; nothing is decoded."""

from collections.abc import Iterator
from typing import Final

from alpclusters.sources.png import PictureError, Walked, check_sides

_LOSSY: Final = b"VP8 "
_LOSSLESS: Final = b"VP8L"
_EXTENDED: Final = b"VP8X"
_OPACITY: Final = b"ALPH"
_START_OF_FRAME: Final = b"\x9d\x01\x2a"
_LOSSLESS_MARK: Final = 0x2F
_FLAG_MOVING: Final = 0x02
_FLAG_OPACITY: Final = 0x10
_FOURTEEN_BITS: Final = 0x3FFF
_SHORTEST: Final = 5


def is_webp(data: bytes) -> bool:
    """Say whether a file begins as one."""
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def walk_webp(data: bytes) -> Walked:
    """Return a WebP without place, camera, profile and texts.

    Raises
    ------
    PictureError
        ``logo.broken``, ``logo.moving``, ``photo.too_large`` (more than 4,000 pixels a side).
    """
    chunks = dict(_chunks(data))
    flags = chunks.get(_EXTENDED) or b"\0"
    if flags[0] & _FLAG_MOVING:
        raise PictureError("logo.moving")
    bodies = [kind for kind in (_LOSSY, _LOSSLESS) if kind in chunks]
    if len(bodies) != 1:
        raise PictureError("logo.broken")
    width, height = _sides(bodies[0], chunks[bodies[0]])
    check_sides(width, height)
    opacity = chunks.get(_OPACITY)
    if bodies == [_LOSSY] and opacity is not None:
        return Walked("webp", _extended(width, height, opacity, chunks[_LOSSY]), width, height)
    return Walked("webp", _file(_chunk(bodies[0], chunks[bodies[0]])), width, height)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place, end = 12, min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    seen = set()
    while place + 8 <= end:
        kind = data[place : place + 4]
        size = int.from_bytes(data[place + 4 : place + 8], "little")
        # The same piece twice would be a second picture, or one that hides behind the first.
        if place + 8 + size > end or kind in seen:
            raise PictureError("logo.moving" if kind == b"ANMF" else "logo.broken")
        seen.add(kind)
        yield kind, data[place + 8 : place + 8 + size]
        place += 8 + size + size % 2


def _sides(kind: bytes, body: bytes) -> tuple[int, int]:
    if kind == _LOSSLESS:
        if len(body) < _SHORTEST or body[0] != _LOSSLESS_MARK:
            raise PictureError("logo.broken")
        bits = int.from_bytes(body[1:5], "little")
        return (bits & _FOURTEEN_BITS) + 1, ((bits >> 14) & _FOURTEEN_BITS) + 1
    if body[3:6] != _START_OF_FRAME:
        raise PictureError("logo.broken")
    width, height = (int.from_bytes(body[n : n + 2], "little") for n in (6, 8))
    return width & _FOURTEEN_BITS, height & _FOURTEEN_BITS


def _extended(width: int, height: int, opacity: bytes, body: bytes) -> bytes:
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    head = _chunk(_EXTENDED, bytes((_FLAG_OPACITY, 0, 0, 0)) + canvas)
    return _file(head + _chunk(_OPACITY, opacity) + _chunk(_LOSSY, body))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return kind + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)


def _file(chunks: bytes) -> bytes:
    return b"RIFF" + (len(chunks) + 4).to_bytes(4, "little") + b"WEBP" + chunks
