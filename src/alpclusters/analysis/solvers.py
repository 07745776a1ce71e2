"""HiGHS without its greeting: one place makes silent solvers."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from highspy import Highs

_OUT: Final = 1


def silent_solver() -> "Highs":
    """Make a silent solver with one thread."""
    from highspy import Highs

    _hear_the_greeting()
    highs = Highs()  # type: ignore[no-untyped-call]  # untyped there
    highs.setOptionValue("output_flag", False)  # noqa: FBT003 - the library's own signature
    highs.setOptionValue("threads", 1)
    return highs


@cache
def _hear_the_greeting() -> None:
    """Let the first solver of a process greet where nobody hears it.

    HiGHS greets once, on the C standard output, while its first solver is made and so before any
    option can silence it; that would spoil JSON there and stand among the messages of a server.
    """
    from highspy import Highs

    with _output_nowhere():
        Highs()  # type: ignore[no-untyped-call]  # untyped there


@contextmanager
def _output_nowhere() -> Iterator[None]:
    try:
        kept = os.dup(_OUT)
    except OSError:  # no standard output at all
        yield
        return
    if sys.stdout is not None:
        sys.stdout.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _OUT)
    os.close(nowhere)
    try:
        yield
    finally:
        os.dup2(kept, _OUT)
        os.close(kept)
