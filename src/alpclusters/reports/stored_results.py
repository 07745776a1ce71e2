"""A stored evaluation as the builders of `reports` take it: what every method yielded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np

from alpclusters.analysis.consensus import AgreementSummary, Interval, MeasureAgreement
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.decisions import Decisions
from alpclusters.analysis.ranking import (
    CriterionRanking,
    RankedMeasure,
    Ranking,
    Tier,
    WeightSensitivity,
)
from alpclusters.analysis.second_round import Comparison
from alpclusters.platform.evaluation.domain.opinion_results import OTHERS
from alpclusters.platform.evaluation.domain.records import (
    REGION,
    ROLE,
    CriterionResult,
    Evaluation,
    step_word,
    word,
)
from alpclusters.platform.evaluation.domain.science import (
    AgreementResult,
    CombinedResult,
    CommonResult,
    Ranked,
    RankingResult,
)
from alpclusters.platform.evaluation.domain.weighting_results import Weighting
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.charts.parts import criterion_axis
from alpclusters.reports.claims import opinion, ratings, votes, weighting
from alpclusters.reports.claims import ratings as denominators
from alpclusters.reports.claims import ratings as rounds
from alpclusters.reports.claims import ratings as top_three
from alpclusters.reports.claims.wording import Claim
from alpclusters.reports.evaluation.brief import Brief, evaluation_brief
from alpclusters.reports.evaluation.decisions import group_name
from alpclusters.reports.evaluation.joint_opinion import joint_claims, joint_opinion_of
from alpclusters.reports.evaluation.persons import protection_sentences
from alpclusters.reports.evaluation.ranking import RankingView
from alpclusters.reports.evaluation.results import (
    CommonGround,
    CriterionResults,
    EvaluationResults,
    person_lines,
)
from alpclusters.reports.evaluation_subject import EvaluationSubject, rated_items

# --- A stored ranking as the builders of the evaluation take it -----------------------------------


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


# --- Stored rankings of an AlpCafé as the builders of the evaluation take them --------------------


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


# --- A stored evaluation as the builders of `reports` take it: what every method yielded ----------


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


# --- What a stored evaluation carries: its sentences, derived anew from the frozen result ---------


COMBINED: Final = "combined"
"""Key of the sentences over all criteria."""


def evaluation_claims(evaluation: Evaluation, language: str) -> dict[str, list[Claim]]:
    """Derive all sentences of an evaluation.

    Parameters
    ----------
    evaluation : Evaluation
        As stored.
    language : str

    Returns
    -------
    dict of str to list of Claim
        By key of the criterion, with `COMBINED` beside them. The first sentence says what leads:
        every page of that part has to say it.
    """
    subject = subject_in(evaluation, language)
    beside = list(_beside(evaluation, subject, language))
    found = {
        result.key: [*_of_criterion(result, subject, language), *beside]
        for result in evaluation.criteria
    }
    combined = evaluation.combined
    if combined is not None and combined.ranking.is_usable:
        first = evaluation.criteria[0].weighting if evaluation.criteria else None
        # The page of all criteria stands below the same words as that of the first.
        whose = weighting.whose_figures(first, subject, language)
        found[COMBINED] = [*_of_ranking(combined.ranking, subject, language), *whose, *beside]
    return found


def required_in(claims: Sequence[Claim]) -> list[Claim]:
    """Return what has to be said beside a headline: what leads, and that it rests on who came."""
    return [*claims[:1], *(one for one in claims[1:] if one.kind in weighting.OBLIGATORY)]


def labels_of(evaluation: Evaluation, language: str) -> dict[str, str]:
    """Return the name of each criterion: it may stand before a sentence about it alone."""
    return {result.key: word(result.names, language) for result in evaluation.criteria}


def _of_criterion(
    result: CriterionResult, subject: EvaluationSubject, language: str
) -> Iterator[Claim]:
    items = rated_items(result.description, subject)
    if result.ranking is not None and result.ranking.is_usable:
        yield from _of_ranking(result.ranking, subject, language)
    else:
        yield ratings.stated(result.description, items, subject, language)
        yield ratings.behind(items, subject, language)
    for item in items:
        low = item.summary.median_low
        if low is not None:
            anchor = step_word(result.scale, low, language)
            yield ratings.at_least_half(anchor, language, name=item.name)
            yield ratings.at_least_half(anchor, language)
    yield from weighting.whose_figures(result.weighting, subject, language)
    for one in (result.weighting, *result.weighted_further):
        yield from _weighted(one, subject, language)
    if result.decisions is not None:
        yield from _decided(result.decisions, subject, language)
    if result.second_round is not None and result.second_round.comparison is not None:
        yield rounds.changed(result.second_round.comparison, subject, language)
    if result.common is not None and result.common.found is not None:
        yield denominators.across(result.common.found, subject, language)


def _decided(found: Decisions, subject: EvaluationSubject, language: str) -> Iterator[Claim]:
    yield votes.decision_title(found, language, is_vote=False)
    yield from votes.undecided(found, subject, language)
    yield from votes.not_judged(found, language)
    yield from votes.every_group(found, subject, language, is_vote=False)
    names = {group: group_name(group, subject) for group in found.groups}
    for one in found.measures:
        yield from votes.lower_groups(found, one.measure, names, subject, language, is_vote=False)


def _weighted(
    found: Weighting | None, subject: EvaluationSubject, language: str
) -> Iterator[Claim]:
    """Yield what is said of who was not in the room."""
    if found is None:
        yield weighting.unweighted(language)
        return
    yield weighting.weighted_to(found, subject, language)
    for item in found.items:
        yield from weighting.survival(item, found, subject, language)


def _of_ranking(
    result: RankingResult, subject: EvaluationSubject, language: str
) -> Iterator[Claim]:
    ranking = ranking_of(result)
    yield ratings.leading(ratings.standing_of_ranking(ranking), subject, language)
    yield ratings.tiers(ranking, language)
    yield from votes.among_best(ranking, subject, language)


def _beside(evaluation: Evaluation, subject: EvaluationSubject, language: str) -> Iterator[Claim]:
    """Yield what is said of all criteria together."""
    if evaluation.n_people is not None:
        yield ratings.people(evaluation.n_people, language)
    if evaluation.top_three is not None and evaluation.top_three.lines:
        yield top_three.most_points(evaluation.top_three, subject, language)
    joint = joint_opinion_of(evaluation, language)
    camps = list(joint_claims(joint, subject, language)) if joint else []
    yield from camps or [opinion.unasked(language)]
