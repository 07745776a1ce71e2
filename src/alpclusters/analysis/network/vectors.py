"""One figure per organisation, with those for whom it is undefined left open."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.network.stamp import Stamp

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Vector:
    """One figure for each organisation where it is defined.

    Attributes
    ----------
    measure : str
        Name of the measure, such as ``"constraint"``.
    form : {"binary", "weighted"}
        Whether weights were used.
    places : ndarray of shape (k,), int64
        Places of the organisations with a figure, ascending.
    values : ndarray of shape (k,), float64
        Their figures.
    n : int
        Number of organisations.
    undefined : str
        Why the others have none, as a stable code.
    stamp : Stamp
        What was counted.
    """

    measure: str
    form: str
    places: IntArray
    values: FloatArray
    n: int
    undefined: str
    stamp: Stamp

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return why nobody has a figure; empty if somebody has."""
        return () if len(self.places) else (self.undefined,)

    def at(self, place: int) -> float | None:
        """Return the figure of one organisation, None where it is undefined."""
        found = int(np.searchsorted(self.places, place))
        is_there = found < len(self.places) and self.places[found] == place
        return float(self.values[found]) if is_there else None

    def as_list(self) -> list[float | None]:
        """Return a figure or None for every organisation in order."""
        result: list[float | None] = [None] * self.n
        for place, value in zip(self.places.tolist(), self.values.tolist(), strict=True):
            result[place] = value
        return result


def vector_where(
    defined: NDArray[np.bool_],
    values: FloatArray,
    *,
    measure: str,
    form: str,
    undefined: str,
    stamp: Stamp,
) -> Vector:
    """Keep the figures where they are defined."""
    places, kept = np.flatnonzero(defined), values[defined]
    for part in (places, kept):
        part.setflags(write=False)
    return Vector(measure, form, places, kept, len(values), undefined, stamp)
