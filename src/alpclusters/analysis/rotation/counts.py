"""Numbers of guests, tables and rounds: whole and in range, or a typed error."""

import numpy as np

from alpclusters.analysis.errors import AnalysisError, Where


def check_count(value: object, argument: str, *, most: int) -> int:
    """Return a whole number from 1 to ``most``.

    Raises
    ------
    AnalysisError
        No whole number, or out of range.
    """
    where = Where(argument=argument)
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        code = "seat.not_a_count"
        raise AnalysisError(code, where=where, found=str(value))
    if not 1 <= int(value) <= most:
        code = "argument.out_of_range"
        raise AnalysisError(code, where=where, found=str(value), expected=f"1 – {most}")
    return int(value)
