"""How far a long work is: a small file beside what it works on.

Not a row: a worker that holds a transaction would hide it until the end, and on SQLite a page that
writes would wait for it.
"""

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

_NAME: Final = "progress.json"
_CANCEL: Final = "cancel"
WRITES_EVERY_S: Final = 0.3


@dataclass(frozen=True, slots=True)
class Progress:
    """How much is done of how much, and since when.

    Attributes
    ----------
    done, total : int
        Rows; ``total`` is 0 while it is not known.
    began_at, seen_at : float
        Seconds since 1970.
    """

    done: int = 0
    total: int = 0
    began_at: float = 0.0
    seen_at: float = 0.0

    @property
    def seconds_left(self) -> int | None:
        """How long it takes still, if that can be said."""
        passed = self.seen_at - self.began_at
        if not 0 < self.done < self.total or passed < 1:
            return None
        return round(passed / self.done * (self.total - self.done))


class Diary:
    """Writes down the progress of one work, not more often than anybody looks.

    Parameters
    ----------
    folder : Path
        Where the work lies.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._began_at, self._written_at = time.time(), 0.0

    def note(self, done: int, total: int | None) -> None:
        """Write down how far it is."""
        now = time.time()
        is_end = total is not None and done >= total
        if now - self._written_at < WRITES_EVERY_S and not is_end:
            return
        self._written_at = now
        _write(self.folder / _NAME, Progress(done, total or 0, self._began_at, now))

    def is_cancelled(self) -> bool:
        """Say whether somebody wants it to end."""
        return (self.folder / _CANCEL).exists()


def read_progress(folder: Path) -> Progress:
    """Return how far the work in a folder is; nothing done where nothing is noted."""
    try:
        return Progress(**json.loads((folder / _NAME).read_text(encoding="ascii")))
    except (OSError, ValueError, TypeError):
        return Progress()


def cancel(folder: Path) -> None:
    """Ask a work to end."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / _CANCEL).touch(mode=0o600)


def clear(folder: Path) -> None:
    """Forget wish and progress before a new work in the same folder."""
    for name in (_NAME, _CANCEL):
        (folder / name).unlink(missing_ok=True)


def _write(path: Path, progress: Progress) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_suffix(".new")
    new.write_text(json.dumps(asdict(progress)), encoding="ascii")
    new.replace(path)
