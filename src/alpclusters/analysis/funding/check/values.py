"""The three values of a condition, as the checker counts them."""

from typing import Final

# Ordered: all is the least, any the greatest (Kleene).
NO: Final = 0
OPEN: Final = 1
YES: Final = 2


def told(is_so: bool) -> int:  # noqa: FBT001 - turns a yes or no into a value
    """Return a plain yes or no as a value."""
    return YES if is_so else NO


def reached(least: int, most: int, wanted: int) -> int:
    """Return whether a count between two bounds reaches what is wanted."""
    if least >= wanted:
        return YES
    return OPEN if most >= wanted else NO
