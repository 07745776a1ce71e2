"""One child of the supervisor: how it is started, when again, and how it is ended."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from alpclusters.platform.configuration import Configuration
from alpclusters.platform.sockets import CONTROL, site_sockets, socket_path

FIRST_PAUSE_S: Final = 0.2
LONGEST_PAUSE_S: Final = 5.0
UP_AFTER_S: Final = 10.0
LOOK_AT_SOCKET_S: Final = 1.0
ENDS_WITHIN_S: Final = 5.0


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
    meets_at : Path, optional
        The socket where others reach it: a process that has lost it is started again.
    """

    longest_pause_s = LONGEST_PAUSE_S

    def __init__(
        self,
        name: str,
        words: Sequence[str],
        descriptors: Sequence[int],
        meets_at: Path | None = None,
    ) -> None:
        self.name, self.words, self.descriptors = name, list(words), tuple(descriptors)
        self._socket = None if meets_at is None else SocketOfChild(meets_at)
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
        if self._socket is not None:
            self._socket.forget()
        self._started_at = time.monotonic()
        self.process = subprocess.Popen(command(*self.words), pass_fds=self.descriptors)  # noqa: S603

    def has_died(self) -> bool:
        """Say whether it is gone; the first time note when it is due again."""
        if self.process is None:
            return True
        if self.process.poll() is None:
            self.was_up = self.was_up or self._is_up()
            if self._socket is not None and self._socket.is_lost():
                say(f"{self.name} has lost its socket")
                self.stop(within=ENDS_WITHIN_S)
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


class SocketOfChild:
    """The socket of a child, looked at until it is there and then once a second.

    Parameters
    ----------
    path : Path
        Nobody but the child makes a file there: the installation holds the lock on its home.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._inode: int | None = None
        self._looked_at = 0.0

    def forget(self) -> None:
        """Remove what an earlier process left, so that what appears is the new one's."""
        self._inode = None
        self.path.unlink(missing_ok=True)

    def is_lost(self) -> bool:
        """Say whether it was there and is not any more, or is another file."""
        now = time.monotonic()
        if self._inode is not None and now - self._looked_at < LOOK_AT_SOCKET_S:
            return False
        self._looked_at = now
        try:
            found = self.path.stat().st_ino
        except FileNotFoundError:
            return self._inode is not None
        before, self._inode = self._inode, found
        return before not in {None, found}


def children_of(
    configuration: Configuration, listener: socket.socket, lifeline: int
) -> list[Child]:
    """Return the live process and the processes of the site."""
    port = listener.fileno()
    control = socket_path(configuration.home, CONTROL)
    live = Child("live", ["live", str(lifeline), str(port)], [lifeline, port], control)
    sites = [
        Child(f"site {n}" if n > 1 else "site", ["site", str(lifeline), str(n)], [lifeline], path)
        for n, path in enumerate(site_sockets(configuration), start=1)
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
