"""One installation at a time on a data directory: a lock, and a note of who holds it."""

import fcntl
import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from alpclusters.analysis.errors import SetupError
from alpclusters.platform.operation.private_files import MODE_OF_FILES, MODE_OF_FOLDERS

_NAME: Final = "serve.lock"
# Who was killed a moment ago may not have let it go yet.
_PATIENCE_S: Final = 1.5
_PAUSE_S: Final = 0.05
_MOST: Final = 1_000


def lock_home(home: Path, *, port: int, patience_s: float = _PATIENCE_S) -> int:
    """Become the only installation on a data directory; nothing else of it is touched before.

    Parameters
    ----------
    home : Path
    port : int
        Noted for whoever comes second.
    patience_s : float
        How long to wait for one that is just ending, in seconds.

    Returns
    -------
    int
        A descriptor: while it is open in any process, nobody else gets the lock. The system lets
        it go with the last process that holds it, however that one ends.

    Raises
    ------
    SetupError
        ``setup.home_in_use``: another one runs there; with its number, its start and its port.
    """
    return _lock(home, fcntl.LOCK_EX, port=port, patience_s=patience_s)


def share_home(home: Path, *, patience_s: float = _PATIENCE_S) -> int:
    """Take a share of a data directory for a site that runs alone; others like it may as well.

    Returns
    -------
    int
        A descriptor, as of `lock_home`.

    Raises
    ------
    SetupError
        ``setup.home_in_use``: a whole installation runs there.
    """
    return _lock(home, fcntl.LOCK_SH, port=None, patience_s=patience_s)


def _lock(home: Path, kind: int, *, port: int | None, patience_s: float) -> int:
    folder = home / "run"
    for path in (home, folder):
        path.mkdir(mode=MODE_OF_FOLDERS, parents=True, exist_ok=True)
    descriptor = os.open(folder / _NAME, os.O_RDWR | os.O_CREAT, MODE_OF_FILES)
    until = time.monotonic() + patience_s
    while not _try_lock(descriptor, kind):
        if time.monotonic() >= until:
            values = {"home": str(home), **_holder(descriptor)}
            os.close(descriptor)
            raise SetupError("setup.home_in_use", values=values)
        time.sleep(_PAUSE_S)
    _sign(descriptor, port)
    return descriptor


def _try_lock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sign(descriptor: int, port: int | None) -> None:
    since = datetime.now(tz=UTC).isoformat(timespec="seconds")
    told = {"pid": os.getpid(), "since": since, **({} if port is None else {"port": port})}
    note = json.dumps(told).encode()
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, note, 0)


def _holder(descriptor: int) -> dict[str, str]:
    """Return what the other one noted; question marks where it has not come to that yet."""
    unknown = dict.fromkeys(("pid", "since", "port"), "?")
    try:
        note = json.loads(os.pread(descriptor, _MOST, 0))
    except ValueError:
        return unknown
    return {name: str(note.get(name, "?")) for name in unknown}
