"""The bytes of a segment of the journal: a header, framed records, a footer.

All numbers are little-endian. The checksum of a record covers its length too (a run of zeros is
no record) and starts from the checksum of the header (a record of an older file in a re-used
block is none).
"""

import struct
from dataclasses import dataclass
from typing import Final
from zlib import crc32

MAGIC: Final = b"ALPJ0001"
HEADER: Final = struct.Struct("<8sIIQQ")
FRAME: Final = struct.Struct("<II")
LENGTH: Final = struct.Struct("<I")
LONGEST: Final = 65_536


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a segment.

    Attributes
    ----------
    previous : int
        Checksum of the footer before; 0 where the segment before has none.
    first_seq : int
        No record of the segment has a lower number.
    created : int
        Milliseconds since 1970.
    """

    previous: int
    first_seq: int
    created: int

    def pack(self) -> bytes:
        """Return the bytes."""
        return HEADER.pack(MAGIC, 0, self.previous, self.first_seq, self.created)


def parse_header(content: bytes) -> Header | None:
    """Read the head of a segment; None if it is none or another version's."""
    if len(content) < HEADER.size:
        return None
    magic, flags, previous, first_seq, created = HEADER.unpack_from(content)
    return Header(previous, first_seq, created) if magic == MAGIC and flags == 0 else None


def frame(payload: bytes, start: int) -> bytes:
    """Return a record as it stands in a segment whose header has the checksum ``start``.

    Raises
    ------
    ValueError
        The record is empty or too long.
    """
    if not 0 < len(payload) <= LONGEST:
        raise ValueError("length")
    return FRAME.pack(len(payload), _checksum(payload, start)) + payload


def payload_at(content: bytes, offset: int, start: int) -> bytes | None:
    """Return the record at an offset; None if there is none that is whole and right."""
    if offset < 0 or offset + FRAME.size > len(content):
        return None
    n, checksum = FRAME.unpack_from(content, offset)
    begin = offset + FRAME.size
    if not 0 < n <= LONGEST or begin + n > len(content):
        return None
    payload = content[begin : begin + n]
    return payload if _checksum(payload, start) == checksum else None


def find_record(content: bytes, offset: int, start: int) -> int | None:
    """Return the offset of the next whole record behind a damaged place."""
    # Every payload is a JSON array: only where one may begin a checksum is computed.
    place = content.find(b"[", offset)
    while place >= 0:
        if place - FRAME.size >= offset and payload_at(content, place - FRAME.size, start):
            return place - FRAME.size
        place = content.find(b"[", place + 1)
    return None


def _checksum(payload: bytes, start: int) -> int:
    return crc32(payload, crc32(LENGTH.pack(len(payload)), start))
