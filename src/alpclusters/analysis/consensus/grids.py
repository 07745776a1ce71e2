"""Ratings as a grid of raters by items, NaN where somebody gave no value."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.consensus.ratings import Ratings, Row
from alpclusters.analysis.errors import NotFiniteError, ScaleError, ShapeError, Where

FloatArray = NDArray[np.float64]
type Table = Ratings | Iterable[Row]


def as_ratings(table: Table, *, scale: Sequence[float] | None) -> Ratings:
    """Take ratings as they are, or build them from rows; a declared scale replaces an assumed one.

    Parameters
    ----------
    table : Ratings or iterable of rows
        Rows as in `Ratings.from_rows`.
    scale : sequence of float or None
        ``(low, high)`` or all points.

    Returns
    -------
    Ratings

    Raises
    ------
    ScaleError
        A value outside the scale, or ratings that were read with another declared scale.

    Examples
    --------
    >>> as_ratings([("a", "m", 4)], scale=(1, 5)).scale
    (1.0, 2.0, 3.0, 4.0, 5.0)
    """
    if not isinstance(table, Ratings):
        return Ratings.from_rows(table, scale=scale)
    if scale is None:
        return table
    declared = _redeclared(table, scale)
    if not table.scale_assumed and table.scale != declared.scale:
        code = "rounds.scales_differ"
        raise ScaleError(code, where=Where(argument="scale"))
    return declared


def _redeclared(ratings: Ratings, scale: Sequence[float]) -> Ratings:
    """Check the values against the scale and carry over what was counted."""
    skipped = ratings.cannot[0].size
    checked = Ratings.from_arrays(
        np.concatenate([ratings.rater, ratings.cannot[0]]),
        np.concatenate([ratings.measure, ratings.cannot[1]]),
        np.concatenate([ratings.value, np.zeros(skipped)]),
        cannot=np.arange(ratings.standing) >= ratings.value.size,
        scale=scale,
    )
    return Ratings(
        rater=ratings.rater,
        measure=ratings.measure,
        value=ratings.value,
        cannot=ratings.cannot,
        rater_ids=ratings.rater_ids,
        measure_ids=ratings.measure_ids,
        scale=checked.scale,
        scale_assumed=False,
        cast=ratings.cast,
        n_repeated=ratings.n_repeated,
        n_changed=ratings.n_changed,
    )


def rating_grid(ratings: Ratings) -> FloatArray:
    """Lay standing ratings out as raters by items.

    Returns
    -------
    array of shape (n_raters, n_items)
        NaN where there is no value, "cannot judge" included.

    Examples
    --------
    >>> rows = [("a", "m", 4), ("b", "m", "cannot_judge"), ("b", "n", 2)]
    >>> rating_grid(Ratings.from_rows(rows)).tolist()
    [[4.0, nan], [nan, 2.0]]
    """
    grid = np.full((len(ratings.rater_ids), len(ratings.measure_ids)), np.nan)
    grid[ratings.rater, ratings.measure] = ratings.value
    return grid


def checked_grid(ratings: ArrayLike, *, argument: str, one_column: bool = False) -> FloatArray:
    """Read an array of raters by items; NaN is missing, infinity is refused.

    Parameters
    ----------
    ratings : array_like of shape (n_raters, n_items)
        With ``one_column`` also of shape (n_raters,).
    argument : str
        Name of the argument for errors.
    one_column : bool, default False
        Take one dimension as one item.

    Returns
    -------
    array of shape (n_raters, n_items)
        A copy.

    Raises
    ------
    ShapeError
        Another number of dimensions, or rows of unequal length.
    NotFiniteError
        Infinity.

    Examples
    --------
    >>> checked_grid([1, 2], argument="ratings", one_column=True).shape
    (2, 1)
    """
    grid = _as_floats(ratings, argument)
    if one_column and grid.ndim == 1:
        grid = grid[:, None]
    if grid.ndim != 2:  # noqa: PLR2004 - raters by items
        code = "ratings.shape"
        raise ShapeError(code, where=Where(argument=argument), expected="(n_raters, n_items)")
    infinite = np.isinf(grid).any(axis=1)
    if infinite.any():
        code = "ratings.not_finite"
        raise NotFiniteError(code, where=Where(argument=argument, row=int(infinite.argmax())))
    return grid


def _as_floats(ratings: ArrayLike, argument: str) -> FloatArray:
    try:
        return np.array(ratings, dtype=np.float64)
    except (TypeError, ValueError) as error:
        code = "ratings.shape"
        where = Where(argument=argument)
        raise ShapeError(code, where=where, expected="(n_raters, n_items)") from error
