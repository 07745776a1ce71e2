"""Time `alpclusters import organisations` on simulated lists, from start to written report.

Each list goes into a fresh installation whose tables and reference data are there already. The
start of the program and the wait for the disk are in the figures.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from benchmarks._installation import lay_out
from benchmarks._lists import write_text, write_workbook
from benchmarks._postgres import own_postgres, programs
from benchmarks._programs import run_program

SMALL: Final = (300,)
FULL: Final = (10_000, 100_000)
CHANGED_SHARE: Final = 0.1
LIMIT_S: Final = 60
LIMIT_MB: Final = 500

Say = Callable[[str], None]


def run(small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - the form of every benchmark
    """Return wall time, processor time and peak memory of each import."""
    sizes = SMALL if small else FULL
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures: dict[str, Any] = {"sqlite": [_text(n, folder, say) for n in sizes]}
        if small:
            return figures
        most = sizes[-1]
        figures["workbook"] = _fresh(write_workbook(folder / "w.xlsx", most), folder / "w", say)
        figures["listed"] = _fresh(folder / f"{most}.csv", folder / "l", say, "--listed")
        figures["postgresql"] = _postgresql(folder / f"{most}.csv", folder, say)
    figures["limits"] = {"wall_s": LIMIT_S, "peak_mb": LIMIT_MB}
    return figures


def _text(n: int, folder: Path, say: Say) -> dict[str, Any]:
    """Import a list, the same again, and again with some rows changed."""
    home = folder / f"home-{n}"
    path = write_text(folder / f"{n}.csv", n)
    new = _fresh(path, home, say)
    again = _timed(path, home, say)
    other = write_text(folder / "changed" / path.name, n, changed_share=CHANGED_SHARE)
    return {"rows": n, "new": new, "unchanged": again, "tenth_changed": _timed(other, home, say)}


def _fresh(path: Path, home: Path, say: Say, *options: str) -> dict[str, float]:
    if not lay_out(home):
        one = write_text(path.parent / "changed" / "one.csv", 1)
        run_program("import", "organisations", str(one), "--dry-run", home=home)
    return _timed(path, home, say, *options)


def _timed(path: Path, home: Path, say: Say, *options: str) -> dict[str, float]:
    report = home / "report"
    wanted = ("--source", "benchmark", "--report", str(report), "--simulated", *options)
    figures = run_program("import", "organisations", str(path), *wanted, home=home).as_figures()
    say(f"{path.name} {' '.join(options)}: {figures}")
    return figures


def _postgresql(path: Path, folder: Path, say: Say) -> dict[str, float] | str:
    if programs() is None:
        return "not measured: no PostgreSQL server here"
    with own_postgres() as address, postgres_address(address):
        return _fresh(path, folder / "home-postgresql", say)


@contextmanager
def postgres_address(address: str) -> Iterator[None]:
    """Let programs started meanwhile use this database."""
    before = os.environ.get("DATABASE_URL")
    os.environ["DATABASE_URL"] = address
    try:
        yield
    finally:
        os.environ.pop("DATABASE_URL")
        if before is not None:
            os.environ["DATABASE_URL"] = before
