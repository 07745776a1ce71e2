"""What ranking yields: frozen records that carry their conventions."""

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus import Interval
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.ranking.criteria import WeightSensitivity, plain
from alpclusters.analysis.ranking.posterior import RegionValues

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RankedMeasure:
    """One measure: what was answered, what the model makes of it, and how sure that is.

    Attributes
    ----------
    measure : str or int
        Its id.
    n : int
        People who judged; over all criteria where there are several.
    effective_n : float
        (sum of weights)² / sum of squared weights; n without weights.
    cannot_judge : int
        Answers "cannot judge".
    cannot_judge_share : float or None
        Of all answers; 0 to 1.
    mean : float or None
        Plain mean, on the scale.
    estimate : float or None
        Intercept plus effect of the measure, on the scale; may lie beyond its end.
    shown : float or None
        The estimate, moved to the end of the scale where it lies beyond (``at_scale_end``).
    standard_error : float or None
        Of the estimate.
    freedom : float or None
        Degrees of freedom of the interval; None if variances are taken as known.
    residual : float or None
        Residual variance of this measure, drawn towards that of all; None with one for all.
    interval : Interval or None
        Two-sided, of the estimate; inside the scale where it was declared.
    rank : int or None
        1 is best; ties by id.
    tied : bool
        Whether another measure has the same estimate.
    rank_interval : (int, int) or None
        Ranks attained in the simulation, best first.
    expected_rank : float or None
        1 plus the sum of the probabilities that others are above.
    top : tuple of (int, float)
        For each k asked for, the probability of being among the first k.
    tier : int or None
        Number of the tier, 1 is best.
    borderline : bool
        Whether it may well belong on the other side of a neighbouring tier's member.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        ``no_ratings``, ``no_estimate`` (see the ranking's reasons), ``many_cannot_judge``,
        ``at_scale_end``, ``not_connected``.
    """

    measure: Id
    n: int
    effective_n: float
    cannot_judge: int
    cannot_judge_share: float | None
    mean: float | None
    estimate: float | None
    shown: float | None
    standard_error: float | None
    freedom: float | None
    residual: float | None
    interval: Interval | None
    rank: int | None
    tied: bool
    rank_interval: tuple[int, int] | None
    expected_rank: float | None
    top: tuple[tuple[int, float], ...]
    tier: int | None
    borderline: bool
    status: Status
    reasons: tuple[str, ...]

    def top_probability(self, k: int) -> float | None:
        """Return the probability of being among the first k, None if k was not asked for."""
        return dict(self.top).get(k)


@dataclass(frozen=True, slots=True)
class Tier:
    """Measures that are not told apart; the next tier is.

    Attributes
    ----------
    number : int
        1 is best.
    measures : tuple
        Ids, best estimate first.
    overlap : float or None
        Mean probability that a measure of the next tier is above one of this tier: the expected
        share of wrong statements "better than one of the next". None for the last tier.
    """

    number: int
    measures: tuple[Id, ...]
    overlap: float | None


@dataclass(frozen=True, slots=True)
class Variances:
    """Where the spread of ratings comes from, in squared points of the scale.

    Attributes
    ----------
    measure, rater : float
        Between measures; between raters (strict and lenient).
    interaction : float or None
        Measures rated differently by regions; None if not fitted.
    residual : float
        The rest, at weight 1; with variances by measure their harmonic mean over the ratings.
    """

    measure: float
    rater: float
    interaction: float | None
    residual: float

    @property
    def measure_share(self) -> float:
        """Intraclass share: measure / (measure + residual); 0 to 1."""
        return self.measure / (self.measure + self.residual)

    @property
    def rater_share(self) -> float:
        """Of the spread within a measure, what strictness explains: rater / (rater + residual)."""
        return self.rater / (self.rater + self.residual)


@dataclass(frozen=True, slots=True)
class CriterionRanking:
    """One of several criteria with its stated weight and its own ranking."""

    criterion: Id
    weight: float
    ranking: "Ranking"


@dataclass(frozen=True, slots=True)
class Ranking:
    """Measures in order, with tiers and everything that says how sure the order is.

    Attributes
    ----------
    measures : tuple of RankedMeasure
        In order of id.
    order : tuple
        Ids, best first; only measures with an estimate.
    tiers : tuple of Tier
    unweighted_tiers : tuple of Tier or None
        The same without weights of raters; None if there were none.
    pairwise : array of shape (n_measures, n_measures)
        Probability that the row's measure is above the column's; 0.5 on the diagonal, NaN where
        a measure has no estimate. In order of id.
    n_ratings, n_raters : int
        Judgements and people who gave them.
    variances : Variances or None
        None if undefined or with several criteria (see ``criteria``).
    reliability : float or None
        Share of the variance between measures in their means, adjusted for who rated them; 0 to
        1. On a complete table the consistency of means over raters, ICC(C,k), which unlike
        ICC(2,k) does not count how strict raters are. Says neither whether people agree nor
        whether others would judge alike. None if undefined and over several criteria.
    intercept : float or None
        On the scale; with regions, of the average region.
    clumps : tuple of float or None
        Probabilities that the measures lie in one, two and three clumps; None if not asked for,
        below eight measures and over several criteria.
    together : float or None
        How far answers of a person go together beyond the model, 0 to 1; None if not asked for.
    reml_criterion : float or None
        -2 log restricted likelihood with all constants.
    evaluations : int
        Evaluations of the criterion.
    regions : RegionValues or None
        Values by region where the interaction was fitted.
    criteria : tuple of CriterionRanking
        Empty with one criterion.
    weight_sensitivity : WeightSensitivity or None
        With several criteria: what happens to ranks under all weights.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        Undefined: ``no_ratings``, ``one_rater``, ``too_few``, ``no_variation``,
        ``not_connected``, ``not_estimable``, ``criterion_undefined``. Limited:
        ``not_connected``, ``perfect_fit``, ``not_converged``, ``scale_assumed``,
        ``criterion_missing``. For information: ``measure_variance_zero``,
        ``rater_variance_zero``, ``interaction_variance_zero``, ``one_region``,
        ``region_unknown``, ``too_few_in_regions``, ``ties_by_id``, ``greedy_tiers``,
        ``criteria_independent``, ``equal_criteria_weights``, ``clumps`` (two or three are
        likelier than one), ``variances_of_some_raters`` (large tables).
    conventions : Conventions
    """

    measures: tuple[RankedMeasure, ...]
    order: tuple[Id, ...]
    tiers: tuple[Tier, ...]
    unweighted_tiers: tuple[Tier, ...] | None
    pairwise: FloatArray
    n_ratings: int
    n_raters: int
    variances: Variances | None
    reliability: float | None
    intercept: float | None
    clumps: tuple[float, ...] | None
    together: float | None
    reml_criterion: float | None
    evaluations: int
    regions: RegionValues | None
    criteria: tuple[CriterionRanking, ...]
    weight_sensitivity: WeightSensitivity | None
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions

    def measure(self, measure: Id) -> RankedMeasure:
        """Return one measure by its id.

        Raises
        ------
        KeyError
            No such measure.
        """
        return {item.measure: item for item in self.measures}[measure]

    def as_record(self) -> dict[str, object]:
        """Return the whole as a plain mapping for JSON."""
        return cast("dict[str, object]", plain(self))
