"""All outcomes of some applications: their probabilities, and values that fall with refusals.

An outcome is a number whose bit i says that application i is refused; 0 is all granted.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

type FloatArray = NDArray[np.float64]
type IntArray = NDArray[np.int64]

NO_BOUND: Final = -(2**62)


def probabilities(shares: Sequence[float]) -> FloatArray:
    """Return the probability of each outcome if decisions do not depend on each other.

    Parameters
    ----------
    shares : sequence of float
        Chance of each application.

    Returns
    -------
    array of shape (2 ** m,)

    Examples
    --------
    >>> probabilities([0.5, 0.75]).tolist()
    [0.375, 0.375, 0.125, 0.125]
    """
    found = np.ones(1)
    for share in shares:
        found = np.concatenate([found * share, found * (1.0 - share)])
    return found


class Values:
    """What outcomes are worth; one more refusal never makes an outcome worth more.

    So values that are known bound those that are not: from above those with more refusals, from
    below those with fewer.
    """

    def __init__(self, m: int) -> None:
        self._m = m
        self._known: dict[int, int] = {}

    def put(self, outcome: int, value: int) -> None:
        """Keep the value of an outcome."""
        self._known[outcome] = value

    def bounds(self) -> tuple[IntArray, IntArray]:
        """Return least and largest values of all outcomes; equal where the value is known."""
        low = np.full(2**self._m, NO_BOUND, dtype=np.int64)
        high = np.full(2**self._m, -NO_BOUND, dtype=np.int64)
        for outcome, value in self._known.items():
            low[outcome] = high[outcome] = value
        for i in range(self._m):
            step = 1 << i
            lows, highs = low.reshape(-1, 2, step), high.reshape(-1, 2, step)
            np.minimum(highs[:, 1], highs[:, 0], out=highs[:, 1])
            np.maximum(lows[:, 0], lows[:, 1], out=lows[:, 0])
        return low, high


def spread(shares: Sequence[float | None]) -> FloatArray:
    """Return in which order outcomes matter: their probability, an unknown chance as one half."""
    return probabilities([0.5 if share is None else share for share in shares])


def members(outcome: int, m: int) -> tuple[int, ...]:
    """Return which applications are refused in an outcome."""
    return tuple(i for i in range(m) if outcome >> i & 1)
