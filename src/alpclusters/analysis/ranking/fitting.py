"""From a checked table to the fitted model: what is counted, what is defined, what is fitted."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus.ratings import Id, Ratings
from alpclusters.analysis.errors import Where
from alpclusters.analysis.ranking.averaging import average, find_clumps
from alpclusters.analysis.ranking.clusters import Clustering, Dispersed, cluster, fit_dispersed
from alpclusters.analysis.ranking.equations import Design
from alpclusters.analysis.ranking.posterior import MIN_RATERS as MIN_REGION_RATERS
from alpclusters.analysis.ranking.posterior import (
    Posterior,
    RegionCounts,
    RegionValues,
    region_values,
)
from alpclusters.analysis.ranking.ratings import Model, Table, WeightError, ordered
from alpclusters.analysis.ranking.reml import RemlFit, fit_reml

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

MIN_MEASURES: Final = 3
MIN_RATERS: Final = 3  # for a variance per measure
LEAST_DEGREES: Final = 2.0  # of freedom of an interval
MIN_FREEDOM: Final = 3
GREATEST_RATIO: Final = 1e9  # of two weights; beyond, nothing is left of the smaller one


@dataclass(frozen=True, slots=True)
class Counts:
    """What was answered per measure; ``mean`` is NaN where nobody judged."""

    ids: tuple[Id, ...]
    n: IntArray
    effective_n: FloatArray
    cannot: IntArray
    mean: FloatArray


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion: counted, and fitted where a fit is defined.

    ``is_core`` tells which measures are in the greatest connected part; ``reasons`` of an
    undefined part say why there is no ``fit``. ``together`` is how far answers of a person go
    together beyond the model, None where that was not asked.
    """

    counts: Counts
    fit: RemlFit | None
    posterior: Posterior | None
    together: float | None
    regions: RegionValues | None
    is_core: NDArray[np.bool_]
    n_raters: int
    scale: tuple[float, ...]
    reasons: tuple[str, ...]


def fit_table(table: Table, model: Model, *, seed: int = 0) -> Part:
    """Count and fit one criterion; overflow of absurd numbers ends as ``not_estimable``."""
    with np.errstate(all="ignore"):
        weight = _rating_weights(table)
        judged = _Judged.of(table.ratings)
        counts = _counts(table.ratings, weight)
        undefined = _undefined(table.ratings, judged, model)
        if undefined:
            return _unfitted(table, judged, counts, undefined)
        layout = _layout(table, judged)
        if table.ratings.value.size - 1 - layout.contrast.shape[1] < MIN_FREEDOM:
            return _unfitted(table, judged, counts, ("too_few",))
        design = _design(table.ratings, judged, layout, weight)
        try:
            found = _fitted(design, judged.measures, model, seed)
        except np.linalg.LinAlgError:
            return _unfitted(table, judged, counts, ("not_estimable",))
        if not np.isfinite(found.fit.criterion):
            return _unfitted(table, judged, counts, ("not_estimable",))
        return _part(table, judged, counts, layout, found)


