"""Three values in Kleene's strong logic: false, unknown, true, in this order."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Final


class Truth(IntEnum):
    """What is known of a condition; ``all`` is the least, ``any`` the greatest of several."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    @property
    def letter(self) -> str:
        """Return T, F or U, as tables write it."""
        return "FUT"[self]


FALSE: Final = Truth.FALSE
UNKNOWN: Final = Truth.UNKNOWN
TRUE: Final = Truth.TRUE
_TURNED: Final = (TRUE, UNKNOWN, FALSE)


def said(is_so: bool) -> Truth:  # noqa: FBT001 - the one thing that it turns
    """Return the truth of what is known."""
    return TRUE if is_so else FALSE


def turned(truth: Truth) -> Truth:
    """Return the opposite; unknown stays unknown."""
    return _TURNED[truth]


def at_least(n: int, truths: Sequence[Truth]) -> Truth:
    """Say whether at least so many of several are true.

    Examples
    --------
    >>> at_least(2, (TRUE, UNKNOWN, FALSE)).letter
    'U'
    """
    return between(n, truths.count(TRUE), len(truths) - truths.count(FALSE))


def between(wanted: int, least: int, most: int) -> Truth:
    """Compare a number that lies between two bounds with what is wanted at least."""
    if least >= wanted:
        return TRUE
    return FALSE if most < wanted else UNKNOWN
