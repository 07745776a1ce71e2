"""The installation of a drill: the real program on a folder that is thrown away.

It knows no other data directory than its own: settings of the operator are not handed on.
"""

import contextlib
import http.client
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from alpclusters.cli.drill.processes import children_of
from alpclusters.cli.drill.waiting import TookTooLongError, wait_until
from alpclusters.cli.drill.wire import Place

ANSWER_WITHIN_S: Final = 30.0
ENDS_WITHIN_S: Final = 30.0
# A command that should have ended long ago is killed; its status is then below zero.
RUNS_WITHIN_S: Final = 120.0
LOOK_S: Final = 0.2
OK: Final = 200
NOBODY: Final = 0
LOG_END: Final = 600
_FOREIGN: Final = ("ALPCLUSTERS_", "DATABASE_", "DJANGO_")


class Installation:
    """A data directory below a folder, and the program that serves it.

    Parameters
    ----------
    folder : Path
        Holds everything that lasts.
    scratch : Path
        For what the program puts among temporary files.
    place : Place
        Where it answers.
    """

    def __init__(self, folder: Path, scratch: Path, place: Place) -> None:
        self.folder, self.scratch, self.place = folder, scratch, place
        self.home = folder / "home"
        self.log = folder / "serve.log"
        self.hall: dict[str, Any] = {}
        self._running: list[subprocess.Popen[str]] = []
        self.server: subprocess.Popen[str] | None = None

    # ---- programs ------------------------------------------------------------------------------

    def environment(self, home: Path) -> dict[str, str]:
        """Return the settings of a data directory of this drill; nothing of the operator's."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(_FOREIGN)}
        return kept | {
            "ALPCLUSTERS_HOME": str(home),
            "ALPCLUSTERS_BIND": self.place.host,
            "ALPCLUSTERS_PORT": str(self.place.port),
            "ALPCLUSTERS_STATIC": "finders",
            "ALPCLUSTERS_BACKUP_PASSPHRASE_FILE": str(self.folder / "passphrase"),
            "DJANGO_SETTINGS_MODULE": "alpclusters.platform.settings",
            "TMPDIR": str(self.scratch),
        }

    def run(
        self, *words: str | Path, home: Path | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """Run a command of the program to its end, here or on another folder of the drill."""
        return self.run_module("alpclusters", *words, home=home)

    def run_module(
        self, module: str, *words: str | Path, home: Path | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """Run a module with the settings of the drill."""
        command = [sys.executable, "-m", module, *map(str, words)]
        process = self._popen(command, home, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            out, err = process.communicate(timeout=RUNS_WITHIN_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            out, err = process.communicate()
        self._running.remove(process)
        return subprocess.CompletedProcess(command, process.returncode, out, err)

    def _popen(self, command: Sequence[str], home: Path | None, **streams: Any) -> Any:
        # A group of its own: Ctrl+C of the terminal is ours to pass on, and killing it kills all.
        process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            env=self.environment(home or self.home),
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            text=True,
            **streams,
        )
        self._running.append(process)
        return process

    # ---- the server ----------------------------------------------------------------------------

    def begin(self) -> None:
        """Start the server; it need not become ready."""
        command = [sys.executable, "-m", "alpclusters", "serve", "--no-demonstration"]
        with self.log.open("a") as log:
            self.server = self._popen(command, None, stdout=log, stderr=log)

    def start(self) -> float:
        """Start the server and wait until everything serves; return the seconds.

        Raises
        ------
        TookTooLongError
            It ended, or did not become ready; with the end of what it printed.
        """
        self.begin()
        return self.wait(lambda: self.readiness() == [], "start")

    def wait(self, question: Any, what: str) -> float:
        """Wait for a state of the server that runs.

        Raises
        ------
        TookTooLongError
        """
        try:
            return wait_until(lambda: question() or self._has_ended(what), what, look_s=LOOK_S)
        except TookTooLongError as error:
            raise TookTooLongError(f"{error} {self._log_end()}") from None

    def _has_ended(self, what: str) -> bool:
        if self.server is not None and self.server.poll() is not None:
            raise TookTooLongError(f"{what}: status {self.server.returncode}")
        return False

    def _log_end(self) -> str:
        return self.log.read_text(errors="replace")[-LOG_END:]

    def stop(self) -> int:
        """End the server the ordinary way; return its status."""
        server = self.server
        if server is None:
            return OK
        server.send_signal(signal.SIGTERM)
        status = server.wait(ENDS_WITHIN_S)
        self._running.remove(server)
        self.server = None
        return status

    def kill(self) -> None:
        """End everything that was started at once, as a power failure does."""
        for process in self._running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self._running.clear()
        self.server = None

    def children(self) -> dict[str, int]:
        """Return the numbers of the server's processes by name: ``live``, ``site``."""
        return children_of(self.server.pid) if self.server is not None else {}

    @contextlib.contextmanager
    def full_disk(self) -> Iterator[None]:
        """Let the live process write nothing behind the present end of its journal.

        The system then answers as it does where a quota or a disk is used up.
        """
        live, limit = self.children()["live"], resource.RLIMIT_FSIZE
        size = max(path.stat().st_size for path in self.segments())
        soft, hard = resource.prlimit(live, limit)
        resource.prlimit(live, limit, (size, hard))
        try:
            yield
        finally:
            resource.prlimit(live, limit, (soft, hard))

    def segments(self) -> list[Path]:
        """Return the files of the journal."""
        return sorted((self.home / "journal").glob("votes-*.aj"))

    # ---- questions -----------------------------------------------------------------------------

    def ask(self, path: str) -> tuple[int, bytes]:
        """Ask for a page; status 0 where nobody answers."""
        line = http.client.HTTPConnection(self.place.host, self.place.port, timeout=ANSWER_WITHIN_S)
        try:
            line.request("GET", path, headers={"Accept": "text/html, application/json"})
            found = line.getresponse()
            return found.status, found.read()
        except (OSError, http.client.HTTPException):
            return NOBODY, b""
        finally:
            line.close()

    def readiness(self) -> list[str]:
        """Name what does not serve, as ``/readyz`` says; empty where everything does."""
        status, content = self.ask("/readyz")
        if status == NOBODY:
            return ["nobody"]
        return [reason["name"] for reason in json.loads(content)["reasons"]]
