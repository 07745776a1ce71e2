"""Rank measures from incomplete ratings, with honest uncertainty."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import LEVEL
from alpclusters.analysis.errors import ShapeError, Where
from alpclusters.analysis.ranking.assembling import (
    Assembled,
    assemble,
    find_tiers,
    status_of,
)
from alpclusters.analysis.ranking.criteria import (
    Combined,
    CriteriaWeights,
    all_weights,
    combine,
    stated_weights,
)
from alpclusters.analysis.ranking.fitting import Part, fit_table
from alpclusters.analysis.ranking.posterior import pairwise
from alpclusters.analysis.ranking.ratings import (
    Ids,
    Prior,
    Regions,
    Residuals,
    Rules,
    Table,
    Weights,
    checked_model,
    checked_rules,
    conventions,
    read_tables,
)
from alpclusters.analysis.ranking.reml import RemlFit, reliability
from alpclusters.analysis.ranking.results import CriterionRanking, Ranking, Tier, Variances

FloatArray = NDArray[np.float64]

OVERLAP: Final = 0.10
TOP: Final = (1, 3, 5)
DRAWS: Final = 4000


def rank_measures(  # noqa: PLR0913 - one per convention that people may choose
    ratings: ArrayLike,
    raters: Ids,
    measures: Ids,
    *,
    scale: Sequence[float] | None = None,
    criterion: Ids | None = None,
    region: Regions | None = None,
    weights: Weights | None = None,
    level: float = LEVEL,
    draws: int = DRAWS,
    top: Sequence[int] = TOP,
    overlap: float = OVERLAP,
    criteria_weights: CriteriaWeights | None = None,
    residuals: Residuals = "per_measure",
    cluster: bool = True,
    prior: Prior = "mixture",
    inside: bool = True,
    seed: int = 0,
) -> Ranking:
    """Rank measures that were not all rated by the same people.

    Strict and lenient raters and, with ``region``, an uneven draw of regions are taken out; what
    few have rated is drawn towards the mean. Result are estimates with intervals, intervals of
    ranks, and tiers: a bare order would claim more than the ratings tell.

    Parameters
    ----------
    ratings : array_like of shape (n_answers,)
        On the scale; NaN is "cannot judge": counted, then left out.
    raters, measures : sequence of str or int, shape (n_answers,)
        Who rated what; a pair occurs once (per criterion).
    scale : sequence of float, optional
        ``(low, high)`` for a scale of whole steps, or all its points; ``None`` takes the smallest
        and the greatest value and says so (``scale_assumed``).
    criterion : sequence of str or int, shape (n_answers,), optional
        Each criterion is fitted alone, then all are combined.
    region : mapping or sequence, optional
        Region of each rater: a mapping by rater, one per answer, or one per rater in order of id.
        ``None`` is "not known"; such a rater counts as one of the average region.
    weights : mapping or sequence, optional
        Weight of each rater, such as 0.5, 1, 1.5, 2 for declared expertise; forms as for
        ``region``. Scaled to mean 1 over the ratings.
    level : float, default 0.90
        Of all intervals; two-sided, equal-tailed.
    draws : int, default 4000
        Simulated orders.
    top : sequence of int, default (1, 3, 5)
        Each k for which the probability of being among the first k is worked out.
    overlap : float, default 0.10
        Greatest mean probability that a measure of the next tier is above one of this.
    criteria_weights : mapping or sequence, optional
        Weight of each criterion, not negative, sum 1; a sequence goes in order of id. Equal if
        not given (``equal_criteria_weights``).
    residuals : {"per_measure", "one"}
        A residual variance of each measure's own, drawn towards that of all, and intervals by t
        averaged over what the spread of the measures may be; or one for all, taken as known.
    cluster : bool, default True
        Whether errors allow for answers of a person that go together beyond strictness.
    prior : {"mixture", "normal"}
        Whether places and tiers allow for two or three clumps of measures, from eight measures on.
    inside : bool, default True
        Whether intervals are held inside a declared scale.
    seed : int, default 0
        Of the simulation, and of the raters from whom a large table's variances come.

    Returns
    -------
    Ranking
        On the scale; with ``criterion`` on 0 to 1, and the single criteria in ``criteria``.
        Undefined, with measures counted but not estimated, for: no ratings (``no_ratings``), one
        rater (``one_rater``), fewer than three measures, hardly more ratings than unknowns or
        two raters with ``residuals="per_measure"`` (``too_few``), ratings all equal
        (``no_variation``), nobody who rated two measures (``not_connected``).

    Raises
    ------
    ShapeError
        Columns of unequal length, not one-dimensional, ids that are no text or number, two
        regions or weights for one rater.
    ScaleError
        A value outside the scale or between its points; names the first row.
    NotFiniteError
        An infinite rating.
    DuplicateError
        A pair twice.
    WeightError
        A weight that is missing, zero, negative, NaN or a thousand millionth of another; weights
        of criteria that are negative or do not add up to 1.
    TooLargeError
        More than 4,000 columns (measures, and measures by region); use `describe`.
    AnalysisError
        Level, draws, top or overlap out of range; ``residuals`` or ``prior`` are no such word.

    Notes
    -----
    Value = intercept (+ region) + measure + rater (+ measure by region) + rest, all but the first
    two normal with variances fitted by REML, weights as precisions of the rest. The interaction
    is fitted where at least two regions have five raters. Ratings are treated as numbers with
    equal steps; near the ends of the scale this bends. "Cannot judge" is taken as missing at
    random, so its share stands beside each estimate. One tier for all is a valid and frequent
    answer. Where measures do not differ at all (variance 0) ranks are set, not simulated. The
    model of the first version is ``residuals="one", cluster=False, prior="normal",
    inside=False``. Four fits of 5 to 40 evaluations of O(raters * columns² + columns³); in large
    tables variances come from some raters (``variances_of_some_raters``), all else from all.

    References
    ----------
    .. [1] C. R. Henderson, Best linear unbiased estimation and prediction under a selection
       model, Biometrics 31 (1975), 423-447.
    .. [2] D. Bates, M. Mächler, B. Bolker and S. Walker, Fitting linear mixed-effects models
       using lme4, Journal of Statistical Software 67 (2015), 1-48.
    .. [3] R. Lahdelma and P. Salminen, SMAA-2: stochastic multicriteria acceptability analysis
       for group decision making, Operations Research 49 (2001), 444-454.

    Examples
    --------
    >>> rows = [(rater, name, value) for rater, values in enumerate(
    ...     ["5432", "4421", "5542", "4331", "55.2", "4432", "3.31", "5442"])
    ...     for name, value in zip(["fair", "lab", "school", "visit"], values)]
    >>> values = [np.nan if value == "." else float(value) for _, _, value in rows]
    >>> found = rank_measures(values, [r[0] for r in rows], [r[1] for r in rows], scale=(1, 5))
    >>> [tier.measures for tier in found.tiers]
    [('fair',), ('lab',), ('school',), ('visit',)]
    >>> fair = found.measure("fair")
    >>> round(fair.estimate, 2), fair.rank_interval, found.measure("lab").cannot_judge
    (4.35, (1, 2), 1)
    """
    model = checked_model(residuals, prior, cluster=cluster, inside=inside)
    rules = checked_rules(model, level, draws, top, overlap, seed)
    tables = read_tables(
        ratings,
        raters,
        measures,
        scale=scale,
        criterion=criterion,
        region=region,
        weights=weights,
    )
    if None in tables:
        _check_single(criteria_weights, criterion)
        return _single(_Fits.of(tables[None], rules), rules)
    kinds = tuple(kind for kind in tables if kind is not None)
    shares = stated_weights(criteria_weights, kinds)
    found = _several([_Fits.of(tables[kind], rules) for kind in kinds], kinds, shares, rules)
    if criteria_weights is None:
        return replace(found, reasons=(*found.reasons, "equal_criteria_weights"))
    return found


@dataclass(frozen=True, slots=True)
class _Fits:
    """One criterion fitted, and fitted without weights of raters where there are some."""

    part: Part
    unweighted: Part | None
    is_scale_assumed: bool

    @classmethod
    def of(cls, table: Table, rules: Rules) -> "_Fits":
        def fitted(table: Table) -> Part:
            return fit_table(table, rules.model, seed=rules.seed)

        unweighted = None if table.weight is None else fitted(replace(table, weight=None))
        return cls(fitted(table), unweighted, table.ratings.scale_assumed)


def _single(fits: _Fits, rules: Rules) -> Ranking:
    part, fit = fits.part, fits.part.fit
    ends = (part.scale[0], part.scale[-1]) if part.scale else (np.nan, np.nan)
    found = assemble(
        part.counts,
        part.posterior,
        is_core=part.is_core,
        ends=ends,
        is_declared=bool(part.scale) and not fits.is_scale_assumed,
        rules=rules,
    )
    clumps = part.posterior.clumps if part.posterior else None
    reasons = (*part.reasons, *found.reasons, *_scale_reasons([fits]))
    return Ranking(
        measures=found.measures,
        order=found.order,
        tiers=found.tiers,
        unweighted_tiers=_unweighted_tiers(fits.unweighted, rules),
        pairwise=found.pairwise,
        n_ratings=int(part.counts.n.sum()),
        n_raters=part.n_raters,
        variances=None if fit is None else _variances(fit),
        reliability=None if fit is None else reliability(fit),
        intercept=None if fit is None else float(fit.fixed[0]),
        clumps=None if clumps is None else clumps.weights,
        together=part.together,
        reml_criterion=None if fit is None else fit.criterion,
        evaluations=0 if fit is None else fit.evaluations,
        regions=part.regions,
        criteria=(),
        weight_sensitivity=None,
        status=status_of(reasons, is_defined=fit is not None),
        reasons=reasons,
        conventions=conventions(rules, part.scale),
    )


def _variances(fit: RemlFit) -> Variances:
    return Variances(fit.measure, fit.rater, fit.interaction, fit.residual)


def _several(fits: list[_Fits], kinds: tuple[Id, ...], shares: FloatArray, rules: Rules) -> Ranking:
    parts = [item.part for item in fits]
    combined = combine(parts, shares)
    found = _assembled(combined, rules)
    singles = [_single(item, rules) for item in fits]
    named = zip(kinds, shares.tolist(), singles, strict=True)
    reasons = (*combined.reasons, *found.reasons, *_scale_reasons(fits))
    return Ranking(
        measures=found.measures,
        order=found.order,
        tiers=found.tiers,
        unweighted_tiers=_unweighted_combined(fits, shares, rules),
        pairwise=found.pairwise,
        n_ratings=sum(single.n_ratings for single in singles),
        n_raters=max(single.n_raters for single in singles),
        variances=None,
        reliability=None,
        intercept=None,
        clumps=None,
        together=None,
        reml_criterion=None,
        evaluations=sum(single.evaluations for single in singles),
        regions=None,
        criteria=tuple(CriterionRanking(*item) for item in named),
        weight_sensitivity=all_weights(parts, kinds, draws=rules.draws, seed=rules.seed),
        status=status_of(reasons, is_defined=combined.posterior is not None),
        reasons=reasons,
        conventions=conventions(rules, (0.0, 1.0)),
    )


def _assembled(combined: Combined, rules: Rules) -> Assembled:
    return assemble(
        combined.counts,
        combined.posterior,
        is_core=combined.is_core,
        ends=(0.0, 1.0),
        is_declared=True,
        rules=rules,
    )


def _unweighted_tiers(part: Part | None, rules: Rules) -> tuple[Tier, ...] | None:
    if part is None or part.posterior is None:
        return None
    return find_tiers(
        part.counts,
        part.posterior,
        pairwise(part.posterior),
        is_core=part.is_core,
        overlap=rules.overlap,
    ).tiers


def _unweighted_combined(
    fits: list[_Fits], shares: FloatArray, rules: Rules
) -> tuple[Tier, ...] | None:
    if all(item.unweighted is None for item in fits):
        return None
    combined = combine([item.unweighted or item.part for item in fits], shares)
    if combined.posterior is None:
        return None
    return find_tiers(
        combined.counts,
        combined.posterior,
        pairwise(combined.posterior),
        is_core=combined.is_core,
        overlap=rules.overlap,
    ).tiers


def _scale_reasons(fits: list[_Fits]) -> tuple[str, ...]:
    is_assumed = any(item.is_scale_assumed and item.part.scale for item in fits)
    return ("scale_assumed",) if is_assumed else ()


def _check_single(criteria_weights: CriteriaWeights | None, criterion: Ids | None) -> None:
    if criteria_weights is not None and criterion is None:
        code = "argument.not_one_of"
        raise ShapeError(code, where=Where(argument="criteria_weights"), expected="criterion")
