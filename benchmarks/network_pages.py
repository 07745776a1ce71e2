"""Measuring a network and its pages by a real server: 100,000 organisations, 1,000,000 links.

Pages of organisations drawn with a fixed seed, one after another in two languages, the first ones
(which read the file) given apart; then the other pages of the network. All data are simulated.
"""

import random
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

SIZE: Final = (100_000, 1_000_000)
SMALL_SIZE: Final = (300, 1_500)
PAGES: Final = 200
SMALL_PAGES: Final = 10
ALLOWED_P95_MS: Final = 150.0
_OTHERS: Final = (
    "network/", "network/?by=nuts2", "network/?by=nuts2&country=AT", "network/overview/",
    "network/roles/", "network/change/", "network/pair/AT-IT/",
)  # fmt: skip
Say = Callable[[str], None]


def run(small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - the form of every benchmark
    """Return what measuring took and the times of pages in milliseconds."""
    n, m = SMALL_SIZE if small else SIZE
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        lay_out(home)
        environment = environment_of(home, "")
        say(f"{n} organisations, {m} links")
        filled = run_in_hall(
            ["-m", "benchmarks._network_pages_run", str(n), str(m)],
            environment,
            home / "answer.json",
        )
        numbers = _drawn(home, SMALL_PAGES if small else PAGES)
        with serving(environment, home):
            site = f"http://127.0.0.1:{environment['ALPCLUSTERS_PORT']}"
            return {"measuring": filled, **_pages(site, numbers, say)}


def _pages(site: str, numbers: Sequence[int], say: Say) -> dict[str, Any]:
    def path(number: int, language: str) -> str:
        return f"{site}/{language}/network/organisation/{number}/?simulated=1"

    say("pages of organisations")
    first = [_milliseconds(path(numbers[0], "de")) for _ in range(2)]
    times = [_milliseconds(path(n, "sl" if k % 2 else "de")) for k, n in enumerate(numbers)]
    say("other pages")
    others = {one: _times(f"{site}/de/{one}") for one in _OTHERS}
    file = _milliseconds(f"{site}/en/network/export/network.graphml?simulated=1")
    found = _percentiles(times)
    return {
        "first_pages_ms": [round(one, 1) for one in first],
        "organisation_page_ms": found,
        "organisation_p95_allowed_ms": ALLOWED_P95_MS,
        "organisation_p95_kept": found["p95"] <= ALLOWED_P95_MS,
        "other_pages_ms": others,
        "graphml_of_all_s": round(file / 1000, 2),
    }


def _times(url: str) -> dict[str, float]:
    asked = url + ("&" if "?" in url else "?") + "simulated=1"
    first = _milliseconds(asked)
    later = [_milliseconds(asked) for _ in range(5)]
    return {"first": round(first, 1), "median": round(statistics.median(later), 1)}


def _drawn(home: Path, n: int) -> list[int]:
    """Return listed organisations that have links, drawn with a fixed seed."""
    with closing(sqlite3.connect(next(home.glob("*.sqlite3")))) as database:
        rows = database.execute(
            "SELECT DISTINCT o.id FROM actors_organisation o JOIN network_link l "
            "ON l.first_id = o.id WHERE o.is_listed AND o.source = 'benchmark' ORDER BY o.id"
        ).fetchall()
    return random.Random(7).sample([row[0] for row in rows], n)  # noqa: S311 - no secret


def _milliseconds(url: str) -> float:
    started = time.perf_counter()
    with urllib.request.urlopen(url, timeout=600) as answer:  # noqa: S310 - our own server
        answer.read()
    return (time.perf_counter() - started) * 1000


def _percentiles(times: Sequence[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "n": len(ordered),
        "median": round(statistics.median(ordered), 1),
        "p95": round(ordered[int(0.95 * (len(ordered) - 1))], 1),
        "max": round(ordered[-1], 1),
    }
