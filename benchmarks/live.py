"""A hall full of phones: joins, ratings, listeners and pages against a real server."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from benchmarks._live_audit import compare, read_ratings
from benchmarks._machine import ROOT, load_average
from benchmarks._postgres import own_postgres, programs
from benchmarks._programs import BenchmarkError

Say = Callable[[str], None]

FULL: Final = {"phones": 2000, "listeners": 1000, "join_s": 5.0, "vote_s": 60.0, "cut": 500}
SMALL: Final = {"phones": 120, "listeners": 60, "join_s": 1.0, "vote_s": 4.0, "cut": 10}
RATINGS_PER_PHONE: Final = 12
PAGES: Final = ("/de/", "/sl/measures/", "/cafe/")
READY_WITHIN_S: Final = 120
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
        environment = _environment(home, database_url)
        kind = "postgresql" if database_url else "sqlite"
        say(f"{kind}: preparing an AlpCafé")
        hall = _program(["-m", "benchmarks._live_hall"], environment)
        with _server(environment, home) as server:
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


def _environment(home: Path, database_url: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ALPCLUSTERS_", "DATABASE_"))}
    kept |= {
        "ALPCLUSTERS_HOME": str(home),
        "ALPCLUSTERS_PORT": str(_free_port()),
        "DJANGO_SETTINGS_MODULE": "alpclusters.platform.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    return kept | ({"DATABASE_URL": database_url} if database_url else {})


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _program(arguments: list[str], environment: Mapping[str, str]) -> dict[str, Any]:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *arguments],
        cwd=ROOT,
        env=dict(environment),
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise BenchmarkError(f"{arguments}: {done.stderr[-2000:]}")
    result: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


@contextmanager
def _server(environment: Mapping[str, str], home: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "alpclusters", "serve", "--no-demonstration"]
    with (home / "serve.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own program
            command, cwd=ROOT, env=dict(environment), stdout=log, stderr=log
        )
    try:
        _wait_until_ready(int(environment["ALPCLUSTERS_PORT"]), process, home)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _wait_until_ready(port: int, process: subprocess.Popen[bytes], home: Path) -> None:
    until = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < until:
        if process.poll() is not None:
            raise BenchmarkError((home / "serve.log").read_text()[-2000:])
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz?site=1", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise BenchmarkError("the server did not become ready")


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
    return _program(["-m", "benchmarks._live_phones", str(path)], environment)


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
