"""A disk that loses power: what was synced is there, of the rest nothing, all, or some sectors.

A tape records every write, cut, delete and sync of SQLite (through a VFS) and of the journal
(through its file layer), with the acknowledgements in between. A cut of the power at any place of
the tape gives a disk as it may be found afterwards. The index of the write-ahead log (``-shm``)
is not recorded: SQLite makes it anew.
"""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

from alpclusters.live.journal_files import Files
from alpclusters.live.stores import StoreBusyError, with_question_marks

SECTOR = 512


@dataclass
class Tape:
    """What happened, in its order: ``(kind, file, place, content)``."""

    root: Path
    steps: list[tuple[str, str, int, bytes]] = field(default_factory=list)
    # How many steps there were when keys were acknowledged.
    acknowledged: list[tuple[int, dict[str, Any]]] = field(default_factory=list)

    def note(self, kind: str, path: str | Path, place: int = 0, content: bytes = b"") -> None:
        name = os.path.relpath(path, self.root)
        if not name.endswith("-shm"):
            self.steps.append((kind, name, place, content))

    def acknowledge(self, values: dict[str, Any]) -> None:
        self.acknowledged.append((len(self.steps), values))

    def promised(self, cut: int) -> dict[str, Any]:
        """What somebody was told to be safe before the power went."""
        return {k: v for at, values in self.acknowledged if at <= cut for k, v in values.items()}


class TapedFiles(Files):
    """The journal's file layer, recorded."""

    def __init__(self, tape: Tape, *, syncs: bool = True) -> None:
        self.tape, self.syncs = tape, syncs
        self.paths: dict[int, Path] = {}
        self.sizes: dict[int, int] = {}

    def create(self, path):
        descriptor = super().create(path)
        self.paths[descriptor], self.sizes[descriptor] = path, 0
        self.tape.note("create", path)
        return descriptor

    def write(self, descriptor, content):
        n = super().write(descriptor, content)
        self.tape.note("write", self.paths[descriptor], self.sizes[descriptor], content[:n])
        self.sizes[descriptor] += n
        return n

    def fdatasync(self, descriptor):
        if self.syncs:
            self.tape.note("sync", self.paths[descriptor])

    def ftruncate(self, descriptor, size):
        super().ftruncate(descriptor, size)
        self.tape.note("cut", self.paths[descriptor], size)
        self.sizes[descriptor] = size

    def fsync_dir(self, folder):
        if self.syncs:
            self.tape.note("folder", folder)


class _TapedFile(apsw.VFSFile):
    def __init__(self, tape: Tape, name: Any, flags: list[int]) -> None:
        self.tape, self.name = tape, name.filename() if hasattr(name, "filename") else str(name)
        self.is_new = not Path(self.name).exists()
        if self.is_new:
            tape.note("create", self.name)
        super().__init__("", name, flags)

    def xWrite(self, data, offset):  # noqa: N802 - SQLite's name
        self.tape.note("write", self.name, offset, bytes(data))
        super().xWrite(data, offset)

    def xTruncate(self, size):  # noqa: N802
        self.tape.note("cut", self.name, size)
        super().xTruncate(size)

    def xSync(self, flags):  # noqa: N802, ARG002
        self.tape.note("sync", self.name)
        if self.is_new:
            # SQLite's own file layer syncs the folder with the first sync of a new file.
            self.is_new = False
            self.tape.note("folder", Path(self.name).parent)


class TapedVFS(apsw.VFS):
    """SQLite's file layer, recorded."""

    def __init__(self, name: str, tape: Tape) -> None:
        self.tape, self.called = tape, name
        super().__init__(name, base="")

    def xOpen(self, name, flags):  # noqa: N802
        return _TapedFile(self.tape, name, flags)

    def xDelete(self, filename, syncdir):  # noqa: N802
        self.tape.note("delete", filename)
        if syncdir:
            self.tape.note("folder", Path(filename).parent)
        super().xDelete(filename, syncdir)


class TapedStore:
    """The writer's connection over the recorded file layer."""

    is_postgres = False

    def __init__(self, path: Path, vfs: TapedVFS, *, synchronous: str) -> None:
        self.connection = apsw.Connection(str(path), vfs=vfs.called)
        # A small log, so that many power cuts fall into a checkpoint.
        for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON"):
            self.connection.execute(f"PRAGMA {pragma}").fetchall()
        self.connection.wal_autocheckpoint(50)

    def fetch(self, sql, values=()):
        return self.connection.execute(with_question_marks(sql), tuple(values)).fetchall()

    def run(self, sql, values=()):
        before = self.connection.total_changes()
        self.connection.execute(with_question_marks(sql), tuple(values)).fetchall()
        return self.connection.total_changes() - before

    def many(self, sql, rows):
        self.connection.executemany(with_question_marks(sql), [tuple(row) for row in rows])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.connection.execute("COMMIT")
        except apsw.Error as error:
            self.connection.execute("ROLLBACK")
            raise StoreBusyError(str(error)) from error


@dataclass
class _File:
    durable: bytearray = field(default_factory=bytearray)
    pending: list[tuple[str, int, bytes]] = field(default_factory=list)
    is_named: bool = False
    is_deleted: bool = False


class Disk:
    """The disk under a tape: play it up to a place, then cut the power."""

    def __init__(self, before: dict[str, bytes]) -> None:
        self.files = {
            name: _File(bytearray(content), is_named=True) for name, content in before.items()
        }

    def play(self, step: tuple[str, str, int, bytes]) -> None:
        """Let one thing happen."""
        kind, name, place, content = step
        if kind == "folder":
            self._sync_folder(name)
            return
        file = self.files.setdefault(name, _File())
        if kind == "create" and file.is_deleted:
            file = self.files[name] = _File()
        if kind in {"write", "cut"}:
            file.pending.append((kind, place, content))
        elif kind == "sync":
            for change in file.pending:
                _apply(file.durable, *change)
            file.pending = []
        elif kind == "delete":
            file.is_deleted = True

    def _sync_folder(self, folder: str) -> None:
        for name, file in list(self.files.items()):
            if str(Path(name).parent) == folder:
                file.is_named = True
                if file.is_deleted:
                    del self.files[name]

    def after_cut(self, how: str, chance: random.Random) -> dict[str, bytes]:
        """Return what is found when the power is back; ``how``: none, all, half."""
        found = {}
        for name, file in self.files.items():
            is_there = file.is_named or how == "all" or (how == "half" and chance.random() < 0.5)
            is_gone = file.is_deleted and (how == "all" or chance.random() < 0.5)
            if is_there and not is_gone:
                found[name] = bytes(_found(file, how, chance))
        return found


def _found(file: _File, how: str, chance: random.Random) -> bytearray:
    content = bytearray(file.durable)
    for kind, place, data in file.pending:
        if how == "all":
            _apply(content, kind, place, data)
        elif how == "half":
            _apply_half(content, kind, place, data, chance)
    return content


def _apply(content: bytearray, kind: str, place: int, data: bytes) -> None:
    if kind == "cut":
        del content[place:]
        return
    if len(content) < place:
        content.extend(bytes(place - len(content)))
    content[place : place + len(data)] = data


def _apply_half(
    content: bytearray, kind: str, place: int, data: bytes, chance: random.Random
) -> None:
    if kind == "cut":
        if chance.random() < 0.5:
            _apply(content, kind, place, data)
        return
    at = place
    while at < place + len(data):
        end = min(place + len(data), (at // SECTOR + 1) * SECTOR)
        if chance.random() < 0.5:
            _apply(content, kind, at, data[at - place : end - place])
        at = end
