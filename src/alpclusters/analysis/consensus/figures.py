"""Figures of many items at once, from their counts per point, and the consensus of Tastle."""

from dataclasses import dataclass
from typing import TypedDict

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.consensus.intervals import (
    ShareInterval,
    median_ranks,
    share_interval,
    t_interval,
)
from alpclusters.analysis.consensus.results import Interval, Summary
from alpclusters.analysis.conventions import MANY_CANNOT_JUDGE, Conventions, Status
from alpclusters.analysis.errors import NotFiniteError, ScaleError, ShapeError, Where

# --- Consensus of answers on an ordered scale after Tastle and Wierman ----------------------------


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


# --- Figures of many items at once, computed from their counts per point of the scale -------------


IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class FigureRules:
    """What the caller chose: points of the scale, level, threshold, kind of interval."""

    points: FloatArray
    level: float
    agree_from: float | None
    kind: ShareInterval


def summarise(counts: IntArray, cannot: IntArray, rules: FigureRules) -> list[Summary]:
    """Turn counts per point into one summary per row.

    Parameters
    ----------
    counts : array of shape (n_rows, n_points)
        People per row and point of the scale.
    cannot : array of shape (n_rows,)
        People per row who could not judge.
    rules : FigureRules
        Scale, level, threshold.

    Returns
    -------
    list of Summary
        In the order of the rows.
    """
    columns = _Columns(counts, cannot, rules)
    return [columns.summary(row) for row in range(counts.shape[0])]


class _Agreement(TypedDict):
    agree: int | None
    agree_share: float | None
    agree_interval: Interval | None


class _Columns:
    """All figures as columns; a row of them becomes a summary."""

    def __init__(self, counts: IntArray, cannot: IntArray, rules: FigureRules) -> None:
        self.counts, self.cannot = counts, cannot
        self.n = counts.sum(axis=1)
        self._order_statistics(rules)
        self._moments(rules)
        self._agreement(rules)
        self.consensus = _consensus(counts, rules.points)

    def _order_statistics(self, rules: FigureRules) -> None:
        below = self.counts.cumsum(axis=1)
        points, n = rules.points, self.n
        self.median_low = _ranked(below, points, (n + 1) // 2)
        self.median_high = _ranked(below, points, n // 2 + 1)
        self.lower_quartile = _quantile(below, points, n, 0.25)
        self.upper_quartile = _quantile(below, points, n, 0.75)
        ranks = median_ranks(n, level=rules.level)
        self.coverage = ranks.coverage
        self.interval_low = _ranked(below, points, ranks.low)
        self.interval_high = _ranked(below, points, ranks.high)

    def _moments(self, rules: FigureRules) -> None:
        points, n = rules.points, self.n
        self.mean = np.where(n > 0, self.counts @ points / np.maximum(n, 1), np.nan)
        squares = (self.counts * (points - self.mean[:, None]) ** 2).sum(axis=1)
        known = n > 1
        self.sd = np.where(known, np.sqrt(squares / np.where(known, n - 1, 1)), np.nan)
        # Equal answers: rounding in the mean must not leave a spread of 1e-16.
        self.sd[known & ((self.counts > 0).sum(axis=1) == 1)] = 0.0
        scale = (float(points[0]), float(points[-1])) if points.size else (0.0, 0.0)
        self.mean_bounds = t_interval(self.mean, self.sd, n, level=rules.level, scale=scale)

    def _agreement(self, rules: FigureRules) -> None:
        self.has_threshold = rules.agree_from is not None
        at_least = rules.points >= (np.inf if rules.agree_from is None else rules.agree_from)
        self.agree = self.counts[:, at_least].sum(axis=1)
        self.agree_bounds = share_interval(self.agree, self.n, level=rules.level, kind=rules.kind)

    def summary(self, row: int) -> Summary:
        n, cannot = int(self.n[row]), int(self.cannot[row])
        reasons = self._reasons(row)
        return Summary(
            n=n,
            counts=tuple(self.counts[row].tolist()),
            cannot_judge=cannot,
            cannot_judge_share=cannot / (n + cannot) if n + cannot else None,
            median=_known((self.median_low[row] + self.median_high[row]) / 2),
            median_low=_known(self.median_low[row]),
            median_high=_known(self.median_high[row]),
            lower_quartile=_known(self.lower_quartile[row]),
            upper_quartile=_known(self.upper_quartile[row]),
            mean=_known(self.mean[row]),
            sd=_known(self.sd[row]),
            mean_interval=_interval(self.mean_bounds.low[row], self.mean_bounds.high[row]),
            median_interval=_interval(
                self.interval_low[row], self.interval_high[row], self.coverage[row]
            ),
            consensus=_known(self.consensus[row]),
            **self._agreement_of(row, n),
            status=_status(reasons),
            reasons=reasons,
        )

    def _agreement_of(self, row: int, n: int) -> _Agreement:
        if not self.has_threshold:
            return {"agree": None, "agree_share": None, "agree_interval": None}
        agree = int(self.agree[row])
        return {
            "agree": agree,
            "agree_share": agree / n if n else None,
            "agree_interval": _interval(self.agree_bounds.low[row], self.agree_bounds.high[row]),
        }

    def _reasons(self, row: int) -> tuple[str, ...]:
        n, cannot = int(self.n[row]), int(self.cannot[row])
        holds = {
            "no_ratings": n == 0,
            "one_rater": n == 1,
            "no_variation": n > 1 and self.sd[row] == 0,
            "few_for_median_interval": n > 0 and bool(np.isnan(self.coverage[row])),
            "many_cannot_judge": cannot > MANY_CANNOT_JUDGE * (n + cannot),
        }
        return tuple(reason for reason, applies in holds.items() if applies)


def _ranked(below: IntArray, points: FloatArray, rank: IntArray) -> FloatArray:
    """Return the value of the given 1-based rank per row, NaN for rank 0 or an empty row."""
    if not points.size:
        return np.full(rank.shape, np.nan)
    place = (below < rank[:, None]).sum(axis=1)
    known = (rank > 0) & (place < points.size)
    return np.where(known, points[np.minimum(place, points.size - 1)], np.nan)


def _quantile(below: IntArray, points: FloatArray, n: IntArray, share: float) -> FloatArray:
    """Type 7: linear interpolation between the ranks around 1 + (n - 1) share."""
    position = (n - 1) * share
    floor = np.floor(position).astype(np.int64)
    low = _ranked(below, points, np.where(n > 0, floor + 1, 0))
    high = _ranked(below, points, np.where(n > 0, np.minimum(floor + 2, n), 0))
    return low + (position - floor) * (high - low)


def _consensus(counts: IntArray, points: FloatArray) -> FloatArray:
    if points.size > 1:
        return tastle_wierman(counts, values=points).values
    # A scale of one point leaves no room to differ.
    return np.where(counts.sum(axis=1) > 0, 1.0, np.nan)


def _known(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)


def _interval(
    low: np.float64, high: np.float64, coverage: np.float64 | None = None
) -> Interval | None:
    if np.isnan(low) or np.isnan(high):
        return None
    return Interval(float(low), float(high), None if coverage is None else float(coverage))


def _status(reasons: tuple[str, ...]) -> Status:
    if "no_ratings" in reasons:
        return "undefined"
    return "limited" if reasons else "ok"
