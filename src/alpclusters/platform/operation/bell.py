"""How a page calls the worker: a file that is there while work waits. No Django in it."""

from pathlib import Path

_BELL = "work.bell"


def ring(home: Path) -> None:
    """Say that work waits; whoever watches starts the worker."""
    path = _path(home)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)


def answer(home: Path) -> None:
    """Stop the ringing; to be called before looking for work, so that no ring is lost."""
    _path(home).unlink(missing_ok=True)


def is_ringing(home: Path) -> bool:
    """Say whether work waits."""
    return _path(home).exists()


def _path(home: Path) -> Path:
    return home / "run" / _BELL