@dataclass(frozen=True, slots=True)
class _Judged:
    """Raters and measures with a judgement, numbered anew without gaps."""

    raters: IntArray
    measures: IntArray
    rater: IntArray
    measure: IntArray

    @classmethod
    def of(cls, ratings: Ratings) -> "_Judged":
        raters, rater = np.unique(ratings.rater, return_inverse=True)
        measures, measure = np.unique(ratings.measure, return_inverse=True)
        return cls(raters.astype(np.int64), measures.astype(np.int64), rater, measure)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Regions of the raters who judged: their columns in the model and what was counted."""

    contrast: FloatArray
    region: IntArray | None
    counts: RegionCounts
    reasons: tuple[str, ...]


def _rating_weights(table: Table) -> FloatArray | None:
    """Return one weight per rating, scaled to mean 1."""
    if table.weight is None or not table.ratings.value.size:
        return None
    weight = table.weight[table.ratings.rater]
    weight = weight / weight.max()
    if weight.min() * GREATEST_RATIO < 1:
        code = "ranking.weight"
        raise WeightError(code, where=Where(argument="weights"), expected="> 0")
    return np.asarray(weight / weight.mean())


def _counts(ratings: Ratings, weight: FloatArray | None) -> Counts:
    n_measures = len(ratings.measure_ids)
    weight = np.ones(ratings.value.size) if weight is None else weight

    def summed(values: FloatArray) -> FloatArray:
        return np.bincount(ratings.measure, values, n_measures)

    n = np.bincount(ratings.measure, minlength=n_measures)
    squares = summed(weight**2)
    return Counts(
        ids=ratings.measure_ids,
        n=n,
        effective_n=np.where(n > 0, summed(weight) ** 2 / np.where(n > 0, squares, 1.0), 0.0),
        cannot=np.bincount(ratings.cannot[1], minlength=n_measures),
        mean=np.where(n > 0, summed(ratings.value) / np.maximum(n, 1), np.nan),
    )


def _undefined(ratings: Ratings, judged: _Judged, model: Model) -> tuple[str, ...]:
    if not ratings.value.size:
        return ("no_ratings",)
    is_small = model.residuals == "per_measure" and 1 < judged.raters.size < MIN_RATERS
    checks = {
        "one_rater": judged.raters.size == 1,
        "too_few": judged.measures.size < MIN_MEASURES
        or ratings.value.size - 1 < MIN_FREEDOM
        or is_small,
        "no_variation": bool(np.ptp(ratings.value) == 0),
        "not_connected": judged.raters.size == ratings.value.size,
    }
    return tuple(reason for reason, holds in checks.items() if holds)


def _unfitted(table: Table, judged: _Judged, counts: Counts, reasons: tuple[str, ...]) -> Part:
    return Part(
        counts=counts,
        fit=None,
        posterior=None,
        together=None,
        regions=None,
        is_core=np.zeros(counts.n.size, dtype=bool),
        n_raters=judged.raters.size,
        scale=table.ratings.scale,
        reasons=reasons,
    )


@dataclass(frozen=True, slots=True)
class _Fitted:
    """A fit with what was made of it."""

    fit: RemlFit
    posterior: Posterior
    together: float | None


def _fitted(design: Design, rows: IntArray, model: Model, seed: int) -> _Fitted:
    """Fit the model that was asked for; clumps are looked for last."""
    if model.residuals == "one":
        fit = fit_reml(design, seed=seed)
        clustering = cluster(design, fit) if model.cluster else None
        posterior = _plugged_in(fit, clustering, rows)
    else:
        found = fit_dispersed(design, seed=seed)
        fit = found.fit
        clustering = cluster(found.weighted, fit) if model.cluster else None
        posterior = _averaged(design, found, clustering, rows)
    if model.prior == "mixture" and fit.measure > 0:
        effects = posterior.estimate - posterior.estimate.mean()
        clumps = find_clumps(effects, posterior.covariance, fit.measure)
        posterior = replace(posterior, clumps=clumps)
    return _Fitted(fit, posterior, None if clustering is None else clustering.together)


def _part(table: Table, judged: _Judged, counts: Counts, layout: _Layout, found: _Fitted) -> Part:
    core = _greatest_part(judged, counts.n.size)
    is_whole = bool(core[judged.measures].all())
    clumps = found.posterior.clumps
    reasons = (
        *layout.reasons,
        *found.fit.reasons,
        *(["clumps"] if clumps is not None and clumps.is_told else []),
        *([] if is_whole else ["not_connected"]),
    )
    return Part(
        counts=counts,
        fit=found.fit,
        posterior=found.posterior,
        together=found.together,
        regions=_regions(found.fit, layout, judged),
        is_core=core,
        n_raters=judged.raters.size,
        scale=table.ratings.scale,
        reasons=reasons,
    )


def _design(
    ratings: Ratings, judged: _Judged, layout: _Layout, weight: FloatArray | None
) -> Design:
    has_cells = layout.region is not None
    return Design(
        value=ratings.value,
        rater=judged.rater,
        measure=judged.measure,
        n_raters=judged.raters.size,
        n_measures=judged.measures.size,
        weight=np.ones(ratings.value.size) if weight is None else weight,
        contrast=layout.contrast,
        region=layout.region,
        n_regions=len(layout.counts.regions) if has_cells else 0,
    )


def _layout(table: Table, judged: _Judged) -> _Layout:
    """Number the regions of those who judged; people of unknown region count as average."""
    names = table.region or (None,) * len(table.ratings.rater_ids)
    labels = [names[rater] for rater in judged.raters]
    regions = ordered([label for label in labels if label is not None])
    place = {label: position for position, label in enumerate(regions)}
    of_rater = np.array([-1 if label is None else place[label] for label in labels])
    known = of_rater[of_rater >= 0]
    n_raters = np.bincount(known, minlength=len(regions))
    counts = RegionCounts(
        regions=tuple(regions),
        n_raters=tuple(int(n) for n in n_raters),
        n_without_region=int((of_rater < 0).sum()),
        n=_cells(judged, of_rater, len(table.ratings.measure_ids), len(regions)),
    )
    has_cells = bool((n_raters >= MIN_REGION_RATERS).sum() > 1)
    return _Layout(
        contrast=_contrasts(of_rater[judged.rater], len(regions)),
        region=of_rater[judged.rater] if has_cells else None,
        counts=counts,
        reasons=() if table.region is None else _region_reasons(counts, has_cells=has_cells),
    )


def _cells(judged: _Judged, of_rater: IntArray, n_measures: int, n_regions: int) -> IntArray:
    counted = np.zeros((n_measures, n_regions), dtype=np.int64)
    where = of_rater[judged.rater]
    known = where >= 0
    np.add.at(counted, (judged.measures[judged.measure[known]], where[known]), 1)
    return counted


def _contrasts(region: IntArray, n_regions: int) -> FloatArray:
    """Sum to zero: the last region is minus the sum of the others."""
    n_columns = max(n_regions - 1, 0)
    columns = (region[:, None] == np.arange(n_columns)).astype(np.float64)
    columns[region == n_columns] = -1.0
    return np.asarray(columns)


def _region_reasons(counts: RegionCounts, *, has_cells: bool) -> tuple[str, ...]:
    checks = {
        "one_region": len(counts.regions) < 2,  # noqa: PLR2004 - nothing to contrast
        "region_unknown": counts.n_without_region > 0,
        "too_few_in_regions": not has_cells,
    }
    return tuple(reason for reason, holds in checks.items() if holds)


def _regions(fit: RemlFit, layout: _Layout, judged: _Judged) -> RegionValues | None:
    if layout.region is None:
        return None
    return region_values(fit, layout.counts, judged.measures)


def _plugged_in(fit: RemlFit, clustering: Clustering | None, rows: IntArray) -> Posterior:
    """Take the variances as known."""
    covariance = fit.covariance
    if clustering is not None:
        covariance = covariance + covariance @ clustering.added @ covariance / fit.residual
    n_fixed, n = fit.fixed.size, rows.size
    part = slice(n_fixed, n_fixed + n)
    of_effects = covariance[part, part]
    variance = covariance[0, 0] + np.diag(of_effects) + 2 * covariance[0, part]
    return Posterior(
        rows=rows,
        estimate=fit.fixed[0] + fit.measure_effects,
        standard_error=np.sqrt(np.maximum(variance, 0.0)),
        covariance=of_effects,
    )


def _averaged(
    design: Design, found: Dispersed, clustering: Clustering | None, rows: IntArray
) -> Posterior:
    """Average over the variance of the measures; a measure's own interval keeps its own variance.

    A measure that looks more divided than its shrunk variance says has the difference added.
    """
    n = np.bincount(design.measure, minlength=rows.size)
    weight = np.bincount(design.measure, design.weight, rows.size)
    spread = found.dispersion
    extra = np.maximum(spread.own - spread.shrunk, 0.0) / weight
    degrees = np.minimum(spread.prior_freedom + spread.freedom, n - 1)
    freedom = np.maximum(np.minimum(degrees, design.n_raters - 1), LEAST_DEGREES)
    if found.fit.measure > 0:
        averaged = average(found.fit, None if clustering is None else clustering.added)
        plain = Posterior(rows, averaged.estimate, averaged.standard_error, averaged.covariance)
    else:
        plain = _plugged_in(found.fit, clustering, rows)
    error = np.sqrt(plain.standard_error**2 + extra)
    return replace(plain, standard_error=error, freedom=freedom, residual=spread.shrunk)


def _greatest_part(judged: _Judged, n_measures: int) -> NDArray[np.bool_]:
    """Flag the connected part with the most measures, then ratings, then the first."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - a third of a second to import
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 - as above

    n, m = judged.raters.size, judged.measures.size
    links = (np.ones(judged.rater.size), (judged.rater, n + judged.measure))
    _, labels = connected_components(csr_array(links, shape=(n + m, n + m)), directed=False)
    of_measure = labels[n:]
    sizes = np.bincount(of_measure, minlength=labels.max() + 1)
    ratings = np.bincount(of_measure[judged.measure], minlength=sizes.size)
    greatest = np.lexsort((-ratings, -sizes))[0]
    core = np.zeros(n_measures, dtype=bool)
    core[judged.measures[of_measure == greatest]] = True
    return core
