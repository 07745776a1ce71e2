"""A stored ranking as the builders of the evaluation take it."""

import numpy as np

from alpclusters.analysis.consensus import Interval
from alpclusters.analysis.ranking import RankedMeasure, Ranking, Tier
from alpclusters.platform.evaluation.domain.science import Ranked, RankingResult


def ranking_of(result: RankingResult) -> Ranking:
    """Return what the analysis yielded, as far as it was stored."""
    return Ranking(
        measures=tuple(_measure(item) for item in result.measures),
        order=tuple(measure for tier in result.tiers for measure in tier.measures),
        tiers=tuple(Tier(t.number, t.measures, t.overlap) for t in result.tiers),
        unweighted_tiers=None,
        pairwise=np.zeros((0, 0)),
        n_ratings=result.n_ratings,
        n_raters=result.n_raters,
        variances=None,
        reliability=result.reliability,
        intercept=None,
        clumps=None,
        together=None,
        reml_criterion=None,
        evaluations=0,
        regions=None,
        criteria=(),
        weight_sensitivity=None,
        status=result.status,
        reasons=result.reasons,
        conventions=result.conventions,
    )


def _measure(item: Ranked) -> RankedMeasure:
    ranks = (
        None if item.rank_low is None or item.rank_high is None else (item.rank_low, item.rank_high)
    )
    return RankedMeasure(
        measure=item.measure,
        n=item.n,
        effective_n=float(item.n),
        cannot_judge=0,
        cannot_judge_share=item.cannot_judge_share,
        mean=None,
        estimate=item.estimate,
        shown=item.estimate,
        standard_error=None,
        freedom=None,
        residual=None,
        interval=None if item.low is None or item.high is None else Interval(item.low, item.high),
        rank=None,
        tied=False,
        rank_interval=ranks,
        expected_rank=None,
        top=item.top,
        tier=item.tier,
        borderline=item.borderline,
        status="ok",
        reasons=item.reasons,
    )
