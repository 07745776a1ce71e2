"""What the fit says about all measures jointly: who is above whom, also by region."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.ranking.averaging import Clumps, World
from alpclusters.analysis.ranking.reml import RemlFit

# --- What the fit says about all measures jointly: who is above whom, ranks, the first k ----------


FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

JITTER: Final = 1e-12  # added to variances so that rounding cannot make them negative
TIE: Final = 1e-11  # of the greatest estimate: nearer ones differ by the rounding of the fit alone


@dataclass(frozen=True, slots=True)
class Posterior:
    """Measures with a rating: estimates and the covariance of their errors.

    Attributes
    ----------
    rows : array of int, shape (n,)
        Positions among all measures.
    estimate, standard_error : array of shape (n,)
    covariance : array of shape (n, n)
        Of the effects alone: what all measures share does not move their order.
    freedom : array of shape (n,) or None
        Degrees of freedom of the errors; None if variances are taken as known.
    clumps : Clumps or None
        Where one, two and three clumps of measures were compared.
    residual : array of shape (n,) or None
        Residual variance of each measure, at weight 1.
    """

    rows: IntArray
    estimate: FloatArray
    standard_error: FloatArray
    covariance: FloatArray
    freedom: FloatArray | None = None
    clumps: Clumps | None = None
    residual: FloatArray | None = None

    @property
    def is_null(self) -> bool:
        """Whether measures do not differ at all: the variance of their effects is 0."""
        return not self.covariance.any()

    @property
    def common_freedom(self) -> float:
        """Degrees of freedom for all measures together: the median."""
        return np.inf if self.freedom is None else float(np.median(self.freedom))

    def order(self) -> IntArray:
        """Return positions within ``rows``, best estimate first, ties by position."""
        return np.lexsort((self.rows, levels(self.estimate)))


@dataclass(frozen=True, slots=True)
class RankFigures:
    """Ranks of the measures of a posterior, in its order of rows.

    ``low`` and ``high`` bound the rank, ``top`` has one row per k.
    """

    low: IntArray
    high: IntArray
    top: FloatArray


def levels(estimate: FloatArray) -> IntArray:
    """Number estimates from the best, 0, on; those that only rounding tells apart share a number.

    Examples
    --------
    >>> levels(np.array([0.1 + 0.2, 2.0, 0.3])).tolist()
    [1, 0, 1]
    """
    order = np.argsort(-estimate, kind="stable")
    least = TIE * np.abs(estimate).max(initial=0.0)
    found = np.zeros(estimate.size, np.int64)
    found[order[1:]] = np.cumsum(-np.diff(estimate[order]) > least)
    return found


def pairwise(posterior: Posterior) -> FloatArray:
    """Return the probability that the row's measure is above the column's; 0.5 on the diagonal.

    Closed form: normal or t; with clumps the mean over their numbers.
    """
    level = levels(posterior.estimate)
    differs = level[:, None] != level
    spread = np.diag(posterior.covariance)
    variance = spread[:, None] + spread - 2 * posterior.covariance
    gap = posterior.estimate[:, None] - posterior.estimate
    freedom = posterior.common_freedom
    clumps = posterior.clumps
    if clumps is None:
        return _above(np.where(differs, gap, 0.0), variance, freedom)
    found = np.zeros(variance.shape)
    if clumps.weights[0]:
        found += clumps.weights[0] * _above(gap, variance, freedom)
    for world in clumps.worlds:
        found += world.weight * _above_in(world, clumps.correlation, freedom)
    return np.where(differs, found, 0.5)


def expected_ranks(above: FloatArray) -> FloatArray:
    """Return 1 plus the sum of the probabilities that others are above."""
    return np.asarray(1 + above.sum(axis=0) - np.diag(above))


def draw_values(posterior: Posterior, *, draws: int, seed: int) -> FloatArray:
    """Draw the measures jointly, shape (draws, n).

    Random numbers are dealt out in the order of estimates, so that names change nothing. Numbers
    of clumps share the draws in proportion to their weights.
    """
    g = np.random.default_rng(seed)
    order = posterior.order()
    spread = posterior.covariance[np.ix_(order, order)]
    normal = g.standard_normal((draws, order.size))
    freedom = posterior.common_freedom
    if np.isfinite(freedom):
        normal *= np.sqrt(freedom / g.chisquare(freedom, draws))[:, None]
    values = np.empty_like(normal)
    values[:, order] = posterior.estimate[order] + normal @ factor(spread).T
    if posterior.clumps is None or not posterior.clumps.worlds:
        return values
    chance = g.random(normal.shape)
    correlated = normal @ factor(posterior.clumps.correlation[np.ix_(order, order)]).T
    start = round(draws * posterior.clumps.weights[0])
    reached = posterior.clumps.weights[0]
    for world in posterior.clumps.worlds:
        reached += world.weight
        rows = slice(start, round(draws * reached))
        clump = (chance[rows, :, None] > world.member[order].cumsum(axis=1)[:, :-1]).sum(axis=2)
        centre = world.mean[order, clump] + posterior.estimate.mean()
        values[rows, order] = centre + correlated[rows] * np.sqrt(world.variance[order])
        start = rows.stop
    return values


def factor(covariance: FloatArray) -> FloatArray:
    """Return L with L L' = covariance, also where rounding makes it slightly indefinite."""
    jitter = JITTER * np.eye(covariance.shape[0])
    try:
        return np.linalg.cholesky(covariance + jitter)
    except np.linalg.LinAlgError:
        values, vectors = np.linalg.eigh(covariance)
        return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0)))


