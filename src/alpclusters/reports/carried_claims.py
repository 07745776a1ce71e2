"""What a stored evaluation carries: its sentences, derived anew from the frozen result."""

from collections.abc import Iterator, Sequence
from typing import Final

from alpclusters.analysis.decisions import Decisions
from alpclusters.platform.evaluation.domain.records import (
    CriterionResult,
    Evaluation,
    step_word,
    word,
)
from alpclusters.platform.evaluation.domain.science import RankingResult
from alpclusters.platform.evaluation.domain.weighting_results import Weighting
from alpclusters.reports.claims import (
    decisions,
    denominators,
    opinion,
    ratings,
    rounds,
    top_three,
    weighting,
)
from alpclusters.reports.claims.wording import Claim
from alpclusters.reports.evaluation_answers import group_name
from alpclusters.reports.evaluation_joint_opinion import joint_claims, joint_opinion_of
from alpclusters.reports.evaluation_subject import EvaluationSubject, rated_items
from alpclusters.reports.stored_rankings import ranking_of
from alpclusters.reports.stored_subjects import subject_in

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
    yield decisions.decision_title(found, language, is_vote=False)
    yield from decisions.undecided(found, subject, language)
    yield from decisions.not_judged(found, language)
    yield from decisions.every_group(found, subject, language, is_vote=False)
    names = {group: group_name(group, subject) for group in found.groups}
    for one in found.measures:
        yield from decisions.lower_groups(
            found, one.measure, names, subject, language, is_vote=False
        )


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
    yield from decisions.among_best(ranking, subject, language)


def _beside(evaluation: Evaluation, subject: EvaluationSubject, language: str) -> Iterator[Claim]:
    """Yield what is said of all criteria together."""
    if evaluation.n_people is not None:
        yield ratings.people(evaluation.n_people, language)
    if evaluation.top_three is not None and evaluation.top_three.lines:
        yield top_three.most_points(evaluation.top_three, subject, language)
    joint = joint_opinion_of(evaluation, language)
    camps = list(joint_claims(joint, subject, language)) if joint else []
    yield from camps or [opinion.unasked(language)]
