"""One part of a matching score: a value for each candidate, and for whom there is none."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.matching.checking import BoolArray, FloatArray, frozen

PartName = Literal["text", "complementarity", "taxonomy", "network", "popularity"]
PARTS: Final[tuple[PartName, ...]] = (
    "text",
    "complementarity",
    "taxonomy",
    "network",
    "popularity",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the score of all candidates.

    Attributes
    ----------
    name : str
        One of `PARTS`.
    values : ndarray of shape (n,), float64
        Between 0 and 1; 0 where there is none.
    present : ndarray of shape (n,), bool
        Who has one. A part without data is absent, not 0.
    """

    name: PartName
    values: FloatArray
    present: BoolArray

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return ``no_data`` if nobody has a value."""
        return () if self.present.any() else ("no_data",)


def make_part(name: PartName, values: ArrayLike, present: ArrayLike) -> Part:
    """Keep the values of those who have one."""
    there = np.array(present, dtype=bool)
    kept = np.where(there, np.array(values, dtype=np.float64), 0.0)
    return Part(name, frozen(kept), frozen(there))


def percentile_ranks(scores: FloatArray) -> FloatArray:
    """Return which share of the others lies below, of equal ones half; alone it is 1/2."""
    n = len(scores)
    if n < 2:  # noqa: PLR2004 - one has nobody to be compared with
        return np.full(n, 0.5)
    order = np.sort(scores)
    below = np.searchsorted(order, scores, side="left")
    upto = np.searchsorted(order, scores, side="right")
    ranks: FloatArray = (below + (upto - below - 1) / 2) / (n - 1)
    return ranks