def ranks_of(values: FloatArray) -> IntArray:
    """Return ranks along the last axis, the greatest value first."""
    order = np.argsort(-values, axis=-1, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, values.shape[-1] + 1), axis=-1)
    return ranks


def rank_figures(
    posterior: Posterior, *, level: float, draws: int, top: tuple[int, ...], seed: int
) -> RankFigures:
    """Simulate ranks; without any difference between measures all ranks are alike by rule."""
    n = posterior.rows.size
    if posterior.is_null:
        alike = np.array([[min(k / n, 1.0)] * n for k in top]).reshape(len(top), n)
        return RankFigures(np.ones(n, np.int64), np.full(n, n), alike)
    ranks = ranks_of(draw_values(posterior, draws=draws, seed=seed))
    ends = [(1 - level) / 2, (1 + level) / 2]
    low, high = np.quantile(ranks, ends, axis=0, method="inverted_cdf").astype(np.int64)
    shares = np.array([(ranks <= k).mean(axis=0) for k in top]).reshape(len(top), n)
    return RankFigures(low, high, shares)


def _above(gap: FloatArray, variance: FloatArray, freedom: float) -> FloatArray:
    """Return the probability that a difference is positive; 0.5 for none and on the diagonal."""
    from scipy.special import ndtr, stdtr  # noqa: PLC0415 - a third of a second to import

    variance = np.maximum(variance, 0.0)
    np.fill_diagonal(variance, 0.0)
    certain = (np.sign(gap) + 1) / 2
    scaled = gap / np.sqrt(np.where(variance > 0, variance, 1.0))
    chance = stdtr(freedom, scaled) if np.isfinite(freedom) else ndtr(scaled)
    return np.asarray(np.where(variance > 0, chance, certain), dtype=np.float64)


def _above_in(world: World, correlation: FloatArray, freedom: float) -> FloatArray:
    """Return the same under one number of clumps, over all pairs of them."""
    size = np.sqrt(world.variance)
    variance = world.variance[:, None] + world.variance - 2 * correlation * np.outer(size, size)
    found: FloatArray = np.zeros(variance.shape)
    n_clumps = world.mean.shape[1]
    for one in range(n_clumps):
        for other in range(n_clumps):
            gap = world.mean[:, one, None] - world.mean[:, other]
            both = np.outer(world.member[:, one], world.member[:, other])
            found += both * _above(gap, variance.copy(), freedom)
    return found


# --- Values of every measure in every region, with their joint uncertainty ------------------------


MIN_RATERS: Final = 5  # of a region, to be estimated


