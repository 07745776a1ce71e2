"""Time `alpclusters import cordis` on a simulated archive, from start to written report.

New, the same again, a tenth changed, killed in the middle and started again; the last one has to
end with the very content of the first. Each begins in an installation whose tables and reference
data are there already; the start of the program and the wait for the disk are in the figures.
"""

import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from benchmarks._cordis import write_archive
from benchmarks._installation import lay_out
from benchmarks._postgres import own_postgres, programs
from benchmarks._programs import run_program
from benchmarks.imports import postgres_address

SMALL: Final = 200
FULL: Final = 35_000
GROWTH: Final = (5_000, 10_000, 20_000)
CHANGED_SHARE: Final = 0.1
LIMIT_S: Final = 90
LIMIT_MB: Final = 600
_DATABASE: Final = "alpclusters.sqlite3"
_INITIATIVES: Final = (
    "SELECT i.key, i.acronym, i.title, i.aims, i.start, i.end, i.budget_cents, i.countries, "
    "i.keywords, i.status, p.name, p.period, i.family = i.id FROM evidence_initiative i LEFT JOIN "
    "evidence_programme p ON p.id = i.programme_id WHERE i.is_simulated AND i.key LIKE 'cordis-%' "
    "ORDER BY i.key"
)
_PARTICIPATIONS: Final = (
    'SELECT i.key, m.body_key, m.name, m.role, m."order", m.country, r.code, m.given_code, '
    "m.eu_cents FROM evidence_participation m JOIN evidence_initiative i ON i.id = m.initiative_id "
    "LEFT JOIN territory_region r ON r.id = m.region_id WHERE i.key LIKE 'cordis-%' "
    'ORDER BY i.key, m."order", m.body_key, m.role'
)
_RECORDS: Final = (
    "SELECT external_id, digest, line FROM evidence_initiativerecord ORDER BY external_id"
)

Say = Callable[[str], None]


def run(small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - the form of every benchmark
    """Return wall time, processor time and peak memory of each import."""
    n = SMALL if small else FULL
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = write_archive(folder / "a" / "cordis.zip", n)
        home = _prepared(folder / "home")
        shutil.copytree(home, folder / "killed")
        figures: dict[str, Any] = {"projects": n, "new": _timed(archive, home, say)}
        figures["participations"] = _count(home, "evidence_participation")
        content = _digest(home)
        figures["unchanged"] = _timed(archive, home, say)
        figures["killed"] = _killed(archive, folder / "killed", n // 3, say)
        figures["killed"]["same_content"] = _digest(folder / "killed") == content
        other = write_archive(folder / "b" / "cordis.zip", n, changed_share=CHANGED_SHARE)
        figures["tenth_changed"] = _timed(other, home, say)
        fewer = write_archive(folder / "c" / "cordis.zip", n, without=n // 100)
        figures["hundredth_gone"] = _timed(fewer, home, say)
        if not small:
            figures["growth"] = [_growth(size, folder, say) for size in GROWTH]
            figures["postgresql"] = _postgresql(archive, folder, say)
    figures["limits"] = {"wall_s": LIMIT_S, "peak_mb": LIMIT_MB}
    return figures


def _prepared(home: Path) -> Path:
    """Make an installation: its tables, its reference data, nothing imported."""
    if not lay_out(home):
        one = write_archive(home.parent / "one.zip", 1)
        run_program("import", "cordis", str(one), "--dry-run", home=home)
    return home


def _arguments(archive: Path, home: Path) -> tuple[str, ...]:
    return ("import", "cordis", str(archive), "--report", str(home / "report"), "--simulated")


def _timed(archive: Path, home: Path, say: Say) -> dict[str, float]:
    figures = run_program(*_arguments(archive, home), home=home).as_figures()
    say(f"{archive.parent.name}/{archive.name}: {figures}")
    return figures


def _growth(n: int, folder: Path, say: Say) -> dict[str, float]:
    archive = write_archive(folder / f"g{n}" / "cordis.zip", n)
    return {"projects": n, **_timed(archive, _prepared(folder / f"home-{n}"), say)}


def _killed(archive: Path, home: Path, wanted: int, say: Say) -> dict[str, Any]:
    """Kill an import when so much is stored, and start it again."""
    stored = _kill_at(archive, home, wanted)
    again = _timed(archive, home, say)
    say(f"killed with {stored} stored")
    return {"stored_when_killed": stored, "second_start": again}


def _kill_at(archive: Path, home: Path, wanted: int) -> int:
    environment = os.environ | {"ALPCLUSTERS_HOME": str(home)}
    command = [sys.executable, "-P", "-m", "alpclusters", *_arguments(archive, home)]
    process = subprocess.Popen(  # noqa: S603 - our own program
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while process.poll() is None and _count(home, "evidence_initiativerecord") < wanted:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return _count(home, "evidence_initiativerecord")


def _count(home: Path, table: str) -> int:
    with sqlite3.connect(f"file:{home / _DATABASE}?mode=ro", uri=True, timeout=30) as base:
        return int(base.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - ours


def _digest(home: Path) -> str:
    """Return a digest of everything that was imported, without keys and times of the database."""
    digest = hashlib.sha256()
    with sqlite3.connect(f"file:{home / _DATABASE}?mode=ro", uri=True, timeout=30) as base:
        for sql in (_INITIATIVES, _PARTICIPATIONS, _RECORDS):
            for row in base.execute(sql):
                digest.update(repr(row).encode())
    return digest.hexdigest()


def _postgresql(archive: Path, folder: Path, say: Say) -> dict[str, float] | str:
    if programs() is None:
        return "not measured: no PostgreSQL server here"
    with own_postgres() as address, postgres_address(address):
        return _timed(archive, _prepared(folder / "home-postgresql"), say)
