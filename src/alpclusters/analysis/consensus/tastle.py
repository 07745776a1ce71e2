"""Consensus of answers on an ordered scale after Tastle and Wierman."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.errors import NotFiniteError, ScaleError, ShapeError, Where

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Consensus:
    """How far the answers to each item lie together.

    Attributes
    ----------
    values : array of shape (n_items,)
        1 all equal, 0 half at each end of the scale; NaN for items nobody answered.
    n : array of shape (n_items,)
        Answers per item.
    status : {'ok', 'undefined', 'limited'}
        Of the whole; undefined when no item has an answer.
    reasons : tuple of str
        ``no_ratings``, ``one_rater``.
    conventions : Conventions
        With the points of the scale.
    """

    values: FloatArray
    n: FloatArray
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions

    @property
    def value(self) -> float | None:
        """The value of the first item, None if undefined: for one item at a time."""
        return None if np.isnan(self.values[0]) else float(self.values[0])


def tastle_wierman(counts: ArrayLike, *, values: ArrayLike | None = None) -> Consensus:
    r"""Measure how far answers on an ordered scale lie together.

    With shares :math:`p_k` of the points :math:`x_k`, mean :math:`\mu` and width
    :math:`d = x_{max} - x_{min}` of the scale:
    :math:`Cns = 1 + \sum_k p_k \log_2(1 - |x_k - \mu| / d)`.

    Parameters
    ----------
    counts : array_like of shape (n_points,) or (n_items, n_points)
        Answers per point of the scale, not negative; at least two points.
    values : array_like of shape (n_points,), default None
        The points, rising; ``None`` means 1, 2, ..., n_points.

    Returns
    -------
    Consensus
        One value per item.

    Raises
    ------
    ShapeError
        Fewer than two points, or values and counts of different length.
    ScaleError
        Negative counts, or points that do not rise.
    NotFiniteError
        NaN or infinity.

    Notes
    -----
    The width is that of the scale, not of the answers seen. Terms with :math:`p_k = 0` are 0;
    no small number is added inside the logarithm. Equal use of five points gives 0.434, not
    0: do not colour the range from 0 to 1 evenly. One single answer gives 1 and the status
    ``limited``.

    References
    ----------
    .. [1] W. J. Tastle, M. J. Wierman, Consensus and dissention: a measure of ordinal
       dispersion, International Journal of Approximate Reasoning 45 (2007), 531-545.

    Examples
    --------
    >>> round(tastle_wierman([0, 1, 2, 5, 3]).value, 10)
    0.7069148734
    >>> tastle_wierman([5, 0, 0, 0, 5]).value
    0.0
    """
    table = _checked_counts(counts)
    points = _checked_points(values, n_points=table.shape[1])
    n = table.sum(axis=1)
    shares = table / np.maximum(n, 1e-300)[:, None]
    distance = np.abs(points - (shares @ points)[:, None]) / (points[-1] - points[0])
    seen = shares > 0
    inside = np.where(seen, np.maximum(1 - distance, 0.0), 1.0)
    result = np.clip(1 + (shares * np.log2(np.where(inside > 0, inside, 1.0))).sum(axis=1), 0, 1)
    result[n == 0] = np.nan
    status, reasons = _standing(n)
    return Consensus(_frozen(result), _frozen(n), status, reasons, _conventions(points))


def _checked_counts(counts: ArrayLike) -> FloatArray:
    table = np.array(counts, dtype=np.float64, ndmin=2)
    where = Where(argument="counts")
    if table.ndim > 2 or table.shape[1] < 2:  # noqa: PLR2004 - a table of items by points
        code = "counts.shape"
        raise ShapeError(code, where=where, expected="(n_points,) or (n_items, n_points >= 2)")
    if not np.isfinite(table).all():
        code = "counts.not_finite"
        raise NotFiniteError(code, where=where)
    if (table < 0).any():
        code = "counts.negative"
        raise ScaleError(code, where=Where(argument="counts", row=int((table < 0).any(1).argmax())))
    return table


def _checked_points(values: ArrayLike | None, *, n_points: int) -> FloatArray:
    if values is None:
        return np.arange(1.0, n_points + 1)
    points = np.asarray(values, dtype=np.float64)
    if points.shape != (n_points,):
        code = "values.shape"
        raise ShapeError(code, where=Where(argument="values"), expected=f"({n_points},)")
    if not np.isfinite(points).all():
        code = "values.not_finite"
        raise NotFiniteError(code, where=Where(argument="values"))
    if (np.diff(points) <= 0).any():
        code = "scale.not_rising"
        raise ScaleError(code, where=Where(argument="values"))
    return points


def _standing(n: FloatArray) -> tuple[Status, tuple[str, ...]]:
    if not n.size or not (n > 0).any():
        return "undefined", ("no_ratings",)
    reasons = tuple(
        reason
        for reason, holds in (("no_ratings", (n == 0).any()), ("one_rater", (n == 1).any()))
        if holds
    )
    return ("limited" if "one_rater" in reasons else "ok"), reasons


def _conventions(points: FloatArray) -> Conventions:
    scale = tuple(float(point) for point in points)
    return Conventions(method="tastle_wierman", scale=scale, missing="left_out")


def _frozen(array: FloatArray) -> FloatArray:
    array.setflags(write=False)
    return array
