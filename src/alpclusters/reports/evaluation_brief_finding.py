"""The finding of an evaluation: its headline, whether there are camps, what is surely best."""

from collections.abc import Mapping
from typing import Final

from alpclusters.analysis.consensus import Description
from alpclusters.reports.claims.decisions import among_best, decision_title
from alpclusters.reports.claims.opinion import along_axis, opinion_title, unasked, verdict
from alpclusters.reports.claims.ratings import means_lead, stated
from alpclusters.reports.claims.votes import vote_lead, vote_title
from alpclusters.reports.evaluation_joint_opinion import joint_claims
from alpclusters.reports.evaluation_method import unranked_lead, unranked_title
from alpclusters.reports.evaluation_ranking import RankingView
from alpclusters.reports.evaluation_reasons import reason_sentences
from alpclusters.reports.evaluation_results import CriterionResults, EvaluationResults, Opinion
from alpclusters.reports.evaluation_sections import tier_title
from alpclusters.reports.evaluation_subject import (
    EvaluationSubject,
    is_vote,
    named,
    rated_items,
    short,
)

MAX_END: Final = 70

type Descriptions = Mapping[str, Description]


def headline(
    by_criterion: Descriptions,
    subject: EvaluationSubject,
    language: str,
    found: CriterionResults | None,
    view: RankingView | None,
) -> str:
    """Say how many items have the best answer; without answers what leads by tiers, else by means.

    Parameters
    ----------
    found, view : CriterionResults, RankingView or None
        Of the first criterion.
    """
    first = next(iter(by_criterion.values()))
    items = rated_items(first, subject)
    if found and found.decisions and found.decisions.status != "undefined":
        said = decision_title(found.decisions, language, is_vote=is_vote(first)).text
    elif view is not None and not is_vote(first):
        return tier_title(view)
    elif is_vote(first):
        said = vote_title(items, language, description=first).text
    elif subject.best_k:
        return unranked_title(language)
    else:
        said = stated(first, items, subject, language).text
    criterion = next(iter(by_criterion)) if len(by_criterion) > 1 else ""
    return named(said, subject.criterion_names.get(criterion, criterion), language)


def finding(
    by_criterion: Descriptions,
    subject: EvaluationSubject,
    language: str,
    results: EvaluationResults | None,
) -> str:
    """Say whether there are camps, and what surely is among the best; of old results means."""
    first = next(iter(by_criterion.values()))
    if results is None:
        items = rated_items(first, subject)
        if is_vote(first):
            return " ".join(one.text for one in vote_lead(items, language, description=first))
        if subject.best_k:
            return unranked_lead(language)
        words = stated(first, items, subject, language).text + "."
        return means_lead(items, language) if items else words
    said = camp_sentences(results, subject, language)
    if not is_vote(first):
        ranking = next(iter(results.by_criterion.values())).ranking
        said += [one.text for one in among_best(ranking, subject, language)]
    return " ".join(said)


def camp_sentences(
    results: EvaluationResults, subject: EvaluationSubject, language: str
) -> list[str]:
    """State the verdict on camps in one sentence, of a gradient with its ends."""
    if results.joint_opinion is not None:
        claims = list(joint_claims(results.joint_opinion, subject, language))
        texts = {claim.kind: claim.text for claim in claims}
        ends = texts.get("opinion.from_to") or texts.get("opinion.strictness")
        verdicts = [f"{claim.text}." for claim in claims[:1]]
        return [ends] if ends else verdicts or [unasked(language).text]
    found = next(iter(results.by_criterion.values()))
    if found.opinion is None:
        return reason_sentences("opinion", found.missing.get("opinion", ()), language)[:1] or [
            unasked(language).text
        ]
    return [_verdict(found.opinion, subject, language)]


def _verdict(opinion: Opinion, subject: EvaluationSubject, language: str) -> str:
    structure = opinion.groups.structure
    if structure is None:
        return f"{opinion_title(opinion.groups, language).text}."
    rising, falling = structure.ends()
    ends = None
    if rising.size and falling.size:
        first, last = (subject.item(opinion.items[end[0]]) for end in (rising, falling))
        ends = (short(first, MAX_END), short(last, MAX_END))
    along = along_axis(
        structure.verdict,
        ends,
        language,
        is_strictness=structure.is_strictness,
        reasons=structure.reasons,
    )
    if along is not None:
        return along.text
    is_yes_saying = "yes_saying" in structure.reasons
    return f"{verdict(structure.verdict, language, is_yes_saying=is_yes_saying).text}."
