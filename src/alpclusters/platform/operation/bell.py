"""How a page calls the worker: a file that is there while work waits. No Django in it."""

import os
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path

_BELL = "work.bell"
_ALARM = "work.alarm"


def ring(home: Path) -> None:
    """Say that work waits; whoever watches starts the worker."""
    path = _path(home)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)


def ring_at(home: Path, moment: datetime | None) -> None:
    """Ring at a moment, instead of one that was set before; None: not at all."""
    path = home / "run" / _ALARM
    if moment is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    os.utime(path, (moment.timestamp(), moment.timestamp()))


def answer(home: Path) -> None:
    """Stop the ringing; to be called before looking for work, so that no ring is lost."""
    _path(home).unlink(missing_ok=True)


def is_ringing(home: Path) -> bool:
    """Say whether work waits."""
    return _path(home).exists() or _is_time(home)


def _is_time(home: Path) -> bool:
    with suppress(FileNotFoundError):
        return (home / "run" / _ALARM).stat().st_mtime <= time.time()
    return False


def _path(home: Path) -> Path:
    return home / "run" / _BELL
