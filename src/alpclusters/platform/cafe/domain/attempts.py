"""How often codes may be guessed: one bucket for the installation, so that no hall is locked out.

A hall shares one address and an attacker has thousands, therefore nothing is counted per
address. Wrong codes empty the bucket; while it is empty every typed code, right or wrong,
passes at a walking pace (else the speed would tell which code is right).
"""

from datetime import datetime
from typing import Final

from django.core.cache import cache

CAPACITY: Final = 3_000
REFILL_PER_S: Final = 1
PACE_PER_S: Final = 5
_BUCKET: Final = "cafe-wrong-codes"
_PACE: Final = "cafe-code-pace"
_DAY_S: Final = 24 * 3600


def may_try_code(now: datetime) -> bool:
    """Say whether a code may be looked up now; asking counts while the bucket is empty."""
    return _level(now) >= 1 or _keeps_pace(now)


def count_wrong_code(now: datetime) -> None:
    """Take one attempt out of the bucket."""
    left = max(0.0, _level(now) - 1)
    cache.set(_BUCKET, (left, now.timestamp()), timeout=_DAY_S)


def _level(now: datetime) -> float:
    full = float(CAPACITY)
    level, at = cache.get(_BUCKET, (full, now.timestamp()))
    passed: float = max(0.0, now.timestamp() - at)
    return min(full, float(level) + passed * REFILL_PER_S)


def _keeps_pace(now: datetime) -> bool:
    second = f"{_PACE}-{int(now.timestamp())}"
    if cache.add(second, 1, timeout=5):
        return True
    return bool(cache.incr(second) <= PACE_PER_S)
