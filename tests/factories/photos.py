"""JPEG files made by hand: markers with lengths, coded data that nobody decodes."""

from collections.abc import Sequence


def segment(marker: int, content: bytes) -> bytes:
    """Build one segment with its length."""
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2) + content


def make_grey_jpeg() -> bytes:
    """Build a picture of 16 x 8 grey pixels that every program can decode."""
    table = segment(0xDB, b"\0" + bytes(range(1, 65)))
    frame = segment(0xC0, b"\x08\0\x08\0\x10\1\1\x11\0")
    # One code of one bit each: no difference, end of block.
    codes = b"".join(segment(0xC4, kind + b"\1" + bytes(15) + b"\0") for kind in (b"\0", b"\x10"))
    return b"\xff\xd8" + table + frame + codes + segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x0f\xff\xd9"


def make_jpeg(  # noqa: PLR0913 - one per part of the file
    *,
    width: int = 16,
    height: int = 8,
    components: int = 1,
    frame: int = 0xC0,
    frames: int = 1,
    scans: int = 1,
    extra: Sequence[bytes] = (),
    between: Sequence[bytes] = (),
    is_bare: bool = False,
) -> bytes:
    """Build a small file; ``extra`` stands in front, ``between`` after each scan."""
    head = b"" if is_bare else segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
    table = segment(0xDB, b"\0" + bytes(range(1, 65)))
    codes = segment(0xC4, b"\0" + bytes(16))
    parts = b"".join(bytes((n, 0x11, 0)) for n in range(1, components + 1))
    sides = height.to_bytes(2) + width.to_bytes(2)
    sof = segment(frame, b"\x08" + sides + bytes((components,)) + parts)
    # A stuffed byte and a restart marker belong to the coded data.
    scan = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd0\x56"
    body = (scan + b"".join(between)) * scans
    return b"\xff\xd8" + head + b"".join(extra) + table + sof * frames + codes + body + b"\xff\xd9"
