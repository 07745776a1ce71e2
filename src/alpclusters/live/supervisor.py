"""Starts the processes, holds the port while they come and go, and ends them.

No Django and no event loop: what holds everything up should have nothing that can fall.
"""

import contextlib
import os
import resource
import signal
import socket
import sys
import time
from collections.abc import Sequence
from typing import Final

from alpclusters.live.announcing import Words, announce_when_ready, hand_over
from alpclusters.live.children import Child, children_of, command, say
from alpclusters.live.daily import DailyChild
from alpclusters.live.worker import CalledChild
from alpclusters.platform.configuration import Configuration
from alpclusters.platform.sockets import ensure_socket_folder

BACKLOG: Final = 4_096
MANY_FILES: Final = 65_536
LIVE_WITHIN_S: Final = 3.5
SITE_WITHIN_S: Final = 1.0
LOOK_S: Final = 0.1
GIVE_UP_AFTER: Final = 5
STOPS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Supervisor:
    """Keeps the children running until somebody says stop.

    Parameters
    ----------
    children : sequence of Child
        The live process first: it is the first to be ended.
    """

    def __init__(self, children: Sequence[Child]) -> None:
        self.children = list(children)
        self.is_stopping = False

    def run(self) -> int:
        """Start, restart, stop; return the exit status."""
        for sig in STOPS:
            signal.signal(sig, self._stop)
        for child in self.children:
            child.begin()
        while not self.is_stopping:
            if any(self._look_after(child) for child in self.children):
                self._end()
                return 1
            time.sleep(LOOK_S)
        self._end()
        return 0

    def _stop(self, *_: object) -> None:
        self.is_stopping = True

    def _look_after(self, child: Child) -> bool:
        """Start a child that died; return whether it never came up at all."""
        if not child.has_died() or self.is_stopping:
            return False
        if child.n_early_deaths >= GIVE_UP_AFTER and not child.was_up:
            say(f"{child.name} does not start; see the lines above")
            return True
        child.start_when_due()
        return False

    def _end(self) -> None:
        live, *sites = self.children
        live.stop(within=LIVE_WITHIN_S)
        for site in sites:
            site.terminate()
        until = time.monotonic() + SITE_WITHIN_S
        for site in sites:
            site.stop(within=max(0.0, until - time.monotonic()))


def supervise(configuration: Configuration, listener: socket.socket, words: Words) -> int:
    """Run an installation until somebody stops it.

    Parameters
    ----------
    configuration : Configuration
    listener : socket
        The port, bound and listening; it stays open while the live process is started again.
    words : Words
        What is printed once everything serves.
    """
    raise_file_limit()
    ensure_socket_folder(configuration.home)
    lifeline, held = os.pipe()
    try:
        worker = CalledChild(configuration.home, ["work", str(lifeline)], [lifeline])
        called = [worker, DailyChild(configuration.home)]
        supervisor = Supervisor([*children_of(configuration, listener, lifeline), *called])
        announce_when_ready(configuration.home, words, is_stopping=lambda: supervisor.is_stopping)
        return supervisor.run()
    finally:
        os.close(held)


def raise_file_limit() -> int:
    """Raise the limit of open files: each phone needs one; return what it is now."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MANY_FILES if hard == resource.RLIM_INFINITY else min(hard, MANY_FILES)
    if soft < most:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def become_supervisor(listener: socket.socket, lock: int, words: Words) -> None:
    """Replace this process, with all that preparing has loaded, by the slim supervisor.

    Parameters
    ----------
    listener : socket
        The port.
    lock : int
        Descriptor of the lock on the data directory.
    words : Words
        What is printed once everything serves.
    """
    kept = (listener.fileno(), lock, hand_over(words))
    for descriptor in kept:
        os.set_inheritable(descriptor, True)  # noqa: FBT003 - the library's own order
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, command("supervise", *map(str, kept)))  # noqa: S606
