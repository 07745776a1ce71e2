"""One child of the supervisor: how it is started, when again, and how it is ended."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Final

from alpclusters.platform.configuration import Configuration

FIRST_PAUSE_S: Final = 0.2
LONGEST_PAUSE_S: Final = 5.0
UP_AFTER_S: Final = 10.0


class Child:
    """A process that is started again when it dies.

    Parameters
    ----------
    name : str
        For the operator.
    words : sequence of str
        Arguments of ``python -m alpclusters.live``.
    descriptors : sequence of int
        What it inherits.
    """

    longest_pause_s = LONGEST_PAUSE_S

    def __init__(self, name: str, words: Sequence[str], descriptors: Sequence[int]) -> None:
        self.name, self.words, self.descriptors = name, list(words), tuple(descriptors)
        self.process: subprocess.Popen[bytes] | None = None
        self.n_early_deaths = 0
        self.was_up = False
        self._started_at = 0.0
        self._due_at = 0.0

    def begin(self) -> None:
        """Start it with the installation."""
        self.start()

    def start(self) -> None:
        """Start it in this group, so that killing the group kills it too."""
        self._started_at = time.monotonic()
        self.process = subprocess.Popen(command(*self.words), pass_fds=self.descriptors)  # noqa: S603

    def has_died(self) -> bool:
        """Say whether it is gone; the first time note when it is due again."""
        if self.process is None:
            return True
        if self.process.poll() is None:
            self.was_up = self.was_up or self._is_up()
            return False
        self.n_early_deaths = 0 if self._is_up() else self.n_early_deaths + 1
        pause = min(self.longest_pause_s, FIRST_PAUSE_S * 2 ** max(0, self.n_early_deaths - 1))
        self._due_at = time.monotonic() + pause
        say(f"{self.name} ended with status {self.process.returncode}; starting it again")
        self.process = None
        return True

    def start_when_due(self) -> None:
        """Start it after its pause, which grows while it dies early."""
        if self.process is None and time.monotonic() >= self._due_at:
            self.start()

    def terminate(self) -> None:
        """Ask it to end."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def stop(self, *, within: float) -> None:
        """End it, if need be by force."""
        if self.process is None:
            return
        self.terminate()
        try:
            self.process.wait(within)
        except subprocess.TimeoutExpired:
            say(f"{self.name} did not end in time and was killed")
            self.process.kill()
            self.process.wait()

    def _is_up(self) -> bool:
        return time.monotonic() - self._started_at > UP_AFTER_S


def children_of(
    configuration: Configuration, listener: socket.socket, lifeline: int
) -> list[Child]:
    """Return the live process and the processes of the site."""
    port = listener.fileno()
    live = Child("live", ["live", str(lifeline), str(port)], [lifeline, port])
    sites = [
        Child(f"site {n}" if n > 1 else "site", ["site", str(lifeline), str(n)], [lifeline])
        for n in range(1, configuration.site_processes + 1)
    ]
    return [live, *sites]


def command(*words: str) -> list[str]:
    """Return how a part of the program is started with the same Python."""
    flags = ["-P"] if sys.flags.safe_path else []
    flags += [f"-W{option}" for option in sys.warnoptions]
    return [sys.executable, *flags, "-m", "alpclusters.live", *words]


def say(text: str) -> None:
    """Tell the operator."""
    os.write(2, f"{text}\n".encode())
