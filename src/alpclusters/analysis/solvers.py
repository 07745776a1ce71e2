"""HiGHS without its greeting: one place makes silent solvers."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from highspy import Highs

_OUT, _ERR = 1, 2


def silent_solver() -> "Highs":
    """Make a silent solver.

    HiGHS greets on the C standard output before it can be silenced, which would spoil JSON there;
    while the first one is made, that output goes where errors go.
    """
    from highspy import Highs

    with _greeting_aside():
        highs = Highs()  # type: ignore[no-untyped-call]  # untyped there
    highs.setOptionValue("output_flag", False)  # noqa: FBT003 - the library's own signature
    highs.setOptionValue("threads", 1)
    return highs


@contextmanager
def _greeting_aside() -> Iterator[None]:
    try:
        kept = os.dup(_OUT)
    except OSError:  # no standard output at all
        yield
        return
    sys.stdout.flush()
    os.dup2(_ERR, _OUT)
    try:
        yield
    finally:
        os.dup2(kept, _OUT)
        os.close(kept)
