"""Stored rankings of an AlpCafé as the builders of the evaluation take them."""

from datetime import date

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.platform.evaluation.domain.opinion_results import OTHERS
from alpclusters.platform.evaluation.domain.records import (
    REGION,
    ROLE,
    CriterionResult,
    Evaluation,
    word,
)
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.charts.scales import criterion_axis
from alpclusters.reports.evaluation_ranking import RankingView
from alpclusters.reports.evaluation_subject import EvaluationSubject
from alpclusters.reports.stored_rankings import ranking_of


def subject_in(evaluation: Evaluation, language: str) -> EvaluationSubject:
    """Return the names of an evaluation in one language."""
    return EvaluationSubject(
        name=word(evaluation.title, language),
        date=date.fromisoformat(evaluation.held_on),
        item_names={item.pk: word(item.names, language) for item in evaluation.measures},
        criterion_names={r.key: word(r.names, language) for r in evaluation.criteria},
        split_names=split_names(language),
        group_names=_group_names(evaluation, language),
        answers={r.key: tuple(word(a, language) for a in r.anchors) for r in evaluation.criteria},
        scales={r.key: r.scale for r in evaluation.criteria},
        simulated=evaluation.is_simulated,
        best_k=evaluation.best_k,
    )


def split_names(language: str) -> dict[str, str]:
    """Name the two ways in which people are grouped."""
    text = translator(language)
    return {REGION: text.gettext("Region"), ROLE: text.gettext("Stakeholder group")}


def _group_names(evaluation: Evaluation, language: str) -> dict[tuple[str, Id | None], str]:
    found: dict[tuple[str, Id | None], str] = {
        (split, group.key or None): word(group.names, language)
        for split, groups in evaluation.groups.items()
        for group in groups
    }
    # Decisions give the group of all others a key.
    if (others := found.get((REGION, None))) is not None:
        found[REGION, OTHERS] = others
    return found


def view_of(
    result: CriterionResult, subject: EvaluationSubject, language: str
) -> RankingView | None:
    """Return the ranking on a criterion; None without tiers."""
    if result.ranking is None or not result.ranking.is_usable:
        return None
    axis = criterion_axis(result.scale, subject.answers[result.key], language)
    name = subject.criterion_names[result.key]
    return RankingView(
        ranking_of(result.ranking),
        subject,
        axis,
        language,
        criterion=name,
        decisions=result.decisions,
    )
