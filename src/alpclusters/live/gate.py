"""How fast typed codes may be tried: one bucket for the installation, then one queue.

A hall shares one address and an attacker has thousands, therefore nothing is counted per
address. Wrong codes empty the bucket. While it is empty *every* typed code, right or wrong, waits
in one queue: else the speed would tell which code is right. What comes with a QR code, a cookie
or a recovery code never meets this gate.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Final

CAPACITY: Final = 3_000
REFILL_PER_S: Final = 1.0
PACE_PER_S: Final = 5.0
PLACES: Final = 500
SECONDS_A_DAY: Final = 86_400


class QueueFullError(Exception):
    """No place is left in the queue: nothing was looked up."""

    def __init__(self, retry_after: float) -> None:
        super().__init__("queue_full")
        self.retry_after = retry_after


class Bucket:
    """Attempts that are left; they come back at a steady rate.

    Parameters
    ----------
    capacity : float
    refill : float
        Per second.
    clock : callable, optional
        Seconds that never go back.
    """

    def __init__(
        self, capacity: float, refill: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.capacity, self.refill, self.clock = capacity, refill, clock
        self._level, self._at = capacity, clock()

    @property
    def level(self) -> float:
        """How many attempts are left now."""
        now = self.clock()
        passed, self._at = now - self._at, now
        self._level = min(self.capacity, self._level + passed * self.refill)
        return self._level

    def take(self, n: float = 1.0) -> None:
        """Take attempts out; never below none."""
        self._level = max(0.0, self.level - n)


class Gate:
    """Lets attempts through freely, or one after the other while the bucket is empty."""

    def __init__(
        self,
        *,
        capacity: float = CAPACITY,
        refill: float = REFILL_PER_S,
        pace: float = PACE_PER_S,
        places: int = PLACES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.bucket = Bucket(capacity, refill, clock)
        self.pace, self.places, self.clock = pace, places, clock
        self.n_wrong = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._served_at = clock() - 1 / pace
        self._server: asyncio.Task[None] | None = None

    @property
    def is_slow(self) -> bool:
        """Say whether typed codes queue."""
        return bool(self._waiting) or self.bucket.level < 1

    @property
    def n_waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    async def attempt[T](self, look_up: Callable[[], T | None]) -> T | None:
        """Look something up when it is its turn; None counts as a wrong attempt.

        Looking up and counting are one step without a pause, so that a thousand attempts at
        once do not pass on one place in the bucket.

        Raises
        ------
        QueueFullError
            All places of the queue are taken.
        """
        waits = self.is_slow
        if waits:
            await self._wait_for_turn()
        found = look_up()
        if found is None:
            self.n_wrong += 1
            if not waits:
                self.bucket.take()
        return found

    async def _wait_for_turn(self) -> None:
        if len(self._waiting) >= self.places:
            raise QueueFullError(self.places / self.pace / 4)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        if self._server is None:
            self._server = asyncio.create_task(self._serve())
        try:
            await turn
        finally:
            if turn in self._waiting:
                self._waiting.remove(turn)

    async def _serve(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(max(0.0, self._served_at + 1 / self.pace - self.clock()))
                self._served_at = self.clock()
                self._call()
                if self.bucket.level >= 1:
                    self.bucket.take()
                    self._call()
        finally:
            self._server = None

    def _call(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return


def attempts_a_day(
    *, capacity: float = CAPACITY, refill: float = REFILL_PER_S, pace: float = PACE_PER_S
) -> float:
    """Return how many codes anybody can try in a day at most.

    Examples
    --------
    >>> attempts_a_day()
    521400.0
    """
    return capacity + (refill + pace) * SECONDS_A_DAY


def chance_of_a_hit(events: int, length: int, *, signs: int = 28) -> float:
    """Return the probability that a day of attempts hits one of the events that are open.

    Examples
    --------
    >>> f"{chance_of_a_hit(20, 8):.2e}"
    '2.76e-05'
    """
    return min(1.0, attempts_a_day() * events / float(signs**length))
