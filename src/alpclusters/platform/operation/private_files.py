"""What an installation writes is closed to other users of the machine. No Django in it."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from alpclusters.platform.configuration import Configuration

MODE_OF_FILES: Final = 0o600
MODE_OF_FOLDERS: Final = 0o700
_OF_OTHERS: Final = 0o077
# Named, so that a data directory set by mistake to a folder of others changes nothing in there.
_PARTS: Final = ("run", "secrets", "uploads", "backups", "journal", "cache", "caches")
# Beside the database file, as SQLite names them.
_SUFFIXES: Final = ("", "-wal", "-shm", "-journal")


def write_privately() -> None:
    """Let nothing this process makes be open to others, not even for a moment."""
    os.umask(_OF_OTHERS)


def close_to_others(configuration: Configuration) -> tuple[list[Path], list[Path]]:
    """Take from others what they could read or write of the data directory.

    Returns
    -------
    list of Path
        What was open and is closed now.
    list of Path
        What is still open, because it belongs to somebody else.
    """
    mended: list[Path] = []
    left: list[Path] = []
    for path, mode in _open_to_others(configuration):
        try:
            path.chmod(mode & ~_OF_OTHERS)
        except FileNotFoundError:
            continue
        except PermissionError:
            left.append(path)
        else:
            mended.append(path)
    return mended, left


def _open_to_others(configuration: Configuration) -> Iterator[tuple[Path, int]]:
    for path in _of_installation(configuration):
        try:
            mode = path.lstat().st_mode
        except FileNotFoundError:
            continue  # written and removed meanwhile
        if not stat.S_ISLNK(mode) and mode & _OF_OTHERS:
            yield path, stat.S_IMODE(mode)


def _of_installation(configuration: Configuration) -> Iterator[Path]:
    yield configuration.home
    for part in _PARTS:
        yield from _inside(configuration.home / part)
    if configuration.live_journal_dir is not None:
        yield from _inside(configuration.live_journal_dir)
    if configuration.database.is_sqlite:
        for suffix in _SUFFIXES:
            yield Path(f"{configuration.database.name}{suffix}")


def _inside(folder: Path) -> Iterator[Path]:
    yield folder
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            yield Path(parent, name)
