"""A hall full of phones: joins, ratings, listeners and pages against a real server."""

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from alpclusters.cli.drill.audit import compare, read_ratings
from benchmarks._installation import lay_out
from benchmarks._live_server import environment_of, run_in_hall, serving
from benchmarks._machine import load_average
from benchmarks._postgres import own_postgres, programs

Say = Callable[[str], None]

FULL: Final = {"phones": 2000, "listeners": 1000, "join_s": 5.0, "vote_s": 60.0, "cut": 500}
# As many votes a second as in full, for a quarter of the time.
SMALL: Final = {"phones": 500, "listeners": 40, "join_s": 1.25, "vote_s": 15.0, "cut": 10}
RATINGS_PER_PHONE: Final = 12
PAGES: Final = ("/de/", "/sl/measures/", "/cafe/")
RUNS: Final = 3


def run(small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - the form of every benchmark
    """Return one run on SQLite when small, else three on each database; the medians first."""
    size = SMALL if small else FULL
    runs = [measure("", size, say) for _ in range(1 if small else RUNS)]
    if not small and programs() is not None:
        for _ in range(RUNS):
            with own_postgres() as url:
                runs.append(measure(url, size, say))
    return {**_median_run(runs), "runs": runs}


def measure(database_url: str, size: Mapping[str, Any], say: Say) -> dict[str, Any]:
    """Run a hall once on a fresh installation and compare with its database."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        lay_out(home)
        environment = environment_of(home, database_url)
        kind = "postgresql" if database_url else "sqlite"
        say(f"{kind}: preparing an AlpCafé")
        hall = run_in_hall(["-m", "alpclusters.cli.drill.hall"], environment, home / "hall.json")
        with serving(environment, home) as server:
            say(f"{kind}: {size['phones']} phones, {size['listeners']} listeners")
            before = load_average()
            figures = _load(hall, environment, size, home)
            cpu = _cpu_of_tree(server.pid)
        commands = figures.pop("commands")
        audit = compare(commands, read_ratings(home, database_url))
        return {
            "database": kind,
            "phones": size["phones"],
            "listeners": size["listeners"],
            **figures,
            **audit,
            "p50_ms": figures["vote"].get("p50_ms"),
            "p99_ms": figures["vote"].get("p99_ms"),
            "lag_p99_ms": figures["lag"].get("p99_ms"),
            "server_cpu_s": cpu,
            "load_before": before,
            "load_after": load_average(),
        }


def _median_run(runs: list[dict[str, Any]]) -> dict[str, Any]:
    sqlite = sorted((r for r in runs if r["database"] == "sqlite"), key=lambda r: r["p99_ms"] or 0)
    return dict(sqlite[len(sqlite) // 2])


def _load(
    hall: Mapping[str, Any], environment: Mapping[str, str], size: Mapping[str, Any], home: Path
) -> dict[str, Any]:
    plan = {
        "port": int(environment["ALPCLUSTERS_PORT"]),
        **{k: hall[k] for k in ("event", "link", "screen", "measures", "criteria")},
        **size,
        "ratings_per_phone": RATINGS_PER_PHONE,
        "pages_per_s": 10.0,
        "pages": PAGES,
    }
    path = home / "plan.json"
    path.write_text(json.dumps(plan))
    return run_in_hall(
        ["-m", "benchmarks._live_phones", str(path)], environment, home / "load.json"
    )


def _cpu_of_tree(pid: int) -> dict[str, float]:
    """Return processor seconds by process of the server, where the system tells them."""
    found: dict[str, float] = {}
    ticks = os.sysconf("SC_CLK_TCK")
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = stat.read_text().rpartition(")")
        except OSError:
            continue
        fields = rest.split()
        number = int(name.split(" ", 1)[0])
        if pid in (number, int(fields[1])):
            found[f"{number}"] = round((int(fields[11]) + int(fields[12])) / ticks, 2)
    return found
