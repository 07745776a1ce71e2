"""The years in which Eurostat issued a new list of NUTS codes, and the way between two of them."""

from itertools import pairwise
from typing import Final

from alpclusters.analysis.errors import InputError, Where

VINTAGES: Final = (2003, 2006, 2010, 2013, 2016, 2021, 2024)


class UnknownVintageError(InputError):
    """A year in which no list of NUTS codes was issued; ``expected`` names those that exist."""

    def __init__(self, vintage: int, *, argument: str) -> None:
        super().__init__(
            "territory.unknown_vintage",
            where=Where(argument=argument),
            found=str(vintage),
            expected=", ".join(map(str, VINTAGES)),
        )


def vintage_steps(from_vintage: int, to_vintage: int) -> list[tuple[int, int]]:
    """Return the neighbouring vintages that lead from one to the other, in walking order.

    Parameters
    ----------
    from_vintage, to_vintage : int
        Years of `VINTAGES`; the second may lie before the first.

    Returns
    -------
    list of pairs of int
        Empty where both are equal.

    Raises
    ------
    UnknownVintageError
        One of the years is no vintage.

    Examples
    --------
    >>> vintage_steps(2010, 2016)
    [(2010, 2013), (2013, 2016)]
    >>> vintage_steps(2016, 2010)
    [(2016, 2013), (2013, 2010)]
    """
    start = _position(from_vintage, argument="from_vintage")
    end = _position(to_vintage, argument="to_vintage")
    if start <= end:
        return list(pairwise(VINTAGES[start : end + 1]))
    return list(pairwise(reversed(VINTAGES[end : start + 1])))


def _position(vintage: int, *, argument: str) -> int:
    if vintage not in VINTAGES:
        raise UnknownVintageError(vintage, argument=argument)
    return VINTAGES.index(vintage)
