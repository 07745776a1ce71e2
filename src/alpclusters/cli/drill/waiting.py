"""Waiting for a state, never for a time; the limits only guard against hanging."""

import time
from collections.abc import Callable
from typing import Final

WITHIN_S: Final = 180.0
LOOK_S: Final = 0.05


class TookTooLongError(Exception):
    """What was waited for did not come; the message names it."""


def wait_until(
    question: Callable[[], object], what: str, *, within_s: float = WITHIN_S, look_s: float = LOOK_S
) -> float:
    """Ask until the answer is yes; return how many seconds that took.

    Raises
    ------
    TookTooLongError
        The answer was no for ``within_s`` seconds.
    """
    began = time.monotonic()
    while not question():
        if time.monotonic() - began > within_s:
            raise TookTooLongError(what)
        time.sleep(look_s)
    return time.monotonic() - began


def comes_true(question: Callable[[], object], *, within_s: float) -> float | None:
    """Ask until the answer is yes; return the seconds, None where it stayed no."""
    try:
        return round(wait_until(question, "", within_s=within_s), 1)
    except TookTooLongError:
        return None
