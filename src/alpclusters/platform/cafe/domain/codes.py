"""The code of an AlpCafé: eight characters that nobody mistakes for others."""

import secrets
from datetime import datetime
from typing import Final

from django.core.cache import cache

# No vowels (no words arise) and no look-alikes: 0 O, 1 I L are missing.
ALPHABET: Final = "23456789BCDFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 8
_IGNORED: Final = str.maketrans("", "", " \t\r\n\u00a0\u202f-‐‑–—_.·")


def new_code() -> str:
    """Draw a code; 28 to the power of 8 is 378 thousand million."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def unused_code() -> str:
    """Draw a code that no AlpCafé has or had."""
    from alpclusters.platform.cafe.models import AlpCafe  # noqa: PLC0415 - phones' part needs no models

    code = new_code()
    while AlpCafe.everything.filter(code=code).exists() or _was_used(code):
        code = new_code()
    return code


def _was_used(code: str) -> bool:
    from alpclusters.platform.cafe.models import AlpCafe  # noqa: PLC0415 - as above
    from alpclusters.platform.history import history_of  # noqa: PLC0415 - as above

    return bool(history_of(AlpCafe).filter(code=code).exists())


def normalise_code(text: str) -> str:
    """Drop blanks and hyphens and write in capitals, as people read a code aloud.

    Examples
    --------
    >>> normalise_code(" k7m4-rt24 ")
    'K7M4RT24'
    """
    return text.translate(_IGNORED).upper()


def is_code(text: str) -> bool:
    """Say whether a normalised text could be a code.

    Examples
    --------
    >>> is_code("K7M4RT24"), is_code("K7M4RT2O"), is_code("K7M")
    (True, False, False)
    """
    return len(text) == LENGTH and not foreign_characters(text)


def foreign_characters(text: str) -> list[str]:
    """List the characters of a normalised text that no code contains, each once.

    Examples
    --------
    >>> foreign_characters("K7M4RTO0O")
    ['O', '0']
    """
    return [char for char in dict.fromkeys(text) if char not in ALPHABET]


# --- How often codes may be guessed: one bucket for the installation, so that no hall is locked out
#
# A hall shares one address and an attacker has thousands, therefore nothing is counted per
# address. Wrong codes empty the bucket; while it is empty every typed code, right or wrong,
# passes at a walking pace (else the speed would tell which code is right).


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


# --- Which text people consent to when they join; phones with an earlier one are asked again ------


# Goes up with every change of the sentence people consent to (templates/cafe/join.html).
CONSENT_VERSION: Final = "2026-2"
