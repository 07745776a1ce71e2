"""Pictures for logos: PNG files drawn here, WebP files as a program wrote them (60 x 30 pixels)."""

import base64
import struct
import zlib

from alpclusters.sources.logos import Logo
from alpclusters.sources.png import SIGNATURE, write_png
from tests.factories.photos import make_grey_jpeg, segment

# A rectangle of the colour 0B5666 from (5, 5) to (40, 25) on nothing.
LOSSLESS = base64.b64decode(
    "UklGRjAAAABXRUJQVlA4TCQAAAAvO0AHEA8wVrMwZvMf8FDTthHU8idZJpnvnSP6PwFqGwB/qB4="
)
LOSSY = base64.b64decode(
    "UklGRuQAAABXRUJQVlA4WAoAAAAQAAAAOwAAHQAAQUxQSBwAAAABDzD/ERFCTdtGUMufZJlkvneO6P8EqG0A/KF6VlA4"
    "IKIAAABQBQCdASo8AB4APm0ylUgkIqIhJApIgA2JYgC9ze88b+gSYDBAPXRyADpZQEKI5YUHOiAA/vKmm1ttHmDFLGKq"
    "t0+uRe/Svs15JMb4qzyb8whEQBawBdE0GDHoqwFfuyZlNod+z1Jt1vW8l/L/P/Jv+2jU2FLgPL03OaHMQXyh9aG4lH/w"
    "24NKu5f5RlENOD5t7+m6WRfvH4bXHH9VR7YAAAA="
)
# Two pictures of 20 x 20 pixels, one after the other.
MOVING = base64.b64decode(
    "UklGRt4AAABXRUJQVlA4WAoAAAACAAAAEwAAEwAAQU5JTQYAAAD/////AABBTk1GWAAAAAAAAAAAABMAABMAAGQAAAJW"
    "UDggQAAAAFADAJ0BKhQAFAA+kUKcSiWjoqGoCACwEgllAMaqgABAURwAAP7upj/+xZy2BeP/+5wP+5wP+5wP42ykJ2cK"
    "AABBTk1GUgAAAAAAAAAAABMAABMAAGQAAABWUDggOgAAAJQCAJ0BKhQAFAA+kUKcSgKAgAABIJZQDMHBapagAP71WL//"
    "ucD//ZwP/9nA/jr/Xqlrk44Cy3gAAAA="
)


def chunk(kind: bytes, content: bytes) -> bytes:
    """Build one piece of a PNG."""
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def make_png(width: int = 40, height: int = 20, *, extra: bytes = b"") -> bytes:
    """Build a picture whose left half is a clear colour and whose right half is nothing."""
    line = bytes((11, 86, 102, 255)) * (width // 2) + bytes(4) * (width - width // 2)
    plain = write_png(width, height, line * height)
    after_header = len(SIGNATURE) + 25
    return plain[:after_header] + extra + plain[after_header:]


def make_bomb(side: int) -> bytes:
    """Build a small file that unfolds to a square with so many pixels a side."""
    folder = zlib.compressobj(9)
    line = bytes(side * 4 + 1)
    body = b"".join(folder.compress(line) for _ in range(side)) + folder.flush()
    header = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    return SIGNATURE + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def make_turned_jpeg(orientation: int, *, secret: bytes = b"") -> bytes:
    """Build a grey JPEG of 16 x 8 pixels whose EXIF says how it lies, with a secret behind."""
    tag = b"\x12\x01\x03\0\x01\0\0\0" + bytes((orientation, 0, 0, 0))
    exif = segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0\x01\0" + tag + bytes(4) + secret)
    plain = make_grey_jpeg()
    return plain[:2] + exif + plain[2:]


def make_logo(text: bytes = b"") -> Logo:
    """Build a logo as it is kept; other bytes make another one."""
    png = write_png(2, 1, bytes((11, 86, 102, 255)) + text[:4].ljust(4, b"\0"))
    return Logo(large=png, small=png)


def sides_of(png: bytes) -> tuple[int, int]:
    """Read width and height."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def kinds_of(png: bytes) -> list[bytes]:
    """Read which pieces a PNG has."""
    place, found = len(SIGNATURE), []
    while place < len(png):
        found.append(png[place + 4 : place + 8])
        place += 12 + int.from_bytes(png[place : place + 4])
    return found


def pixels_of(png: bytes) -> list[list[tuple[int, ...]]]:
    """Decode a PNG with eight bits a channel, row by row."""
    width, height = sides_of(png)
    n = {2: 3, 6: 4}[png[25]]
    place, packed = len(SIGNATURE), b""
    while place < len(png):
        size = int.from_bytes(png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            packed += png[place + 8 : place + 8 + size]
        place += 12 + size
    raw, rows, above = zlib.decompress(packed), [], bytearray(width * n)
    for y in range(height):
        start = y * (width * n + 1)
        line = _unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + width * n]), above, n)
        rows.append([tuple(line[x * n : x * n + n]) for x in range(width)])
        above = line
    return rows


def _unfiltered(kind: int, line: bytearray, above: bytearray, n: int) -> bytearray:
    for place in range(len(line)):
        left = line[place - n] if place >= n else 0
        corner = above[place - n] if place >= n else 0
        up = above[place]
        guess = {0: 0, 1: left, 2: up, 3: (left + up) // 2, 4: _nearest(left, up, corner)}[kind]
        line[place] = (line[place] + guess) & 255
    return line


def _nearest(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))
