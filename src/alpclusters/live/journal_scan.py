"""Read segments of the journal and tell a torn tail from rot."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from zlib import crc32

from alpclusters.live.journal_format import (
    FRAME,
    HEADER,
    Header,
    find_record,
    parse_header,
    payload_at,
)
from alpclusters.live.records import Record, parse_record

PATTERN = "votes-*.aj"


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment as it was found.

    Attributes
    ----------
    path : Path
        The file.
    header : Header or None
        None where the file has no head of ours (a new file that was not finished).
    records : tuple of Record
        Whole records in their order, the footer left out.
    footer : Record or None
        None where the segment was not closed.
    end : int
        Where the last whole record in an unbroken row ends.
    size : int
        Bytes of the file.
    rot : int or None
        Offset of a damage that is no torn tail; ``records`` has what stands before it.
    behind : tuple of Record
        Whole records behind the rot.
    """

    path: Path
    header: Header | None
    records: tuple[Record, ...]
    footer: Record | None
    end: int
    size: int
    rot: int | None = None
    behind: tuple[Record, ...] = ()

    @property
    def torn(self) -> int:
        """How many bytes of an unfinished record stand at the end."""
        return self.size - self.end if self.rot is None else 0

    @property
    def last_seq(self) -> int:
        """The highest number of the segment; 0 if it has no record."""
        found = [*self.records[-1:], *self.behind[-1:]]
        return max((record.seq for record in found), default=0)

    @property
    def footer_checksum(self) -> int:
        """What the next segment's head says of this one's footer; 0 without footer."""
        return crc32(self.footer.payload()) if self.footer else 0


def segment_paths(folder: Path) -> list[Path]:
    """List the segments of a journal, oldest first."""
    return sorted(folder.glob(PATTERN))


def read_segment(path: Path) -> Segment:
    """Read a segment to its last whole record and look at what stands behind.

    Only zeros, or a record that was not finished, is a torn tail: nothing of it was ever
    acknowledged. A whole record behind a damage is rot.
    """
    content = path.read_bytes()
    header = parse_header(content)
    if header is None:
        # A crash between making the file and writing its head leaves it empty or short.
        is_unfinished = len(content) < HEADER.size or not content.strip(b"\x00")
        return Segment(path, None, (), None, 0, len(content), None if is_unfinished else 0)
    start = crc32(content[: HEADER.size])
    records, end = _row_of_records(content, HEADER.size, start)
    footer = records.pop() if records and records[-1].kind == "close" else None
    behind = list(_behind(content, end, start))
    is_rotten = _is_rotten(content, end, footer, behind)
    return Segment(
        path,
        header,
        _commands(records),
        footer,
        end,
        len(content),
        rot=end if is_rotten else None,
        behind=_commands(behind) if is_rotten else (),
    )


def read_journal(folder: Path) -> list[Segment]:
    """Read all segments; in all but the last any damage is rot."""
    segments = [read_segment(path) for path in segment_paths(folder)]
    return [_strict(segment, after) for segment, after in zip_longest(segments, segments[1:])]


def _strict(segment: Segment, after: Segment | None) -> Segment:
    if after is None or segment.rot is not None or after.header is None:
        return segment
    # A segment that was given up after a failed sync has no footer, and its successor says so.
    if after.header.previous == segment.footer_checksum:
        return segment
    return Segment(
        segment.path,
        segment.header,
        segment.records,
        segment.footer,
        segment.end,
        segment.size,
        rot=segment.end,
    )


def _row_of_records(content: bytes, offset: int, start: int) -> tuple[list[Record], int]:
    records: list[Record] = []
    while (payload := payload_at(content, offset, start)) is not None:
        records.append(parse_record(payload))
        offset += FRAME.size + len(payload)
        if records[-1].kind == "close":
            break
    return records, offset


def _is_rotten(content: bytes, end: int, footer: Record | None, behind: list[Record]) -> bool:
    """Say whether what stands behind the last whole record cannot come from a power cut.

    Each group begins with a ``sync`` record, written after the group before was on the disk:
    where one stands behind a damage, the damaged bytes had been acknowledged.
    """
    if footer is None:
        return any(record.kind in {"sync", "close"} for record in behind)
    return end < len(content) or not _is_whole(content, footer)


def _commands(records: list[Record]) -> tuple[Record, ...]:
    return tuple(record for record in records if record.kind not in {"sync", "close"})


def _behind(content: bytes, offset: int, start: int) -> Iterator[Record]:
    place = find_record(content, offset, start)
    while place is not None:
        payload = payload_at(content, place, start) or b""
        yield parse_record(payload)
        place = find_record(content, place + FRAME.size + len(payload), start)


def _is_whole(content: bytes, footer: Record) -> bool:
    """Compare the digest of a closed segment with the one its footer names."""
    length = FRAME.size + len(footer.payload())
    return hashlib.sha256(content[:-length]).hexdigest() == footer.body.get("sha256")
