"""Low, middle and high part of a scale."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
OUTER_SHARE: Final = 0.25
SAME: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Thirds:
    """Bounds of the parts: low up to ``low_to``, high from ``high_from``, both on the scale."""

    low_to: float
    high_from: float

    def split(self, counts: NDArray[np.int64], points: FloatArray) -> NDArray[np.int64]:
        """Add up counts, shape (n_items, n_points), into low, middle and high."""
        low, high = points <= self.low_to, points >= self.high_from
        parts = [counts[:, chosen].sum(axis=1) for chosen in (low, ~low & ~high, high)]
        return np.column_stack(parts)


def thirds_of(points: FloatArray) -> Thirds:
    """Divide a scale: the outer quarters of its width are low and high.

    Five points: 1-2, 3, 4-5. Nine points: 1-3, 4-6, 7-9. A scale of one point is all middle.

    Parameters
    ----------
    points : array of shape (n_points,)
        Rising, at least one.

    Returns
    -------
    Thirds
        The greatest low and the smallest high point.

    Examples
    --------
    >>> thirds_of(np.arange(1.0, 10.0))
    Thirds(low_to=3.0, high_from=7.0)
    >>> thirds_of(np.arange(1.0, 6.0))
    Thirds(low_to=2.0, high_from=4.0)
    """
    width = float(points[-1] - points[0])
    if width == 0:
        return Thirds(-np.inf, np.inf)
    place = (points - points[0]) / width
    low = points[place <= OUTER_SHARE + SAME]
    high = points[place >= 1 - OUTER_SHARE - SAME]
    return Thirds(float(low[-1]), float(high[0]))
