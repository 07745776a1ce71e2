"""Pages of a plan by a real server: 500 actions, 5,000 reported values, every view.

Each page is asked for again and again in two languages, one request after another; the first one
is given apart. All data are simulated.
"""

import statistics
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks._installation import lay_out
from benchmarks._live_server import environment_of, run_in_hall, serving

SIZE: Final = (500, 5_000)
SMALL_SIZE: Final = (20, 60)
TIMES: Final = 40
SMALL_TIMES: Final = 2
ALLOWED_P95_MS: Final = 150.0
PAGES: Final = (
    "", "views/schedule/", "views/schedule/?page=7", "views/table/", "views/table/?page=9",
    "views/table/?status=far-behind", "views/board/", "views/levels/", "views/regions/",
    "views/dependencies/", "views/dependencies/?page=3", "views/logic/", "views/logic/?page=20",
    "progress/", "actions/X1/", "actions/X20/", "embed/", "changes.atom",
)  # fmt: skip
FILES: Final = ("data/actions.csv", "data/indicators.json", "data/values.csv")
Say = Callable[[str], None]


def run(small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - the form of every benchmark
    """Return milliseconds of every page of a plan."""
    n, m = SMALL_SIZE if small else SIZE
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        lay_out(home)
        environment = environment_of(home, "")
        say(f"{n} actions, {m} values")
        filled = run_in_hall(
            ["-m", "benchmarks._plan_pages_run", str(n), str(m)], environment, home / "answer.json"
        )
        with serving(environment, home):
            site = f"http://127.0.0.1:{environment['ALPCLUSTERS_PORT']}"
            return {"plan": filled, **_pages(site, filled["slug"], small=small, say=say)}


def _pages(site: str, slug: str, *, small: bool, say: Say) -> dict[str, Any]:
    times = SMALL_TIMES if small else TIMES
    pages = {}
    for page in PAGES:
        say(page or "plan")
        pages[page or "plan"] = _asked(site, slug, page, times)
    files = {name: _asked(site, slug, name, 3) for name in FILES}
    worst = max(pages.values(), key=lambda found: found["p95"])["p95"]
    return {
        "pages_ms": pages,
        "p95_allowed_ms": ALLOWED_P95_MS,
        "worst_p95_ms": worst,
        "p95_kept": worst <= ALLOWED_P95_MS,
        "files_ms": files,
    }


def _asked(site: str, slug: str, page: str, times: int) -> dict[str, float]:
    def address(language: str) -> str:
        return f"{site}/{language}/plans/{slug}/{page}"

    first = _milliseconds(address("de"))
    later = [_milliseconds(address("sl" if k % 2 else "de")) for k in range(times)]
    return {"first": round(first, 1), **_percentiles(later)}


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
