"""Stored rankings of an AlpCafé as the builders of the evaluation take them."""

import numpy as np

from alpclusters.analysis.consensus import Interval
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.ranking import RankedMeasure, Ranking, Tier
from alpclusters.platform.evaluation.domain.records import CriterionResult, Evaluation, word
from alpclusters.platform.evaluation.domain.science import Ranked, RankingResult
from alpclusters.reports.charts.scales import rating_axis
from alpclusters.reports.evaluation_ranking import RankingView
from alpclusters.reports.evaluation_subject import EvaluationSubject


def subject_in(evaluation: Evaluation, language: str) -> EvaluationSubject:
    """Return the names of an evaluation in one language."""
    from datetime import date  # noqa: PLC0415 - one word of one function

    names: dict[Id, str] = {item.pk: word(item.names, language) for item in evaluation.measures}
    return EvaluationSubject(
        name=word(evaluation.title, language),
        date=date.fromisoformat(evaluation.held_on),
        item_names=names,
        criterion_names={r.key: word(r.names, language) for r in evaluation.criteria},
        answers={r.key: tuple(word(a, language) for a in r.anchors) for r in evaluation.criteria},
        simulated=evaluation.is_simulated,
    )


def first_view(evaluation: Evaluation, language: str) -> RankingView | None:
    """Return the ranking that the protocol opens with: the first criterion that has tiers."""
    subject = subject_in(evaluation, language)
    views = (view_of(result, subject, language) for result in evaluation.criteria)
    return next((view for view in views if view is not None), None)


def view_of(
    result: CriterionResult, subject: EvaluationSubject, language: str
) -> RankingView | None:
    """Return the ranking on a criterion; None without tiers."""
    if result.ranking is None or not result.ranking.is_usable:
        return None
    axis = rating_axis(subject.answers[result.key])
    name = subject.criterion_names[result.key]
    return RankingView(_ranking(result.ranking), subject, axis, language, criterion=name)


def _ranking(result: RankingResult) -> Ranking:
    return Ranking(
        measures=tuple(_measure(item) for item in result.measures),
        order=tuple(measure for tier in result.tiers for measure in tier.measures),
        tiers=tuple(Tier(t.number, t.measures, t.overlap) for t in result.tiers),
        unweighted_tiers=None,
        pairwise=np.zeros((0, 0)),
        n_ratings=result.n_ratings,
        n_raters=result.n_raters,
        variances=None,
        intercept=None,
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
