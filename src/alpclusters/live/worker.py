"""The worker as a child: started when work waits, and otherwise not there at all.

A second Django that idles would hold more than a hundred megabytes on a small machine.
"""

import contextlib
import os
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from alpclusters.live.children import Child
from alpclusters.live.daily import DailyChild
from alpclusters.platform.operation.bell import is_ringing

DAILY_S: Final = 86_400.0
LOOK_S: Final = 0.2
ENDS_WITHIN_S: Final = 1.0


class CalledChild(Child):
    """A process that comes when the bell rings, once a day by itself, and ends when it is done.

    Parameters
    ----------
    home : Path
        Data directory, where the bell is.
    words, descriptors : sequences
        As for `Child`.
    """

    longest_pause_s = 60.0

    def __init__(self, home: Path, words: Sequence[str], descriptors: Sequence[int]) -> None:
        super().__init__("worker", words, descriptors)
        self.home = home
        self.was_up = True  # the site goes on without it
        self._has_failed = False
        self._worked_at = time.monotonic()

    def begin(self) -> None:
        """Wait for the bell."""

    def has_died(self) -> bool:
        """Say whether it is gone and wanted: because of the bell, of a failure, or of the day."""
        if self.process is not None and self.process.poll() == 0:
            self.process, self.n_early_deaths, self._has_failed = None, 0, False
        if self.process is not None:
            self._has_failed = super().has_died()
            return self._has_failed
        is_due = time.monotonic() - self._worked_at > DAILY_S
        return self._has_failed or is_due or is_ringing(self.home)

    def start(self) -> None:
        """Start it."""
        self._worked_at = time.monotonic()
        super().start()


@contextlib.contextmanager
def worker_beside(home: Path) -> Iterator[None]:
    """Watch bell and day in a thread, for ``serve --single`` that has no supervisor."""
    lifeline, held = os.pipe()
    children = [CalledChild(home, ["work", str(lifeline)], [lifeline]), DailyChild(home)]
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(LOOK_S):
            for child in children:
                if child.has_died():
                    child.start_when_due()

    thread = threading.Thread(target=watch, name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        for child in children:
            child.stop(within=ENDS_WITHIN_S)
        os.close(held)
        os.close(lifeline)
