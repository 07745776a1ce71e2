"""Agreement of incomplete ratings after Krippendorff."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, cast, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.consensus.grids import checked_grid
from alpclusters.analysis.consensus.intervals import (
    check_draws,
    percentile_interval,
    resample_weights,
    tail_of,
)
from alpclusters.analysis.consensus.results import Interval, Recorded
from alpclusters.analysis.conventions import LEVEL, Conventions, Status
from alpclusters.analysis.errors import AnalysisError, Where

if TYPE_CHECKING:
    from scipy.sparse import csr_array

FloatArray = NDArray[np.float64]
MeasurementLevel = Literal["nominal", "ordinal", "interval"]
RESAMPLES: Final = 1000
FEW_UNITS: Final = 10
# As published for coding of texts; no verdict on people who may differ.
CITED: Final = (("reliable", 0.800), ("tentative", 0.667))
# Up to here the counts of units by values are one array; beyond, only what occurs is kept.
FEW_POINTS: Final = 32


@dataclass(frozen=True, slots=True)
class Alpha(Recorded):
    """How far the values within units agree, against what chance would give.

    Attributes
    ----------
    value : float or None
        1 full agreement, 0 as by chance, below 0 worse; None if undefined.
    interval : Interval or None
        Percentile bootstrap over units.
    level : {'nominal', 'ordinal', 'interval'}
        Level of measurement.
    observed, expected : float or None
        Disagreement observed and expected by chance; alpha = 1 - observed / expected.
    points : array of shape (n_points,)
        Values that occur in units with at least two.
    frequencies : array of shape (n_points,)
        How often they occur there.
    n_units, n_raters : int
        Columns and rows.
    n_paired, unpaired : int
        Units with at least two values, and those that drop out.
    n_values : int
        Values in paired units.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        ``no_ratings``, ``no_pairs``, ``no_variation``, ``few_units``, ``interval_no_width``,
        ``few_resamples_defined``.
    conventions : Conventions
    """

    value: float | None
    interval: Interval | None
    level: MeasurementLevel
    observed: float | None
    expected: float | None
    points: FloatArray
    frequencies: FloatArray
    n_units: int
    n_raters: int
    n_paired: int
    unpaired: int
    n_values: int
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions


def krippendorff_alpha(
    ratings: ArrayLike,
    *,
    level: MeasurementLevel = "ordinal",
    interval_level: float = LEVEL,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Alpha:
    r"""Measure how far raters agree where not everybody rated everything.

    With coincidences :math:`o_{cc'}` of values within units, their sums :math:`n_c` and n:
    :math:`\alpha = 1 - (n - 1) \sum o_{cc'} \delta^2_{cc'} / \sum n_c n_{c'} \delta^2_{cc'}`,
    where :math:`\delta^2` is 1 for unequal values (nominal), the squared difference (interval),
    or the squared number of values that lie between them (ordinal).

    Parameters
    ----------
    ratings : array_like of shape (n_raters, n_units)
        NaN is missing ("cannot judge", not shown).
    level : {'nominal', 'ordinal', 'interval'}, default 'ordinal'
        Level of measurement.
    interval_level : float, default 0.90
        Level of the two-sided bootstrap interval.
    resamples : int, default 1000
        Resamples of units; 0 for no interval.
    seed : int, default 0
        Of the resamples.

    Returns
    -------
    Alpha
        Undefined without a unit of two values (``no_pairs``) and where only one value occurs
        (``no_variation``: nothing to disagree about is not agreement). Limited below ten
        paired units (``few_units``).

    Raises
    ------
    AnalysisError
        Another level, such as ratio.
    ShapeError
        Not two dimensions.
    NotFiniteError
        Infinity.

    Notes
    -----
    Units with fewer than two values drop out and are counted (``unpaired``). The ordinal
    distance of two values is the difference of their mid-ranks among all paired values, so it
    changes with the data: alpha of a part is no part of alpha. Cost: values present, times
    resamples; never pairs. Order of raters and of units changes no bit.

    References
    ----------
    .. [1] K. Krippendorff, Content Analysis, 2nd edition (2004), chapter 11.
    .. [2] K. Krippendorff, Computing Krippendorff's alpha-reliability (2011).

    Examples
    --------
    >>> gap = np.nan
    >>> raters = [[1, 1, 2, 2, 5, gap], [1, 2, 2, 3, 5, 4], [gap, 1, 2, 2, 4, 4]]
    >>> alpha = krippendorff_alpha(raters)
    >>> round(alpha.value, 12), alpha.reasons
    (0.870535714286, ('few_units',))
    """
    _check_level(level)
    tail_of(interval_level)
    check_draws(resamples, argument="resamples")
    grid = checked_grid(ratings, argument="ratings")
    table = _CountTable.of(grid, is_ordered=resamples > 0)
    found = _disagreements(table, level, np.ones((1, table.n_paired)))
    value = _known(found.alpha[0])
    interval, reasons = None, _why_undefined(grid, table)
    if value is not None:
        draws = _resampled(table, level, resamples=resamples, seed=seed)
        interval, reasons = percentile_interval(draws, level=interval_level)
        reasons = (*(("few_units",) if table.n_paired < FEW_UNITS else ()), *reasons)
    return Alpha(
        value=value,
        interval=interval,
        level=level,
        observed=None if value is None else float(found.observed[0]),
        expected=None if value is None else float(found.expected[0]),
        points=_frozen(table.points),
        frequencies=_frozen(table.frequencies),
        n_units=grid.shape[1],
        n_raters=grid.shape[0],
        n_paired=table.n_paired,
        unpaired=grid.shape[1] - table.n_paired,
        n_values=int(table.frequencies.sum()),
        status="undefined" if value is None else "limited" if reasons else "ok",
        reasons=reasons,
        conventions=_conventions(level, interval_level, resamples, seed),
    )


@dataclass(frozen=True, slots=True)
class _CountTable:
    """How often each value occurs in each paired unit.

    ``counts`` has shape (n_paired, n_points), ``size`` its row sums.
    """

    counts: "FloatArray | csr_array"
    points: FloatArray
    size: FloatArray

    @property
    def n_paired(self) -> int:
        return self.size.size

    @property
    def frequencies(self) -> FloatArray:
        return self.weighted(np.ones((1, self.n_paired))).ravel()

    @classmethod
    def of(cls, grid: FloatArray, *, is_ordered: bool) -> "_CountTable":
        paired = grid[:, (~np.isnan(grid)).sum(axis=0) > 1]
        if is_ordered and paired.size:
            # A canonical order of units: the bootstrap then depends on no labels.
            paired = paired[:, np.lexsort(np.sort(paired, axis=0))]
        seen = ~np.isnan(paired)
        points = np.unique(paired[seen])
        return cls(_counted(paired, points), points, seen.sum(axis=0).astype(np.float64))

    def weighted(self, weights: FloatArray) -> FloatArray:
        """Frequencies of the points, shape (n_rows, n_points), for rows of unit weights."""
        return np.asarray(weights @ self.counts)

    def within(self, figures: FloatArray) -> FloatArray:
        """Sums within units, shape (n_rows, n_paired), for rows of figures of the points."""
        return np.asarray((self.counts @ figures.T).T)

    def squares(self) -> FloatArray:
        """Sum of squared counts per unit."""
        squared = cast("FloatArray", self.counts * self.counts)
        return np.asarray(squared.sum(axis=1)).ravel()


@dataclass(frozen=True, slots=True)
class _Disagreements:
    observed: FloatArray
    expected: FloatArray

    @property
    def alpha(self) -> FloatArray:
        """Return alpha per row, NaN where only one value occurs."""
        varied = self.expected > 0
        share = self.observed / np.where(varied, self.expected, 1.0)
        return np.where(varied, 1 - share, np.nan)


def _counted(paired: FloatArray, points: FloatArray) -> "FloatArray | csr_array":
    shape = (paired.shape[1], points.size)
    if points.size <= FEW_POINTS:
        counts = np.zeros(shape)
        for place, point in enumerate(points):
            counts[:, place] = (paired == point).sum(axis=0)
        return counts
    from scipy.sparse import csr_array  # noqa: PLC0415 - a third of a second to import

    seen = ~np.isnan(paired)
    cells = (np.nonzero(seen)[1], np.searchsorted(points, paired[seen]))
    return csr_array((np.ones(cells[0].size), cells), shape=shape)


def _disagreements(
    table: _CountTable, level: MeasurementLevel, weights: FloatArray
) -> _Disagreements:
    """Disagreement within units and among all values, per row of unit weights.

    Every level is a squared distance of scores: over ordered pairs of m values x it sums up
    to 2 (m sum x² - (sum x)²), and for centred scores of all n values to 2 n sum x².
    """
    if not table.n_paired:
        return _Disagreements(np.full(len(weights), np.nan), np.zeros(len(weights)))
    frequencies = table.weighted(weights)
    n = frequencies.sum(axis=1)
    if level == "nominal":
        within = table.size**2 - table.squares()
        total = n**2 - (frequencies**2).sum(axis=1)
    else:
        scores = _centred_scores(table.points, level, frequencies)
        within = 2 * (table.size * table.within(scores**2) - table.within(scores) ** 2)
        total = 2 * n * (frequencies * scores**2).sum(axis=1)
    observed = (weights * np.maximum(within, 0) / (table.size - 1)).sum(axis=1) / n
    varied = (frequencies > 0).sum(axis=1) > 1
    return _Disagreements(observed, np.where(varied, total / (n * (n - 1)), 0.0))


def _centred_scores(
    points: FloatArray, level: MeasurementLevel, frequencies: FloatArray
) -> FloatArray:
    """Interval: the values. Ordinal: their mid-ranks. Both about their mean, per row."""
    n = frequencies.sum(axis=1, keepdims=True)
    if level == "ordinal":
        return frequencies.cumsum(axis=1) - frequencies / 2 - n / 2
    return points - (frequencies @ points)[:, None] / n


def _resampled(
    table: _CountTable, level: MeasurementLevel, *, resamples: int, seed: int
) -> FloatArray:
    widest = max(table.n_paired, table.points.size)
    blocks = resample_weights(table.n_paired, resamples=resamples, seed=seed, widest=widest)
    return np.concatenate(
        [np.zeros(0), *(_disagreements(table, level, weights).alpha for weights in blocks)]
    )


def _why_undefined(grid: FloatArray, table: _CountTable) -> tuple[str, ...]:
    if table.n_paired:
        return ("no_variation",)
    return ("no_ratings",) if np.isnan(grid).all() else ("no_pairs",)


def _known(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)


def _check_level(level: str) -> None:
    if level not in get_args(MeasurementLevel):
        code = "argument.not_one_of"
        expected = ", ".join(get_args(MeasurementLevel))
        raise AnalysisError(code, where=Where(argument="level"), expected=expected)


def _conventions(
    level: MeasurementLevel, interval_level: float, resamples: int, seed: int
) -> Conventions:
    return Conventions(
        method=f"krippendorff_alpha_{level}",
        level=interval_level,
        intervals=(("alpha", "percentile_bootstrap_over_units"),) if resamples else (),
        ties="mid_ranks_of_all_paired_values" if level == "ordinal" else None,
        missing="left_out_unpaired_units_reported",
        quantiles="linear_type_7",
        seed=seed if resamples else None,
        draws=resamples or None,
        thresholds=(*CITED, ("few_units_below", float(FEW_UNITS))),
    )


def _frozen(array: FloatArray) -> FloatArray:
    array.setflags(write=False)
    return array
