"""The page "what lasted" by a real server: 500, 1,000 and 5,000 initiatives, ten activities each.

Sixty questions (splits, filters, horizons) in two languages, one after another, the first one not
counted; then the first page after a change in the database. All data are simulated.
"""

import json
import os
import sqlite3
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from benchmarks._installation import lay_out
from benchmarks._live_server import environment_of, run_in_hall, serving
from benchmarks._postgres import own_postgres, programs

SIZES: Final = (500, 1_000, 5_000)
SMALL_SIZES: Final = (100,)
PER_INITIATIVE: Final = 10
CHANGES: Final = 20
SMALL_CHANGES: Final = 4
# Still each split and each filter, in both languages.
SMALL_EVERY: Final = 5
SPLITS: Final = (
    "", "by=programme", "by=period", "by=country", "by=nuts1", "by=nuts2", "by=sector", "by=scope",
    "by=audience", "by=payer",
)  # fmt: skip
FILTERS: Final = (
    "", "months=12", "country=AT", "programme=interreg&period=2007-2013", "sector=C&audience=smes",
    "payer=members&months=36",
)  # fmt: skip
Say = Callable[[str], None]


def run(small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - the form of every benchmark
    """Return times of pages in milliseconds and of what is computed in seconds, by size."""
    found: dict[str, Any] = {
        "sqlite": [_measured(n, say) for n in (SMALL_SIZES if small else SIZES)]
    }
    if programs() is not None and not small:
        with own_postgres() as address:
            found["postgresql"] = [_measured(SIZES[-1], say, address)]
    return found


def _measured(n: int, say: Say, address: str = "") -> dict[str, Any]:
    say(f"{'PostgreSQL' if address else 'SQLite'}: {n} initiatives")
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        lay_out(home)
        environment = environment_of(home, address)
        filled = run_in_hall(
            ["-m", "benchmarks._evidence_fill", str(n), str(n * PER_INITIATIVE)],
            environment,
            home / "answer.json",
        )
        with serving(environment, home) as server:
            site = f"http://127.0.0.1:{environment['ALPCLUSTERS_PORT']}"
            first = _milliseconds(f"{site}/en/evidence/?simulated=1")
            before = _cpu_ms(server.pid)
            is_small = n in SMALL_SIZES
            asked = paths()[::SMALL_EVERY] if is_small else paths() * 2
            pages = [_milliseconds(site + path) for path in asked]
            cpu = _cpu_ms(server.pid) - before
            n_changes = SMALL_CHANGES if is_small else CHANGES
            changed = [] if address else _after_changes(site, home, n_changes)
    return {
        "initiatives": n,
        "activities": n * PER_INITIATIVE,
        **filled,
        "first_page_ms": round(first, 1),
        "page_ms": _percentiles(pages),
        "page_cpu_mean_ms": round(cpu / len(pages), 1),
        **({"page_after_a_change_ms": _percentiles(changed)} if changed else {}),
    }


def paths() -> list[str]:
    """Return the questions, every second one in Slovenian."""
    asked = [f"{split}&{chosen}".strip("&") for split in SPLITS for chosen in FILTERS]
    return [
        f"/{'sl' if number % 2 else 'de'}/evidence/?simulated=1&{question}"
        for number, question in enumerate(asked)
    ]


def _after_changes(site: str, home: Path, n_changes: int) -> list[float]:
    """Time the first page after somebody changed an activity."""
    (database,) = home.glob("*.sqlite3")
    times = []
    for number in range(1, n_changes + 1):
        with closing(sqlite3.connect(database, timeout=30)) as connection, connection:
            connection.execute(
                "UPDATE evidence_activity SET outcome_status = 'ended', changed_at = ?"
                " WHERE id = (SELECT max(id) - ? FROM evidence_activity)",
                (f"2099-01-01 00:00:{number:02d}", number),
            )
        times.append(_milliseconds(f"{site}/en/evidence/?simulated=1"))
    return times


def _milliseconds(url: str) -> float:
    started = time.perf_counter()
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310 - our own server
        answer.read()
    return 1000 * (time.perf_counter() - started)


def _cpu_ms(pid: int) -> float:
    """Return what a server and its workers have used of the processor, whoever else is busy."""
    found = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, rest = stat.parent.name, stat.read_text().rpartition(") ")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if pid in {int(number), int(rest[1])}:
            found += int(rest[11]) + int(rest[12])
    return 1000 * found / os.sysconf("SC_CLK_TCK")


def _percentiles(times: Sequence[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return {
        "n": len(times),
        "p50": round(cuts[49], 1),
        "p95": round(cuts[94], 1),
        "p99": round(cuts[98], 1),
        "max": round(max(times), 1),
    }


if __name__ == "__main__":
    print(json.dumps(run(small=True, say=print), indent=1))
