"""Columns of durations: what is refused, and in which argument."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.errors import NotFiniteError, ScaleError, ShapeError, Where

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
DAYS_OF_YEAR: Final = 365.25


@dataclass(frozen=True, slots=True)
class Durations:
    """Checked columns of equal length; an entry at or before time zero is minus infinity."""

    duration: FloatArray
    event: BoolArray
    entry: FloatArray

    def taken(self, rows: BoolArray) -> "Durations":
        """Return the rows of a mask."""
        return Durations(self.duration[rows], self.event[rows], self.entry[rows])


def read_durations(duration: ArrayLike, event: ArrayLike, entry: ArrayLike | None) -> Durations:
    """Check durations, events and entries.

    Raises
    ------
    ShapeError, NotFiniteError, ScaleError
        Naming the argument: other lengths, NaN or infinity, a negative duration, an event that
        is neither 0 nor 1, an entry at or after the end of its own duration.
    """
    time = finite(duration, "duration")
    if (time < 0).any():
        raise ScaleError("argument.out_of_range", where=Where(argument="duration"), expected=">= 0")
    happened = finite(event, "event", n=len(time))
    if not np.isin(happened, (0.0, 1.0)).all():
        raise ScaleError("argument.not_one_of", where=Where(argument="event"), expected="0, 1")
    return Durations(time, happened == 1.0, _read_entry(entry, time))


def _read_entry(entry: ArrayLike | None, time: FloatArray) -> FloatArray:
    if entry is None:
        return np.full(len(time), -np.inf)
    start = finite(entry, "entry", n=len(time))
    late = start > 0
    if (start[late] >= time[late]).any():
        expected = "entry < duration"
        raise ScaleError("argument.out_of_range", where=Where(argument="entry"), expected=expected)
    return np.where(late, start, -np.inf)


def finite(values: ArrayLike, argument: str, *, n: int | None = None) -> FloatArray:
    """Return a column of finite numbers.

    Examples
    --------
    >>> finite([1, 2], "duration").tolist()
    [1.0, 2.0]
    """
    column = np.array(values, dtype=np.float64)
    if column.ndim != 1 or (n is not None and len(column) != n):
        raise ShapeError("array.lengths_differ", where=Where(argument=argument))
    if not np.isfinite(column).all():
        raise NotFiniteError("array.not_finite", where=Where(argument=argument))
    return column


def labels(values: ArrayLike, argument: str, *, n: int) -> tuple[list[str], IntArray]:
    """Return the different labels in order and the place of each row's label among them."""
    column = np.array(values)
    if column.shape != (n,):
        raise ShapeError("array.lengths_differ", where=Where(argument=argument))
    if column.dtype.kind == "f" and not np.isfinite(column).all():
        raise NotFiniteError("array.not_finite", where=Where(argument=argument))
    names, place = np.unique(column, return_inverse=True)
    return [str(name) for name in names], place.astype(np.int64)


def read_only[T: np.generic](values: NDArray[T]) -> NDArray[T]:
    """Close an array of ours against writing."""
    values.setflags(write=False)
    return values
