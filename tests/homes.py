"""Data directories that were set up once: who needs one that is ready takes a copy.

Setting up means migrations and reference data: five to twelve seconds of processor time. It is
tried itself where the first start is the matter (tests/live/test_processes, tests/packaging); all
others copy what the same command has made. All workers share the originals, and all steps of
./check do (ALPCLUSTERS_TEST_HOMES).
"""

import contextlib
import fcntl
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.e2e.serving import Server, free_port
from tests.known_key import write_known_key

# The database is a file in the directory, whatever the tests run on.
PLAIN: Final = {"DATABASE_URL": "", "ALPCLUSTERS_STATIC": "finders"}
OURS: Final = {"DATABASE_URL": "", "ALPCLUSTERS_STATIC": "collected"}
# Of a server that ran: its sockets and what it printed.
LEFT_BEHIND: Final = shutil.ignore_patterns("*.sock", "serve.out", "serve.err")
# A guard against hanging, no measure.
WORK_WITHIN_S: Final = 1800
# Says which database it was loaded into, so that it is loaded again into another one.
STAMP: Final = Path("run", "reference-data.stamp")


def _serve_once(home: Path, environment: dict[str, str], *options: str) -> None:
    server = Server(home, free_port(), environment, options)
    server.start()
    try:
        _let_work_end(home)
    finally:
        server.stop()


def _let_work_end(home: Path) -> None:
    """Wait for the worker: what it leaves would be done again by every server on a copy."""
    until = time.monotonic() + WORK_WITHIN_S
    while _n_open(home):
        if time.monotonic() > until:
            raise TimeoutError(f"the worker had not ended after {WORK_WITHIN_S} s")
        time.sleep(0.2)


def _n_open(home: Path) -> int:
    open_ones = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status IN (?, ?)"
    with contextlib.closing(sqlite3.connect(home / "alpclusters.sqlite3", timeout=30)) as database:
        return database.execute(open_ones, ["READY", "RUNNING"]).fetchone()[0]


MAKERS: Final[dict[str, Callable[[Path], None]]] = {
    "plain": lambda home: _serve_once(home, PLAIN, "--no-demonstration"),
    "demonstration": lambda home: _serve_once(copy_home("plain", home), OURS),
}


def originals(*names: str) -> Path:
    """Return the folder in which these data directories lie, for who copies them itself."""
    for name in names:
        _original(name, MAKERS[name])
    return Path(os.environ["ALPCLUSTERS_TEST_HOMES"])


def copy_home(name: str, into: Path, make: Callable[[Path], None] | None = None) -> Path:
    """Fill a folder with a copy of a data directory that ``make`` has set up once."""
    original = _original(name, make or MAKERS[name])
    shutil.copytree(original, into, dirs_exist_ok=True, ignore=LEFT_BEHIND)
    stamp = into / STAMP
    if stamp.exists():
        said = stamp.read_text(encoding="utf-8")
        # Made under another name: see _original.
        stamp.write_text(said.replace(f"{original}.new", str(into)), encoding="utf-8")
    return into


def _original(name: str, make: Callable[[Path], None]) -> Path:
    folder = Path(os.environ["ALPCLUSTERS_TEST_HOMES"])
    folder.mkdir(exist_ok=True)
    original = folder / name
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not original.exists():
            fresh = Path(f"{original}.new")
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir()
            write_known_key(fresh)
            make(fresh)
            fresh.rename(original)
    return original
