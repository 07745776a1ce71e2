"""Henderson's mixed-model equations with the raters absorbed, and their exact gradient.

Observation o of measure i by rater j (of region g): y = x'b + u_i + v_j [+ t_ig] + e with variance
of e divided by the weight. Columns are numbered: fixed effects, measures, then cells of measure by
region. Raters, of whom there are most, are eliminated in closed form.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.ranking.ratings import TooLargeError

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

MAX_COLUMNS: Final = 4_000  # left after absorption; the equations are solved in their cube
BLOCK: Final = 2_048  # raters laid out densely at a time
SMALLEST_RESIDUAL: Final = 1e-10  # of the variance of all ratings


@dataclass(frozen=True, slots=True)
class Design:
    """Observations of one fit; positions are contiguous from 0.

    Attributes
    ----------
    value : array of shape (n_ratings,)
    rater, measure : array of int, shape (n_ratings,)
    n_raters, n_measures : int
    weight : array of shape (n_ratings,)
        Precision relative to the residual variance.
    contrast : array of shape (n_ratings, n_regions - 1)
        Sum-to-zero contrasts of regions; no columns without regions.
    region : array of int, shape (n_ratings,) or None
        Position of the rater's region where the interaction is fitted, -1 if not known.
    n_regions : int
        0 without interaction.
    """

    value: FloatArray
    rater: IntArray
    measure: IntArray
    n_raters: int
    n_measures: int
    weight: FloatArray
    contrast: FloatArray
    region: IntArray | None
    n_regions: int

    @property
    def n_fixed(self) -> int:
        """Columns of the fixed part: intercept and contrasts."""
        return 1 + int(self.contrast.shape[1])

    @property
    def n_columns(self) -> int:
        """Columns left after absorption."""
        return self.n_fixed + self.n_measures * (1 + self.n_regions)


@dataclass(frozen=True, slots=True)
class Equations:
    """Sums over the data, made once; every evaluation needs only these.

    ``crossed`` is F'WF, ``by_rater`` Z'WF (sparse), ``right`` F'Wy, ``n`` and ``s`` the sums of
    weights and of weighted values per rater, ``total`` y'Wy; y is taken from its mean ``centre``.
    """

    crossed: FloatArray
    by_rater: Any
    right: FloatArray
    n: FloatArray
    s: FloatArray
    total: float
    centre: float
    n_ratings: int
    n_fixed: int
    n_measures: int
    n_cells: int
    log_weights: float
    least: float

    @property
    def sizes(self) -> FloatArray:
        """Numbers of measures, raters, cells."""
        return np.array([self.n_measures, self.n.size, self.n_cells], dtype=np.float64)

    @property
    def measures(self) -> slice:
        """Columns of the measures."""
        return slice(self.n_fixed, self.n_fixed + self.n_measures)

    @property
    def cells(self) -> slice:
        """Columns of the interaction."""
        return slice(self.n_fixed + self.n_measures, None)

    @property
    def freedom(self) -> int:
        """Ratings less fixed effects."""
        return self.n_ratings - self.n_fixed


@dataclass(frozen=True, slots=True)
class Absorbed:
    """The equations of the other effects, raters eliminated at one ratio of variances.

    Attributes
    ----------
    matrix : array of shape (n_columns, n_columns)
        F'WF - B'D⁻¹B, without the ratios of measures and cells.
    right : array of shape (n_columns,)
    d : array of shape (n_raters,)
        D.
    square : float
        y'Wy - s'D⁻¹s.
    squared : array of shape (n_columns, n_columns)
        B'D⁻²B, for the slope.
    """

    matrix: FloatArray
    right: FloatArray
    d: FloatArray
    square: float
    squared: FloatArray


@dataclass(frozen=True, slots=True)
class Solution:
    """The equations solved at given ratios of variances.

    Attributes
    ----------
    criterion : float
        -2 log restricted likelihood, residual variance profiled out.
    gradient : array of shape (2,) or (3,)
        By the logarithms of the ratios residual to measure, rater, interaction.
    effects : array of shape (n_columns,)
    inverse : array of shape (n_columns, n_columns)
        Covariance of the effects' errors in units of the residual variance.
    rater_effects : array of shape (n_raters,)
    residual : float
        Variance.
    is_floored : bool
        Whether the residual sum of squares was not positive.
    absorbed : Absorbed
        What was solved.
    """

    criterion: float
    gradient: FloatArray
    effects: FloatArray
    inverse: FloatArray
    rater_effects: FloatArray
    residual: float
    is_floored: bool
    absorbed: Absorbed


def build_equations(design: Design) -> Equations:
    """Sum the data up in one pass.

    Raises
    ------
    TooLargeError
        More than 4,000 columns.
    """
    from scipy.sparse import csr_array  # noqa: PLC0415 - a third of a second to import

    _check_size(design)
    centre = float(design.value.mean())
    y, w = design.value - centre, design.weight
    starts = np.arange(y.size + 1, dtype=np.int32)
    raters = csr_array((w, design.rater.astype(np.int32), starts), shape=(y.size, design.n_raters))
    entries, columns = _entries(design)
    places = (columns.ravel(), starts * np.int32(entries.shape[1]))
    effects = csr_array((entries.ravel(), *places), shape=(y.size, design.n_columns))
    weighted = csr_array(((entries * w[:, None]).ravel(), *places), shape=effects.shape)
    return Equations(
        crossed=dense(effects.T @ weighted),
        by_rater=csr_array(raters.T @ effects),
        right=np.asarray(effects.T @ (w * y), dtype=np.float64),
        n=np.bincount(design.rater, w, design.n_raters),
        s=np.bincount(design.rater, w * y, design.n_raters),
        total=float(w @ y**2),
        centre=centre,
        n_ratings=y.size,
        n_fixed=design.n_fixed,
        n_measures=design.n_measures,
        n_cells=design.n_measures * design.n_regions,
        log_weights=float(np.log(w).sum()),
        least=SMALLEST_RESIDUAL * float(y.var()),
    )


def absorb(equations: Equations, ratio: float) -> Absorbed:
    """Eliminate the raters at the ratio of residual variance to theirs, a block at a time.

    O(n_raters * n_columns²), in the memory of one block of raters.
    """
    e = equations
    d = e.n + ratio
    size = e.right.size
    taken, squared = np.zeros((size, size)), np.zeros((size, size))
    right = e.right.copy()
    for rows, block in dense_blocks(e.by_rater):
        shrunk = block / d[rows, None]
        taken += block.T @ shrunk
        squared += shrunk.T @ shrunk
        right -= shrunk.T @ e.s[rows]
    square = float(e.total - (e.s**2 / d).sum())
    return Absorbed(e.crossed - taken, right, d, square, squared)


def dense_blocks(table: Any) -> Iterator[tuple[slice, FloatArray]]:
    """Lay a sparse table out, some rows at a time."""
    for start in range(0, table.shape[0], BLOCK):
        rows = slice(start, start + BLOCK)
        yield rows, dense(table[rows])


def solve(equations: Equations, logs: FloatArray) -> Solution:
    """Solve at the logarithms of the ratios of variances residual to measure, rater, interaction.

    O(n_raters * n_columns² + n_columns³).
    """
    from scipy.linalg import cho_factor, cho_solve  # noqa: PLC0415 - as above

    e, ratios = equations, np.exp(logs)
    absorbed = absorb(e, float(ratios[1]))
    right = absorbed.right
    matrix = absorbed.matrix.copy()
    matrix[np.diag_indices_from(matrix)] += ridge(e, ratios)
    factor = cho_factor(matrix, lower=True, check_finite=False)
    inverse = _inverted(factor[0])
    effects = np.asarray(cho_solve(factor, right, check_finite=False))
    raters = (e.s - e.by_rater @ effects) / absorbed.d
    square = float(absorbed.square - right @ effects)
    residual = max(square / e.freedom, e.least)
    log_determinant = 2 * float(np.log(np.diag(factor[0])).sum())
    squares = _squares(e, effects, raters)[: logs.size] / residual
    traces = _traces(e, absorbed, inverse)[: logs.size]
    return Solution(
        criterion=_criterion(e, logs, log_determinant, absorbed.d, residual),
        gradient=ratios * (squares + traces) - e.sizes[: logs.size],
        effects=effects,
        inverse=inverse,
        rater_effects=raters,
        residual=residual,
        is_floored=square / e.freedom <= e.least,
        absorbed=absorbed,
    )


def ridge(equations: Equations, ratios: FloatArray) -> FloatArray:
    """Return what the variances of measures and cells add to the diagonal."""
    e, added = equations, np.zeros(equations.right.size)
    added[e.measures] = ratios[0]
    if e.n_cells:
        added[e.cells] = ratios[2]
    return added


def _inverted(factor: FloatArray) -> FloatArray:
    """Return the inverse from the lower Cholesky factor, in half the time of solving for it."""
    from scipy.linalg.lapack import dpotri  # noqa: PLC0415 - as above

    lower, fault = dpotri(factor, lower=1)
    if fault:  # pragma: no cover - the factor's diagonal is positive
        raise np.linalg.LinAlgError
    lower = np.tril(lower)
    return np.asarray(lower + np.tril(lower, -1).T)


def dense(product: Any) -> FloatArray:
    """Lay a sparse product out; its declared type is a union that says nothing."""
    return np.asarray(product.toarray(), dtype=np.float64)


def _check_size(design: Design) -> None:
    if design.n_columns > MAX_COLUMNS:
        code = "ranking.too_large"
        raise TooLargeError(
            code,
            found=f"{design.n_raters} x {design.n_columns}",
            expected="describe",
        )


def _entries(design: Design) -> tuple[FloatArray, NDArray[np.int32]]:
    """Return the non-zero entries of each observation and their columns, both (n_ratings, k)."""
    n, p = design.value.size, design.n_fixed
    values = [np.ones((n, 1)), design.contrast, np.ones((n, 1))]
    places = [np.tile(np.arange(p), (n, 1)), (p + design.measure)[:, None]]
    if design.region is not None:
        known = design.region >= 0
        cell = design.measure * design.n_regions + np.maximum(design.region, 0)
        values.append(known[:, None].astype(np.float64))
        places.append((p + design.n_measures + cell)[:, None])
    return np.hstack(values), np.hstack(places, dtype=np.int32, casting="same_kind")


def _criterion(
    e: Equations, logs: FloatArray, log_determinant: float, d: FloatArray, residual: float
) -> float:
    return float(
        e.freedom * (np.log(residual) + 1 + np.log(2 * np.pi))
        + log_determinant
        + np.log(d).sum()
        - e.sizes[: logs.size] @ logs
        - e.log_weights
    )


def _squares(e: Equations, effects: FloatArray, raters: FloatArray) -> FloatArray:
    """Return the sums of squares of the effects of measures, raters, cells."""
    parts = (effects[e.measures], raters, effects[e.cells])
    return np.array([part @ part for part in parts])


def _traces(e: Equations, absorbed: Absorbed, inverse: FloatArray) -> FloatArray:
    """Return the traces of the inverse over measures, raters, cells."""
    spread = np.diag(inverse)
    raters = (1 / absorbed.d).sum() + (inverse * absorbed.squared).sum()
    return np.array([spread[e.measures].sum(), raters, spread[e.cells].sum()])
