"""Time that goes on evenly, whatever somebody does to the clock of the machine."""

import time
from typing import Final

_MS: Final = 1000


class Clock:
    """Milliseconds since 1970 at the start of the process, from then on by the monotonic clock.

    ``here`` brings a moment that another process wrote (by the machine's clock) into this time:
    if the machine's clock was moved since the start, both processes still mean the same moment.
    """

    def __init__(self) -> None:
        self._start = time.time() - time.monotonic()

    def ms(self) -> int:
        """Return now."""
        return int((self._start + time.monotonic()) * _MS)

    def here(self, wall_ms: int) -> int:
        """Return a moment of the machine's clock in this time."""
        moved = time.time() - time.monotonic() - self._start
        # Less than a second is drift: the two clocks never agree to the millisecond.
        return wall_ms - (int(moved * _MS) if abs(moved) > 1 else 0)
