"""A random source that is the same in every language and version: splitmix64."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from alpclusters.analysis.funding.mix.cells import IntArray
from alpclusters.analysis.funding.mix.columns import FloatArray

MASK: Final = (1 << 64) - 1
UNIT: Final = float(1 << 53)


class Draws:
    """Draws by Steele, Lea and Flood's splitmix64 (the paper's section 7.1)."""

    def __init__(self, seed: int) -> None:
        self._state = seed & MASK

    def below(self, n: int) -> int:
        """Return a number from 0 to n - 1."""
        return self._next() % n

    def share(self) -> float:
        """Return a number from 0 to below 1."""
        return (self._next() >> 11) / UNIT

    def some(self, n: int, count: int) -> list[int]:
        """Return different numbers below n."""
        left = list(range(n))
        return [left.pop(self.below(len(left))) for _ in range(min(count, n))]

    def weighted(self, items: Sequence[int], weights: FloatArray, count: int) -> IntArray:
        """Return items without replacement, heavier ones sooner (Efraimidis and Spirakis 2006)."""
        keys = np.array([self.share() for _ in items]) ** (1.0 / weights)
        chosen = np.argsort(-keys, kind="stable")[:count]
        return np.sort(np.asarray(items, dtype=np.int64)[chosen])

    def _next(self) -> int:
        self._state = (self._state + 0x9E3779B97F4A7C15) & MASK
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
        return mixed ^ (mixed >> 31)