@dataclass(frozen=True, slots=True)
class RegionValues:
    """Intercept + region + measure + interaction, for measures in order of id.

    Attributes
    ----------
    regions : tuple
        Ids of the regions with a rater who judged.
    n_raters : tuple of int
        People who judged, per region.
    n_without_region : int
        People who judged and whose region is not known; they count for measures only.
    n : array of int, shape (n_measures, n_regions)
        Ratings.
    is_estimated : array of bool, shape (n_regions,)
        Whether at least five people judged.
    values, standard_errors : array of shape (n_measures, n_regions)
        On the scale; NaN for regions that are not estimated and measures nobody rated
        (``few_raters``, ``no_ratings``).
    contrasts : array of shape (n_regions,)
        How far each region rates above the average region; their sum is 0.
    covariance : array of shape (n_rated * n_regions, n_rated * n_regions)
        Of the values of the measures somebody rated, measure by measure.
    """

    regions: tuple[Id, ...]
    n_raters: tuple[int, ...]
    n_without_region: int
    n: IntArray
    is_estimated: NDArray[np.bool_]
    values: FloatArray
    standard_errors: FloatArray
    contrasts: FloatArray
    covariance: FloatArray

    def draws(self, *, draws: int = 4000, seed: int = 0) -> FloatArray:
        """Draw all values jointly, for `common_denominators`.

        Parameters
        ----------
        draws : int, default 4000
        seed : int, default 0

        Returns
        -------
        array of shape (draws, n_measures, n_regions)
            On the scale; NaN where ``values`` is.
        """
        n_regions = len(self.regions)
        rated = np.flatnonzero(self.n.sum(axis=1) > 0)
        noise = np.random.default_rng(seed).standard_normal((draws, rated.size * n_regions))
        noise = noise @ factor(self.covariance).T
        found = np.full((draws, *self.values.shape), np.nan)
        found[:, rated] = noise.reshape(draws, rated.size, n_regions)
        return np.asarray(found + self.values)


@dataclass(frozen=True, slots=True)
class RegionCounts:
    """Who judged what where: the counted side of `RegionValues`."""

    regions: tuple[Id, ...]
    n_raters: tuple[int, ...]
    n_without_region: int
    n: IntArray


def region_values(fit: RemlFit, counts: RegionCounts, rated: IntArray) -> RegionValues:
    """Add up the effects of a fit with interaction; ``rated`` are the positions it speaks of."""
    n_regions = len(counts.regions)
    contrasts = np.append(fit.fixed[1:], -fit.fixed[1:].sum())
    values = fit.fixed[0] + contrasts + fit.measure_effects[:, None] + fit.cell_effects
    sums = _sums(rated.size, n_regions)
    covariance = sums @ fit.covariance @ sums.T
    errors = np.sqrt(np.maximum(np.diag(covariance), 0.0)).reshape(rated.size, n_regions)
    is_estimated = np.array(counts.n_raters) >= MIN_RATERS
    table = _Spread(rated, counts.n.shape, is_estimated)
    return RegionValues(
        regions=counts.regions,
        n_raters=counts.n_raters,
        n_without_region=counts.n_without_region,
        n=_frozen(counts.n),
        is_estimated=_frozen(is_estimated),
        values=_frozen(table.of(values)),
        standard_errors=_frozen(table.of(errors)),
        contrasts=_frozen(contrasts),
        covariance=_frozen(covariance),
    )


@dataclass(frozen=True, slots=True)
class _Spread:
    """Put figures of rated measures into a table of all, NaN elsewhere."""

    rated: IntArray
    shape: tuple[int, ...]
    is_estimated: NDArray[np.bool_]

    def of(self, figures: FloatArray) -> FloatArray:
        table = np.full(self.shape, np.nan)
        table[self.rated] = figures
        table[:, ~self.is_estimated] = np.nan
        return table


def _sums(n_measures: int, n_regions: int) -> FloatArray:
    """Return the matrix that adds fixed, measure and cell effects up to values."""
    regions = np.vstack([np.eye(n_regions - 1), -np.ones(n_regions - 1)])
    fixed = np.hstack([np.ones((n_regions, 1)), regions])
    return np.hstack(
        [
            np.tile(fixed, (n_measures, 1)),
            np.kron(np.eye(n_measures), np.ones((n_regions, 1))),
            np.eye(n_measures * n_regions),
        ]
    )


def _frozen[T: np.generic](array: NDArray[T]) -> NDArray[T]:
    array.setflags(write=False)
    return array
