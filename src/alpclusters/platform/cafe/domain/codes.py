"""The code of an AlpCafé: eight characters that nobody mistakes for others."""

import secrets
from typing import Final

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


# --- Which text people consent to when they join; phones with an earlier one are asked again ------


# Goes up with every change of the sentence people consent to (templates/cafe/join.html).
CONSENT_VERSION: Final = "2026-2"
