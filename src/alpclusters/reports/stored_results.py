"""A stored evaluation as the builders of `reports` take it: what every method yielded."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from alpclusters.analysis.consensus import AgreementSummary, MeasureAgreement
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.ranking import (
    CriterionRanking,
    Ranking,
    WeightSensitivity,
)
from alpclusters.analysis.second_round import Comparison
from alpclusters.platform.evaluation.domain.records import (
    REGION,
    CriterionResult,
    Evaluation,
)
from alpclusters.platform.evaluation.domain.science import (
    AgreementResult,
    CombinedResult,
    CommonResult,
)
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.evaluation_brief import Brief, evaluation_brief
from alpclusters.reports.evaluation_joint_opinion import joint_opinion_of
from alpclusters.reports.evaluation_person_items import person_lines
from alpclusters.reports.evaluation_protection import protection_sentences
from alpclusters.reports.evaluation_results import (
    CommonGround,
    CriterionResults,
    EvaluationResults,
)
from alpclusters.reports.evaluation_subject import rated_items
from alpclusters.reports.stored_rankings import ranking_of
from alpclusters.reports.stored_subjects import subject_in


def results_of(evaluation: Evaluation, language: str) -> EvaluationResults | None:
    """Return the results of a snapshot; None for one that holds counts and means only."""
    found = {r.key: one for r in evaluation.criteria if (one := criterion_results(r)) is not None}
    if len(found) < len(evaluation.criteria) or not found:
        return None
    return EvaluationResults(
        by_criterion=found,
        n_people=evaluation.n_people,
        combined=_combined(evaluation.combined, found),
        counts_people=True,
        joint_opinion=joint_opinion_of(evaluation, language),
        top_three=evaluation.top_three,
        arrivals=evaluation.arrivals,
        persons=person_lines(evaluation, language),
        notices=round_remarks(evaluation, language),
        remarks=tuple(protection_sentences(evaluation, language)),
    )


def brief_of(evaluation: Evaluation, language: str, *, above: str = "") -> Brief | None:
    """Sum a stored evaluation up; None where nothing may be shown of what leads.

    ``above`` stands over the finding on the first page.
    """
    subject = subject_in(evaluation, language)
    described = {result.key: result.description for result in evaluation.criteria}
    leads = next(iter(described.values()), None)
    if evaluation.n_people is None or leads is None or not rated_items(leads, subject):
        return None
    results = results_of(evaluation, language)
    return evaluation_brief(described, subject, language, results, above=above)


def criterion_results(result: CriterionResult) -> CriterionResults | None:
    """Return the results on one criterion; None where none were stored."""
    if result.ranking is None or result.agreement is None:
        return None
    second = result.second_round
    return CriterionResults(
        agreement=_agreement(result.agreement),
        decisions=result.decisions,
        ranking=ranking_of(result.ranking),
        second_round=_in_order(second.comparison, result.order) if second else None,
        informed=(second.n_informed, second.n_answers) if second else None,
        n_aside=second.n_aside if second else 0,
        common_ground=_common_ground(result.common) if result.common else None,
        weighting=result.weighting,
        weighted_further=result.weighted_further,
        missing={"second_round": second.reasons} if second else {},
    )


def _in_order(found: Comparison | None, order: Sequence[int]) -> Comparison | None:
    """Put what changed into the order of all lists."""
    if found is None:
        return None
    places = {measure: place for place, measure in enumerate(order)}
    measures = sorted(found.measures, key=lambda one: places.get(int(one.measure), len(places)))
    return replace(found, measures=tuple(measures))


# --- all criteria -------------------------------------------------------------------------


def _combined(
    combined: CombinedResult | None, found: Mapping[str, CriterionResults]
) -> Ranking | None:
    if combined is None:
        return None
    ranking = ranking_of(combined.ranking)
    criteria = tuple(
        CriterionRanking(key, weight, found[key].ranking or ranking)
        for key, weight in combined.weights
    )
    return replace(ranking, criteria=criteria, weight_sensitivity=_sensitivity(combined))


def _sensitivity(combined: CombinedResult) -> WeightSensitivity:
    """Lay the stored lines out in the order of the ranking."""
    measures = [item.measure for item in combined.ranking.measures]
    lines = {line.measure: line for line in combined.sensitivity}
    n, n_criteria = len(measures), len(combined.weights)
    ranks, central = np.full((n, n), np.nan), np.full((n, n_criteria), np.nan)
    for row, measure in enumerate(measures):
        if measure in lines:
            ranks[row, : len(lines[measure].ranks)] = lines[measure].ranks
            central[row] = lines[measure].central or np.nan
    return WeightSensitivity(
        criteria=tuple(key for key, _weight in combined.weights),
        acceptability=ranks if lines else np.zeros((0, 0)),
        central_weights=central,
        is_exact=False,
        status="ok",
        reasons=(),
        conventions=combined.ranking.conventions,
    )


# --- agreement, borders -------------------------------------------------------------------


def _agreement(found: AgreementResult) -> AgreementSummary:
    """Return what was stored of the agreement; older formats kept consensus and spread only."""
    if found.summary is not None:
        return found.summary
    return AgreementSummary(
        measures=tuple(
            MeasureAgreement(
                line.measure, "shown", line.n, None, None, None, line.consensus, line.ipr,
                None, None, None, None, None, "ok", (),
            )
            for line in found.measures
        ),
        alpha_ordinal=None,
        alpha_interval=None,
        concordance=None,
        n_raters=found.n_raters,
        n_complete=0,
        status=found.status,
        reasons=found.reasons,
        conventions=found.conventions,
    )  # fmt: skip


def _common_ground(found: CommonResult) -> CommonGround:
    cells: dict[Id, frozenset[Id]] = {}
    for figure in found.figures:
        cells[figure.measure] = cells.get(figure.measure, frozenset()) | {figure.region}
    return CommonGround(
        found=found.found,
        reasons=found.reasons,
        regions={region: country for region, country, _n in found.regions},
        n_regions=len(found.regions) + found.n_hidden,
        cells=cells,
        n_people={region: n for region, _country, n in found.regions},
        split=REGION,
    )


def round_remarks(evaluation: Evaluation, language: str) -> tuple[str, ...]:
    """Say of which of two ratings the figures are."""
    if not evaluation.has_second_rating:
        return ()
    text = translator(language)
    remarks: dict[tuple[int, ...], str] = {
        (1,): text.gettext("People could rate twice. The figures are those of the first rating."),
        (2,): text.gettext("People rated twice. The figures are those of the second rating."),
    }
    both = text.gettext(
        "People could rate twice. Everybody counts with their last answer to each question, "
        "except in the figures of the change."
    )
    return (remarks.get(evaluation.rounds, both),)
