"""A running AlpClusters as a newcomer starts it: ``serve`` in a data directory of its own.

Three processes: a supervisor that holds the port, the live process in front, the site behind it.
"""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError

from alpclusters.cli.drill.processes import children_of

# A guard against hanging, no measure: on a busy machine a first start takes minutes.
READY_WITHIN_S = 600


@dataclass
class Server:
    """The process, where it answers, and what it printed."""

    home: Path
    port: int
    environment: dict[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def printed(self) -> str:
        return (self.home / "serve.out").read_text(encoding="utf-8")

    def start(self) -> None:
        """Start and wait until it answers."""
        environment = {
            **os.environ,
            "ALPCLUSTERS_HOME": str(self.home),
            "ALPCLUSTERS_PORT": str(self.port),
            "ALPCLUSTERS_STATIC": "collected",
            "ALPCLUSTERS_COMPONENTS": "yes",
            "LANG": "de_DE.UTF-8",
            "PYTHONPATH": "src",
            **self.environment,
        }
        with (self.home / "serve.out").open("w") as out, (self.home / "serve.err").open("a") as err:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "alpclusters", "serve", *self.options],
                env=environment,
                stdout=out,
                stderr=err,
            )
        try:
            self._wait()
            self._wait_for_words()
        except BaseException:
            # Nobody would stop it: it would go on beside all other tests.
            self.kill()
            raise

    def _wait(self) -> None:
        until = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError((self.home / "serve.err").read_text()[-4000:])
            try:
                with urllib.request.urlopen(f"{self.address}/readyz", timeout=5):
                    return
            except (URLError, OSError):
                time.sleep(0.2)
        raise TimeoutError(self.printed)

    def _wait_for_words(self) -> None:
        """Wait for what is printed once everything serves, a moment after it does."""
        until = time.monotonic() + READY_WITHIN_S
        # The host may have been given another name.
        while f":{self.port}" not in self.printed:
            if time.monotonic() > until:
                raise TimeoutError("ready, but nothing was printed")
            time.sleep(0.05)

    def administrator_link(self) -> str:
        """Return the link that `serve` printed for the first administrator."""
        return re.search(r"http\S+/administrator/\S+", self.printed)[0]

    def page(self, path: str) -> str:
        """Return the HTML of a page as everybody sees it."""
        with urllib.request.urlopen(f"{self.address}{path}", timeout=30) as response:
            return response.read().decode()

    def kill(self) -> None:
        """End all its processes at once, as a power failure does."""
        kill_all(self.process)

    def children(self) -> dict[str, int]:
        """Return the numbers of the live process and the site by name."""
        return children_of(self.process.pid)

    def stop(self) -> None:
        """End it the ordinary way."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                self.kill()


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def kill_all(process: subprocess.Popen) -> None:
    """Kill a supervisor and its processes in one go."""
    numbers = [process.pid, *children_of(process.pid).values()]
    for number in numbers:
        # Whoever sees its parent die is faster at times.
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    process.wait()
