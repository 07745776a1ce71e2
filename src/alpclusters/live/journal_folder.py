"""The folder of the journal: its lock, its reserve of space, the names of its segments."""

import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import SetupError

RESERVE_BYTES: Final = 16 * 2**20
_PATIENCE_S: Final = 2.0
_PAUSE_S: Final = 0.05
_BLOCK: Final = 2**20


def default_folder(home: Path) -> Path:
    """Return where the journal lies unless a setting names another disk."""
    return home / "journal"


def ensure_folder(folder: Path) -> None:
    """Make the folder for this user alone.

    Raises
    ------
    SetupError
        ``live.journal_unusable``: it cannot be made or written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        usable = os.access(folder, os.W_OK | os.X_OK)
    except OSError:
        usable = False
    if not usable:
        raise SetupError("live.journal_unusable", values={"path": str(folder)})


def lock_folder(folder: Path, *, patience_s: float = _PATIENCE_S) -> int:
    """Become the only writer for the life of the process; closing the descriptor ends it.

    Raises
    ------
    SetupError
        ``live.second_writer``: another process writes here.
    """
    ensure_folder(folder)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    end = time.monotonic() + patience_s
    while not _try_lock(descriptor):
        if time.monotonic() >= end:
            os.close(descriptor)
            raise SetupError("live.second_writer", values={"path": str(folder)})
        time.sleep(_PAUSE_S)
    return descriptor


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def segment_name(first_seq: int) -> str:
    """Name a segment by the lowest number it may hold."""
    return f"votes-{first_seq:016d}.aj"


def keep_reserve(folder: Path) -> None:
    """Set space aside that is given up when the disk is full; without space there is none."""
    path = folder / "reserve"
    if path.exists() and path.stat().st_size >= RESERVE_BYTES:
        return
    if free_bytes(folder) < 4 * RESERVE_BYTES:
        return
    with suppress(OSError), path.open("wb") as file:
        for _ in range(RESERVE_BYTES // _BLOCK):
            file.write(os.urandom(_BLOCK))


def give_up_reserve(folder: Path) -> None:
    """Let the site close, export and back up although the disk is full."""
    with suppress(OSError):
        (folder / "reserve").unlink(missing_ok=True)


def free_bytes(folder: Path) -> int:
    """Return how much may still be written on the disk of the journal."""
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize
