"""The journal: every command that was ever acknowledged, in the order the writer gave it.

The last resort: the database is completed, or made anew, from it. One process writes, appends
only, and returns from `Journal.append` when the records are on the disk.
"""

import errno
import hashlib
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final
from zlib import crc32

from alpclusters.live.journal_files import Files
from alpclusters.live.journal_folder import ensure_folder, segment_name
from alpclusters.live.journal_format import HEADER, Header, frame
from alpclusters.live.journal_scan import Segment, read_journal
from alpclusters.live.records import Record

ROTATE_BYTES: Final = 64 * 2**20
ROTATE_MS: Final = 24 * 3600 * 1000
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class JournalFullError(Exception):
    """Nothing of the group is in the journal: there was no space, and the tail was cut back."""


class JournalStoppedError(Exception):
    """The journal can no longer promise anything: a sync failed twice, or it is rotten."""


class SyncFailedError(Exception):
    """What was written may or may not be on the disk: the file must not be used any more."""


class Journal:
    """The open segment of a journal.

    Parameters
    ----------
    folder : Path
        The folder, whose lock the caller holds.
    files : Files
        How the disk is reached.
    segments : list of Segment
        What was found by `read_journal`.
    """

    def __init__(self, folder: Path, files: Files, segments: list[Segment]) -> None:
        self.folder = folder
        self._files = files
        self._descriptor: int | None = None
        self._path = folder
        self._size = self._count = self._start = self._created = 0
        self._sha = hashlib.sha256()
        # What the head of the next segment says of the footer before.
        self._previous = 0
        self.rotten = [s for s in segments if s.rot is not None]
        self.cut_bytes = 0
        self.is_stopped = bool(self.rotten)
        self.was_unclean = bool(segments) and segments[-1].footer is None
        self.last_seq = max((s.last_seq for s in segments), default=0)
        # Closed segments and their last numbers, for the marks in the database.
        self.rotated: list[tuple[str, int]] = []
        if not self.is_stopped:
            self._begin(segments)

    @classmethod
    def open(cls, folder: Path, files: Files | None = None) -> "tuple[Journal, list[Segment]]":
        """Read a journal, cut its torn tail, and make it ready for appending."""
        ensure_folder(folder)
        segments = read_journal(folder)
        return cls(folder, files or Files(), segments), segments

    def append(self, records: Sequence[Record]) -> None:
        """Write a group and return when it is on the disk.

        Raises
        ------
        JournalFullError
            There is no space; nothing of the group is in the journal.
        JournalStoppedError
            A sync failed and a new segment did not help: nothing may be promised any more.
        """
        if self.is_stopped:
            raise JournalStoppedError
        try:
            self._open_segment(records[0].seq)
            self._append(records)
        except SyncFailedError:
            self._append_anew(records)
        self.last_seq = max(self.last_seq, records[-1].seq)

    def rotate(self) -> None:
        """Close the open segment; the next group begins another.

        Raises
        ------
        JournalFullError
            There is no space for the footer: the open segment goes on.
        """
        if self._descriptor is None or self._count == 0:
            return
        footer = self._write_footer()
        self.rotated.append((self._path.name, self.last_seq))
        self._previous = crc32(footer.payload())
        self._let_go()

    def close(self) -> None:
        """Write the footer and close; nothing can be appended any more."""
        with suppress(JournalFullError, SyncFailedError):
            if not self.is_stopped:
                self.rotate()
        self._let_go()
        self.is_stopped = True

    # ---- inside --------------------------------------------------------------------------

    def _begin(self, segments: list[Segment]) -> None:
        last = segments[-1] if segments else None
        if last is None:
            return
        if last.header is None:
            # The name of a segment whose head was never written.
            last.path.unlink()
            self._files.fsync_dir(self.folder)
            self._begin(segments[:-1])
        elif last.footer is None:
            self._go_on(last)
        else:
            self._previous = last.footer_checksum

    def _go_on(self, segment: Segment) -> None:
        """Append to the segment of an unclean stop, behind its last whole record."""
        self._descriptor = self._files.reopen(segment.path)
        self._path = segment.path
        if segment.torn:
            self._files.ftruncate(self._descriptor, segment.end)
            self.cut_bytes = segment.torn
        # What was read may still have been on its way to the disk when the process died.
        self._files.fdatasync(self._descriptor)
        content = segment.path.read_bytes()[: segment.end]
        self._start = crc32(content[: HEADER.size])
        self._created = segment.header.created if segment.header else 0
        self._sha = hashlib.sha256(content)
        self._size = segment.end
        self._count = len(segment.records)

    def _open_segment(self, first_seq: int) -> None:
        if self._is_due():
            with suppress(JournalFullError):
                self.rotate()
        if self._descriptor is None:
            self._create(first_seq)

    def _create(self, first_seq: int) -> None:
        created = int(time.time() * 1000)
        head = Header(self._previous, first_seq, created).pack()
        path = self._free_path(first_seq)
        descriptor = self._make(path)
        try:
            self._write_all(descriptor, head)
            self._files.fdatasync(descriptor)
            self._files.fsync_dir(self.folder)
        except OSError as error:
            self._files.close(descriptor)
            path.unlink(missing_ok=True)
            raise _named(error) from error
        self._let_go()
        self._descriptor, self._path, self._start = descriptor, path, crc32(head)
        self._created, self._size, self._count = created, len(head), 0
        self._sha = hashlib.sha256(head)

    def _make(self, path: Path) -> int:
        try:
            return self._files.create(path)
        except OSError as error:
            raise _named(error) from error

    def _free_path(self, first_seq: int) -> Path:
        path = self.folder / segment_name(first_seq)
        return path if not path.exists() else self._free_path(first_seq + 1)

    def _append(self, records: Sequence[Record]) -> None:
        head = Record(self.last_seq, "sync", 0, "", "", records[0].at, {})
        content = b"".join(frame(r.payload(), self._start) for r in (head, *records))
        self._put(content)
        self._count += len(records)

    def _put(self, content: bytes) -> None:
        """Write behind the last good byte, or cut back to it."""
        if self._descriptor is None:
            raise SyncFailedError
        try:
            self._write_all(self._descriptor, content)
        except OSError as error:
            self._cut_back(self._descriptor)
            raise _named(error) from error
        self._sync(self._descriptor)
        self._sha.update(content)
        self._size += len(content)

    def _cut_back(self, descriptor: int) -> None:
        """Remove half a group, which would look like rot under the next one; needs no space."""
        try:
            self._files.ftruncate(descriptor, self._size)
        except OSError as error:
            raise SyncFailedError from error
        self._sync(descriptor)

    def _sync(self, descriptor: int) -> None:
        try:
            self._files.fdatasync(descriptor)
        except OSError as error:
            raise SyncFailedError from error

    def _write_all(self, descriptor: int, content: bytes) -> None:
        rest = memoryview(content)
        while rest:
            written = self._files.write(descriptor, bytes(rest))
            if written <= 0:
                raise OSError(errno.ENOSPC, "nothing written")
            rest = rest[written:]

    def _append_anew(self, records: Sequence[Record]) -> None:
        """Write the group into a new segment after a sync failed.

        Never sync the same file again: the kernel has marked its pages clean.
        """
        try:
            self._previous = 0
            self._create(records[0].seq)
            self._append(records)
        except (SyncFailedError, JournalFullError) as error:
            self.is_stopped = True
            self._let_go()
            raise JournalStoppedError from error

    def _write_footer(self) -> Record:
        values = {"n": self._count, "last": self.last_seq, "sha256": self._sha.hexdigest()}
        now = int(time.time() * 1000)
        footer = Record(self.last_seq, "close", 0, "", "", now, values)
        self._put(frame(footer.payload(), self._start))
        return footer

    def _is_due(self) -> bool:
        is_old = time.time() * 1000 - self._created > ROTATE_MS
        return self._count > 0 and (self._size >= ROTATE_BYTES or is_old)

    def _let_go(self) -> None:
        if self._descriptor is not None:
            with suppress(OSError):
                self._files.close(self._descriptor)
        self._descriptor = None


def _named(error: OSError) -> JournalFullError | SyncFailedError:
    return JournalFullError() if error.errno in _FULL else SyncFailedError()
