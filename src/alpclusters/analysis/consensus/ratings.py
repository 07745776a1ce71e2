"""Ratings of one criterion: which answers stand, who gave them, and thirds of the scale."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.errors import (
    DuplicateError,
    NotFiniteError,
    ScaleError,
    ShapeError,
    Where,
)

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


# --- Ratings of one criterion: which answers stand, who gave them, who could not judge ------------


IndexArray = NDArray[np.int32]
IntArray = NDArray[np.int64]
Id = str | int
Row = tuple[Id, Id, float | str] | tuple[Id, Id, float | str, int | None]

CANNOT_JUDGE: Final = "cannot_judge"
MAX_ASSUMED_POINTS: Final = 100


@dataclass(frozen=True, slots=True)
class Ratings:
    """Standing ratings of many items by many raters on one criterion.

    Attributes
    ----------
    rater, measure : array of int32, shape (n_judgements,)
        Positions in ``rater_ids`` and ``measure_ids``; sorted by rater, then measure.
    value : array of float64, shape (n_judgements,)
        On the scale.
    cannot : (array of int32, array of int32)
        Rater and measure of every standing "cannot judge".
    rater_ids, measure_ids : tuple
        Names; items nobody rated may be among them.
    scale : tuple of float
        Points of the scale from low to high; empty if unknown because nobody rated.
    scale_assumed : bool
        Whether the scale was taken from the values.
    cast : int
        All answers ever given, "cannot judge" included.
    n_repeated, n_changed : int
        Pairs of rater and measure answered more than once, and those whose answers differ.
    """

    rater: IndexArray
    measure: IndexArray
    value: FloatArray
    cannot: tuple[IndexArray, IndexArray]
    rater_ids: tuple[Id, ...]
    measure_ids: tuple[Id, ...]
    scale: tuple[float, ...]
    scale_assumed: bool
    cast: int
    n_repeated: int
    n_changed: int

    @property
    def standing(self) -> int:
        """Answers that stand, the latest per rater and measure, "cannot judge" included."""
        return self.value.size + self.cannot[0].size

    @property
    def n_raters(self) -> int:
        """People who gave at least one standing answer."""
        return int(np.unique(np.concatenate([self.rater, self.cannot[0]])).size)

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[Row],
        *,
        scale: Sequence[float] | None = None,
        measures: Sequence[Id] | None = None,
    ) -> Self:
        """Build ratings from answer events.

        Parameters
        ----------
        rows : iterable of (rater, measure, value) or (rater, measure, value, at)
            ``value`` is a number or `CANNOT_JUDGE`. ``at`` orders the answers of one pair in
            time; where it is absent the order of the rows does.
        scale : sequence of float, optional
            ``(low, high)`` for a scale of whole steps, or all its points; ``None`` takes the
            smallest and the greatest value and says so (``scale_assumed``).
        measures : sequence, optional
            All items, to keep those nobody rated and to give them an order.

        Returns
        -------
        Ratings

        Examples
        --------
        >>> ratings = Ratings.from_rows([("a", "m1", 4), ("a", "m1", 5), ("b", "m1", CANNOT_JUDGE)])
        >>> ratings.cast, ratings.standing, ratings.value.tolist()
        (3, 2, [5.0])
        """
        table = [(*row, None) if len(row) == 3 else row for row in rows]  # noqa: PLR2004
        cannot = [row[2] == CANNOT_JUDGE for row in table]
        return cls.from_arrays(
            [row[0] for row in table],
            [row[1] for row in table],
            [0.0 if skip else row[2] for row, skip in zip(table, cannot, strict=True)],
            cannot=cannot,
            at=[row[3] or 0 for row in table],
            scale=scale,
            measures=measures,
        )

    @classmethod
    def from_arrays(
        cls,
        rater: Sequence[Id] | NDArray[np.generic],
        measure: Sequence[Id] | NDArray[np.generic],
        value: ArrayLike,
        *,
        cannot: ArrayLike | None = None,
        at: ArrayLike | None = None,
        scale: Sequence[float] | None = None,
        measures: Sequence[Id] | None = None,
    ) -> Self:
        """Build ratings from columns of answer events.

        Parameters
        ----------
        rater, measure : sequence of str or int, shape (n_events,)
            Who answered what.
        value : array_like of float, shape (n_events,)
            On the scale; ignored where ``cannot`` is true.
        cannot : array_like of bool, optional
            Where the answer was "cannot judge".
        at : array_like of int, optional
            Time in any unit. Per pair the greatest stands, of equal ones the later row.
            Without it a pair may occur only once.
        scale, measures
            As in `from_rows`.

        Returns
        -------
        Ratings

        Raises
        ------
        ShapeError
            Columns of unequal length.
        NotFiniteError
            A value that is NaN or infinite and not marked as "cannot judge".
        ScaleError
            A value outside the scale or between its points; a scale that does not rise.
        DuplicateError
            A pair twice without ``at``.

        Examples
        --------
        >>> Ratings.from_arrays([1, 2], [7, 7], [3, 5], scale=(1, 5)).scale
        (1.0, 2.0, 3.0, 4.0, 5.0)
        """
        raters, rater_ids = _encoded(rater)
        items, item_ids = _encoded(measure, known=measures)
        values = np.asarray(value, dtype=np.float64)
        skipped = np.zeros(values.size, bool) if cannot is None else np.asarray(cannot, dtype=bool)
        times = np.zeros(values.size, np.int64) if at is None else np.asarray(at, dtype=np.int64)
        _check_lengths(raters, measure=items, value=values, cannot=skipped, at=times)
        values = _checked_values(values, skipped)
        latest = _latest(raters, items, np.where(skipped, np.inf, values), times)
        if at is None and latest.n_repeated:
            code = "ratings.duplicate"
            raise DuplicateError(code, where=Where(argument="measure", row=latest.first_repeated))
        points, assumed = _scale_points(scale, values[~skipped])
        _check_on_scale(values, skipped, points)
        judged, given_up = _parted(latest.rows, skipped)
        return cls(
            rater=_frozen(raters[judged]),
            measure=_frozen(items[judged]),
            value=_frozen(values[judged]),
            cannot=(_frozen(raters[given_up]), _frozen(items[given_up])),
            rater_ids=rater_ids,
            measure_ids=item_ids,
            scale=points,
            scale_assumed=assumed,
            cast=int(values.size),
            n_repeated=latest.n_repeated,
            n_changed=latest.n_changed,
        )


@dataclass(frozen=True, slots=True)
class _Latest:
    rows: IntArray
    n_repeated: int
    n_changed: int
    first_repeated: int


def _encoded(
    ids: Sequence[Id] | NDArray[np.generic], *, known: Sequence[Id] | None = None
) -> tuple[IndexArray, tuple[Id, ...]]:
    """Replace names by positions; without a given order names are sorted."""
    column: list[Id] = ids.tolist() if isinstance(ids, np.ndarray) else list(ids)
    order = list(dict.fromkeys(known or ()))
    declared = set(order)
    order += sorted(set(column) - declared, key=_sort_key)
    place: Mapping[Id, int] = {name: position for position, name in enumerate(order)}
    return np.fromiter((place[name] for name in column), np.int32, len(column)), tuple(order)


def _sort_key(name: Id) -> tuple[bool, int, str]:
    return (isinstance(name, str), 0, name) if isinstance(name, str) else (False, int(name), "")


def _check_lengths(rater: NDArray[np.int32], **columns: NDArray[np.generic]) -> None:
    for name, column in columns.items():
        if column.shape != rater.shape:
            code = "ratings.lengths"
            raise ShapeError(
                code,
                where=Where(argument=name),
                found=str(column.shape),
                expected=str(rater.shape),
            )


def _checked_values(values: FloatArray, skipped: NDArray[np.bool_]) -> FloatArray:
    wrong = np.flatnonzero(~np.isfinite(values) & ~skipped)
    if wrong.size:
        code = "ratings.not_finite"
        raise NotFiniteError(code, where=Where(argument="value", row=int(wrong[0])))
    return np.where(skipped, np.nan, values)


def _latest(raters: IndexArray, items: IndexArray, answers: FloatArray, times: IntArray) -> _Latest:
    """Keep the latest answer of every pair, of equal times the later row."""
    order = np.lexsort((np.arange(times.size), times, items, raters))
    same = (np.diff(raters[order]) == 0) & (np.diff(items[order]) == 0)
    changed = same & (np.diff(np.where(np.isinf(answers), 1e300, answers)[order]) != 0)
    is_last = np.append(~same, True)[: order.size]
    pair = np.append(0, np.cumsum(~same))[1:]
    repeats = np.flatnonzero(same)
    return _Latest(
        rows=order[is_last].astype(np.int64),
        n_repeated=int(np.unique(pair[same]).size),
        n_changed=int(np.unique(pair[changed]).size),
        first_repeated=int(order[repeats + 1].min()) if repeats.size else -1,
    )


def _scale_points(
    scale: Sequence[float] | None, values: FloatArray
) -> tuple[tuple[float, ...], bool]:
    if scale is not None:
        return _declared_points([float(point) for point in scale]), False
    if not values.size:
        return (), True
    distinct = np.unique(values)
    if (distinct == np.round(distinct)).all() and np.ptp(distinct) < MAX_ASSUMED_POINTS:
        whole = np.arange(distinct[0], distinct[-1] + 1)
        distinct = whole if whole.size > 1 else distinct
    if distinct.size > MAX_ASSUMED_POINTS:
        code = "scale.too_many_points"
        raise ScaleError(code, where=Where(argument="scale"), found=str(distinct.size))
    return tuple(float(point) for point in distinct), True


def _declared_points(points: list[float]) -> tuple[float, ...]:
    if not np.isfinite(points).all():
        code = "scale.not_finite"
        raise NotFiniteError(code, where=Where(argument="scale"))
    if len(points) < 2 or (np.diff(points) <= 0).any():  # noqa: PLR2004 - low and high
        code = "scale.not_rising"
        raise ScaleError(code, where=Where(argument="scale"))
    is_range = len(points) == 2 and all(point.is_integer() for point in points)  # noqa: PLR2004
    if is_range:
        return tuple(float(point) for point in range(int(points[0]), int(points[1]) + 1))
    return tuple(points)


def _check_on_scale(
    values: FloatArray, skipped: NDArray[np.bool_], points: tuple[float, ...]
) -> None:
    outside = np.flatnonzero(~np.isin(values, points) & ~skipped)
    if outside.size:
        code = "ratings.outside_scale"
        raise ScaleError(
            code,
            where=Where(argument="value", row=int(outside[0])),
            expected=", ".join(f"{point:g}" for point in points),
        )


def _parted(rows: IntArray, skipped: NDArray[np.bool_]) -> tuple[IntArray, IntArray]:
    return rows[~skipped[rows]], rows[skipped[rows]]


def _frozen[T: np.generic](array: NDArray[T]) -> NDArray[T]:
    array.setflags(write=False)
    return array
