"""Wrong passwords slow the next try down, and never lock anybody out.

Counted are tries with a wrong password, for the account that was typed (whether it exists or not)
and for the address they come from. After some that are free each one doubles the wait. A browser
in which the account's owner has signed in before is counted by itself: a stranger who types wrong
passwords, on whatever network, does not hold up the owner there. A code by e-mail works always.
"""

import math
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.core.cache import cache
from django.utils.crypto import salted_hmac


@dataclass(frozen=True, slots=True)
class Rule:
    """How many wrong tries are free, and the longest wait after one, in seconds.

    A try is forgotten after the longest wait.
    """

    name: str
    free: int
    longest_s: float


ACCOUNT: Final = Rule("account", free=10, longest_s=900.0)
DEVICE: Final = Rule("device", free=10, longest_s=900.0)
# Codes of the second step, which only who knows the password can try.
STEP: Final = Rule("step", free=10, longest_s=900.0)
# An agency or a workshop shares one address, where somebody always mistypes.
ADDRESS: Final = Rule("address", free=20, longest_s=60.0)

STRANGERS_PER_HOUR: Final = 30
_HOUR_S: Final = 3_600
_DAY_S: Final = 24 * _HOUR_S
# Who tries many at once in one process is counted one after the other.
_lock: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Counter:
    """The wrong tries of one account, device or address."""

    rule: Rule
    of: str

    @property
    def key(self) -> str:
        """Name of the counter in the cache, from which nobody reads who it is."""
        return f"sign-in-{self.rule.name}-{_hidden(self.rule.name, self.of)}"

    def wait_s(self, now: float) -> float:
        """Return the seconds until the next try."""
        level, at = self._level(now)
        beyond = math.ceil(level) - self.rule.free
        if beyond < 0:
            return 0.0
        return max(0.0, at + min(self.rule.longest_s, 2.0**beyond) - now)

    def add(self, now: float) -> None:
        """Count a try."""
        level, _ = self._level(now)
        self._keep(level + 1, now)

    def take_back(self) -> None:
        """Count one try less."""
        level, at = cache.get(self.key, (0.0, 0.0))
        self._keep(max(0.0, level - 1), at)

    def _level(self, now: float) -> tuple[float, float]:
        """Return how many tries count now, and when the last one was."""
        level, at = cache.get(self.key, (0.0, now))
        return max(0.0, level - max(0.0, now - at) / self.rule.longest_s), at

    def _keep(self, level: float, at: float) -> None:
        cache.set(self.key, (level, at), timeout=self.rule.longest_s * (level + 1))


def begin_try(counters: Sequence[Counter], now: float | None = None) -> float:
    """Count a try as wrong before it is looked at; return the seconds to wait if it comes early.

    A try that comes early is not looked at and does not count.
    """
    now = time.time() if now is None else now
    with _lock:
        wait = max(counter.wait_s(now) for counter in counters)
        if wait == 0.0:
            for counter in counters:
                counter.add(now)
    return wait


def take_back(counters: Sequence[Counter]) -> None:
    """Say that the try was right, or was none: what others tried stays counted."""
    with _lock:
        for counter in counters:
            counter.take_back()


def forget(counter: Counter) -> None:
    """Forget all tries, when the owner has shown who they are in another way."""
    cache.delete(counter.key)


def may_mail_stranger(email: str) -> bool:
    """Say whether somebody without an account may be told so: once a day, thirty in an hour."""
    name = f"stranger-{_hidden('stranger', email.lower())}"
    if not cache.add(name, 1, timeout=_DAY_S):
        return False
    hour = f"strangers-{int(time.time() // _HOUR_S)}"
    if cache.add(hour, 1, timeout=_HOUR_S):
        return True
    return bool(cache.incr(hour) <= STRANGERS_PER_HOUR)


def _hidden(salt: str, text: str) -> str:
    return salted_hmac(salt, text, algorithm="sha256").hexdigest()
