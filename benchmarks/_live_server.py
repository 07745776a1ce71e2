"""A real server with a hall in it, for benchmarks: started, waited for, stopped."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from benchmarks._machine import ROOT
from benchmarks._programs import BenchmarkError

READY_WITHIN_S: Final = 120


def environment_of(home: Path, database_url: str = "") -> dict[str, str]:
    """Return the environment of a fresh installation with a port of its own."""
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


def run_in_hall(
    arguments: list[str], environment: Mapping[str, str], answer: Path
) -> dict[str, Any]:
    """Run a program that writes what it has to say into a file: a megabyte, too much for a pipe."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *arguments, str(answer)],
        cwd=ROOT,
        env=dict(environment),
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise BenchmarkError(f"{arguments}: {done.stderr[-2000:]}")
    result: dict[str, Any] = json.loads(answer.read_text())
    return result


@contextmanager
def serving(environment: Mapping[str, str], home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Serve until the block ends; begin it when the site answers."""
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
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise BenchmarkError("the server did not become ready")
