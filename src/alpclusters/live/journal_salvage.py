"""Look at a journal, and save what is whole of a damaged one into a new one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import SetupError
from alpclusters.live.journal import Journal
from alpclusters.live.journal_scan import Segment, read_journal, segment_paths
from alpclusters.live.records import Record

BATCH: Final = 1_000


@dataclass(frozen=True, slots=True)
class Finding:
    """What there is to say of one segment.

    Attributes
    ----------
    name : str
        Of the file.
    state : str
        ``closed``, ``open``, ``torn`` (an unfinished record at the end, harmless) or ``rotten``.
    n : int
        Whole records.
    first, last : int
        Their lowest and highest number; 0 without records.
    size : int
        Bytes.
    offset : int or None
        Where the damage begins.
    lost : tuple of int or None
        The numbers between which records may be lost.
    """

    name: str
    state: str
    n: int
    first: int
    last: int
    size: int
    offset: int | None = None
    lost: tuple[int, int] | None = None


def look_at(folder: Path) -> list[Finding]:
    """Describe every segment of a journal.

    Raises
    ------
    SetupError
        ``live.no_such_segment``: there is none.
    """
    require_journal(folder)
    return [_finding(segment) for segment in read_journal(folder)]


def salvage(folder: Path, target: Path) -> int:
    """Write every whole record of a journal into a new one; return how many.

    Records behind a damage are kept, each number once. The old journal is not touched.

    Raises
    ------
    SetupError
        ``live.no_such_segment``, ``live.journal_unusable``: the target is not empty.
    """
    require_journal(folder)
    if target.exists() and any(target.iterdir()):
        raise SetupError("live.journal_unusable", values={"path": str(target)})
    records = sorted(_records(read_journal(folder)), key=lambda record: record.seq)
    journal, _ = Journal.open(target)
    for start in range(0, len(records), BATCH):
        journal.append(records[start : start + BATCH])
    journal.close()
    return len(records)


def require_journal(folder: Path) -> None:
    """Refuse a folder without segments."""
    if not folder.is_dir() or not segment_paths(folder):
        raise SetupError("live.no_such_segment", values={"path": str(folder)})


def _records(segments: Sequence[Segment]) -> Iterator[Record]:
    seen: set[tuple[int, str]] = set()
    for segment in segments:
        for record in (*segment.records, *segment.behind):
            if (record.seq, record.kind) not in seen:
                seen.add((record.seq, record.kind))
                yield record


def _finding(segment: Segment) -> Finding:
    records = (*segment.records, *segment.behind)
    seqs = [record.seq for record in records]
    return Finding(
        name=segment.path.name,
        state=_state(segment),
        n=len(records),
        first=min(seqs, default=0),
        last=max(seqs, default=0),
        size=segment.size,
        offset=segment.end if segment.torn else segment.rot,
        lost=_lost(segment),
    )


def _state(segment: Segment) -> str:
    if segment.rot is not None:
        return "rotten"
    if segment.torn:
        return "torn"
    return "closed" if segment.footer is not None else "open"


def _lost(segment: Segment) -> tuple[int, int] | None:
    if segment.rot is None:
        return None
    before = segment.records[-1].seq if segment.records else 0
    behind = segment.behind[0].seq if segment.behind else before
    return before, behind
