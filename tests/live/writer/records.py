"""Records and journals for tests."""

from pathlib import Path

from alpclusters.live.journal import Journal
from alpclusters.live.journal_files import Files
from alpclusters.live.records import Record


def record(seq: int, kind: str = "rate", **body) -> Record:
    """A rating by one person."""
    said = body or {"m": 1, "c": 2, "r": 1, "v": seq % 5 + 1}
    return Record(seq, kind, 7, "ab" * 16, f"key-{seq:018d}", 1_782_900_000_000 + seq, said)


def group(first: int, n: int) -> list[Record]:
    """Records with numbers in a row."""
    return [record(seq) for seq in range(first, first + n)]


def written(folder: Path, *groups: list[Record], files: Files | None = None) -> Path:
    """A journal with groups, left as a killed process leaves it; return its last segment."""
    journal, _ = Journal.open(folder, files)
    for records in groups:
        journal.append(records)
    return max(folder.glob("votes-*.aj"))
