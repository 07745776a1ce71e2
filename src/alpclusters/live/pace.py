"""How fast one participant, and the hall as a whole, may send: never refused, only slowed."""

import time
from collections.abc import Callable
from typing import Final

COMMANDS_PER_S: Final = 10.0
COMMANDS_AT_ONCE: Final = 60.0
JOINS_PER_S: Final = 1_000.0
LONGEST_WAIT_S: Final = 2.0
_MANY: Final = 10_000

type Key = tuple[int, int] | None


class TooFastError(Exception):
    """The wait would be too long; nothing was taken."""

    def __init__(self, retry_after: float) -> None:
        super().__init__("too_fast")
        self.retry_after = retry_after


class Pace:
    """A steady rate with a stock for bursts, for each key of its own.

    Examples
    --------
    >>> now = 0.0
    >>> pace = Pace(10, 60, clock=lambda: now)
    >>> pace.wait((1, 1), 60), pace.wait((1, 1), 5), pace.wait((1, 2), 1)
    (0.0, 0.5, 0.0)
    """

    def __init__(
        self, rate: float, stock: float, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.rate, self.stock, self.clock = rate, stock, clock
        self._left: dict[Key, tuple[float, float]] = {}

    def wait(self, key: Key, n: float = 1.0) -> float:
        """Take ``n`` and return the seconds to wait before going on.

        Raises
        ------
        TooFastError
            More than two seconds; nothing was taken.
        """
        now = self.clock()
        left, at = self._left.get(key, (self.stock, now))
        left = min(self.stock, left + (now - at) * self.rate) - n
        seconds = max(0.0, -left / self.rate)
        if seconds > LONGEST_WAIT_S and left + n < self.stock:
            raise TooFastError(seconds - LONGEST_WAIT_S)
        self._left[key] = (left, now)
        self._forget(now)
        return seconds

    def _forget(self, now: float) -> None:
        """Drop those whose stock is full again."""
        if len(self._left) > _MANY:
            full = self.stock / self.rate
            self._left = {k: v for k, v in self._left.items() if now - v[1] < full}
