"""How often Python looks for rings of objects that hold one another."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# While a process starts it makes half a million objects that stay: looking through them again and
# again takes a fifth of the start, and finds nothing.
THRESHOLDS: Final = (20_000, 20, 100)


def look_for_rings_rarely() -> None:
    """Look for rings of objects rarely; at the start of a process, before anything is imported."""
    gc.set_threshold(*THRESHOLDS)


@contextmanager
def loading() -> Iterator[None]:
    """Look for none while a program is loaded, and later never through what was loaded then."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
