"""Whether one interval surely lies above or below another."""

from typing import Literal

type Direction = Literal["higher", "lower", "not_clear"]


def direction(
    before: tuple[float | None, float | None], after: tuple[float | None, float | None]
) -> Direction | None:
    """Say how a later value lies to an earlier one; None where an interval is missing.

    Parameters
    ----------
    before, after : (float or None, float or None)
        Ends of the two intervals.

    Returns
    -------
    {'higher', 'lower', 'not_clear'} or None

    Examples
    --------
    >>> direction((1.0, 2.0), (2.5, 3.0)), direction((1.0, 2.0), (1.5, 3.0))
    ('higher', 'not_clear')
    """
    (low_before, high_before), (low_after, high_after) = before, after
    if low_before is None or high_before is None or low_after is None or high_after is None:
        return None
    if low_after > high_before:
        return "higher"
    return "lower" if high_after < low_before else "not_clear"
