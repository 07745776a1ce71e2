"""Two rounds side by side: the same raters in rows, the same measures in columns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus.grids import Table, as_ratings
from alpclusters.analysis.consensus.ratings import Id, Ratings
from alpclusters.analysis.errors import ScaleError, Where

FloatArray = NDArray[np.float64]
StateArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
NO_ANSWER: Final = -1
COLUMNS: Final = ("rater", "measure", "value")


@dataclass(frozen=True, slots=True)
class Rounds:
    """Answers of both rounds as states.

    Attributes
    ----------
    first, second : array of int, shape (n_raters, n_measures)
        Position on the scale, `NO_ANSWER`, or ``points.size`` for "cannot judge".
    points : array of shape (n_points,)
    measure_ids : tuple
    scale_assumed : bool
    """

    first: StateArray
    second: StateArray
    points: FloatArray
    measure_ids: tuple[Id, ...]
    scale_assumed: bool

    @property
    def has_first(self) -> BoolArray:
        """Where there is a value in the first round."""
        return (self.first >= 0) & (self.first < self.points.size)

    @property
    def has_second(self) -> BoolArray:
        """Where there is a value in the second round."""
        return (self.second >= 0) & (self.second < self.points.size)

    @property
    def paired(self) -> BoolArray:
        """Where there is a value in both."""
        return self.has_first & self.has_second


def pair_rounds(first: Table, second: Table, *, scale: Sequence[float] | None) -> Rounds:
    """Bring two rounds to the same scale, raters and measures.

    Parameters
    ----------
    first, second : Ratings or iterable of rows
    scale : sequence of float or None
        None takes the declared scale, or else what both rounds show together.

    Returns
    -------
    Rounds

    Raises
    ------
    ScaleError
        The rounds declare different scales, or a value is outside.

    Examples
    --------
    >>> rounds = pair_rounds([("a", "m", 2), ("b", "m", 1)], [("b", "m", 3)], scale=(1, 3))
    >>> rounds.first.tolist(), rounds.second.tolist()
    ([[1], [0]], [[-1], [2]])
    """
    one, two = _on_one_scale(as_ratings(first, scale=scale), as_ratings(second, scale=scale))
    raters = tuple(dict.fromkeys((*one.rater_ids, *two.rater_ids)))
    measures = tuple(dict.fromkeys((*one.measure_ids, *two.measure_ids)))
    return Rounds(
        first=_states(one, raters, measures),
        second=_states(two, raters, measures),
        points=np.array(one.scale, dtype=np.float64),
        measure_ids=measures,
        scale_assumed=one.scale_assumed,
    )


def _on_one_scale(first: Ratings, second: Ratings) -> tuple[Ratings, Ratings]:
    declared = {one.scale for one in (first, second) if not one.scale_assumed}
    if len(declared) > 1:
        code = "rounds.scales_differ"
        raise ScaleError(code, where=Where(argument="second"))
    if declared:
        (scale,) = declared
        return as_ratings(first, scale=scale), as_ratings(second, scale=scale)
    return _with_assumed(first, second)


def _with_assumed(first: Ratings, second: Ratings) -> tuple[Ratings, Ratings]:
    """Assume one scale from the values of both rounds."""
    columns = (np.concatenate([getattr(one, name) for one in (first, second)]) for name in COLUMNS)
    rater, measure, value = columns
    rater[first.rater.size :] += len(first.rater_ids)
    scale = Ratings.from_arrays(rater, measure, value).scale
    return replace(first, scale=scale), replace(second, scale=scale)


def _states(ratings: Ratings, raters: tuple[Id, ...], measures: tuple[Id, ...]) -> StateArray:
    row = _places(ratings.rater_ids, raters)
    column = _places(ratings.measure_ids, measures)
    states = np.full((len(raters), len(measures)), NO_ANSWER, dtype=np.int64)
    point = np.searchsorted(np.array(ratings.scale), ratings.value)
    states[row[ratings.rater], column[ratings.measure]] = point
    cannot_rater, cannot_measure = ratings.cannot
    states[row[cannot_rater], column[cannot_measure]] = len(ratings.scale)
    return states


def _places(names: tuple[Id, ...], among: tuple[Id, ...]) -> StateArray:
    place = {name: position for position, name in enumerate(among)}
    return np.fromiter((place[name] for name in names), np.int64, len(names))
