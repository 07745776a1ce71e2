"""Search of the directory with all facets: 10,000 and 100,000 organisations on both databases."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from benchmarks._installation import lay_out
from benchmarks._postgres import own_postgres, programs
from benchmarks._programs import BenchmarkError

SIZES: Final = (10_000, 100_000)
SMALL_SIZES: Final = (500,)
REPEATS: Final = 5
Say = Callable[[str], None]


def run(small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - the form of every benchmark
    """Return times of searches, changes and pages in milliseconds, by database and size."""
    found: dict[str, Any] = {"sqlite": _sizes(small, say, "SQLite", "")}
    if programs() is None or small:
        return found
    found["postgresql"] = []
    for n in SIZES:
        with own_postgres() as address:
            say(f"PostgreSQL: {n} organisations")
            found["postgresql"].append(_measured(n, REPEATS, address))
    return found


def _sizes(small: bool, say: Say, name: str, address: str) -> list[dict[str, Any]]:  # noqa: FBT001
    found = []
    for n in SMALL_SIZES if small else SIZES:
        say(f"{name}: {n} organisations")
        found.append(_measured(n, 1 if small else REPEATS, address))
    return found


def _measured(n: int, repeats: int, address: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as home:
        lay_out(Path(home))
        environment = {**os.environ, "ALPCLUSTERS_HOME": home, "DATABASE_URL": address}
        if not address:
            del environment["DATABASE_URL"]
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "benchmarks._directory_run", str(n), str(repeats)],
            cwd=Path(__file__).resolve().parents[1],
            env=environment,
            check=False,
            capture_output=True,
            text=True,
        )
    if done.returncode:
        raise BenchmarkError(done.stderr[-2000:])
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    slow, own = figures["icontains_ms"]["p50"], figures["search_ms"]["p50"]
    figures["icontains_times_slower_p50"] = round(slow / own, 1)
    return figures
