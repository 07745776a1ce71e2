"""Values of every measure in every region, with their joint uncertainty."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.ranking.posterior import factor
from alpclusters.analysis.ranking.reml import RemlFit

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

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
