"""Daily work as a child: started when it is due, and otherwise not there at all."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from alpclusters.live.children import Child, say
from alpclusters.platform.operation.daily_note import due_at

LOOK_S: Final = 30.0
AFTER_START_S: Final = 10.0
# A new installation is set up first; nothing of a day is lost.
FIRST_TIME_S: Final = 300.0
AGAIN_S: Final = 3_600.0


class DailyChild(Child):
    """Runs ``alpclusters remind --due`` when the note in the data directory says so.

    What was done when stands in the database: a restart does nothing twice, and what was missed
    while nothing ran is done at once.

    Parameters
    ----------
    home : Path
        Data directory.
    """

    def __init__(self, home: Path) -> None:
        super().__init__("daily work", [], [])
        self.home = home
        self.was_up = True  # the site goes on without it
        self._began_at = time.monotonic()
        self._look_at = self._began_at + AFTER_START_S

    def begin(self) -> None:
        """Wait until it is due."""

    def has_died(self) -> bool:
        """Say whether it is not there and due."""
        now = time.monotonic()
        if self.process is not None:
            status = self.process.poll()
            if status is not None:
                self.process = None
                self._look_at = now + (AGAIN_S if status else LOOK_S)
                if status:
                    say(f"{self.name} ended with status {status}; it is tried again in an hour")
            return False
        if now < self._look_at:
            return False
        self._look_at = now + LOOK_S
        due = due_at(self.home)
        if due is None:
            return now - self._began_at > FIRST_TIME_S
        return due <= time.time()

    def start(self) -> None:
        """Start it in this group, so that killing the group kills it too."""
        flags = ["-P"] if sys.flags.safe_path else []
        words = [sys.executable, *flags, "-m", "alpclusters", "remind", "--due"]
        self.process = subprocess.Popen(words)  # noqa: S603
