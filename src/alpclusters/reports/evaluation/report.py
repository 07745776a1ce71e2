"""The evaluation report: what people rated, how sure it is, by group, and how it was computed.

One builder for the command line, the site and the exports; the writers do the rest.
"""

from collections.abc import Mapping

from alpclusters.analysis.consensus import Description
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Bullets, Contents, Document, Heading, Panel, Paragraph
from alpclusters.reports.evaluation.across import denominators_section
from alpclusters.reports.evaluation.brief import evaluation_brief
from alpclusters.reports.evaluation.decisions import vote_blocks
from alpclusters.reports.evaluation.figures import arrivals_section
from alpclusters.reports.evaluation.joint_opinion import joint_opinion_section
from alpclusters.reports.evaluation.method import (
    asking_sentences,
    method_sentences,
    result_sentences,
)
from alpclusters.reports.evaluation.persons import person_section
from alpclusters.reports.evaluation.ranking import RankingView
from alpclusters.reports.evaluation.ratings import (
    agreement_blocks,
    combined_section,
    opinion_section,
    rating_blocks,
    views_of,
)
from alpclusters.reports.evaluation.results import (
    CriterionResults,
    EvaluationResults,
    person_items_section,
)
from alpclusters.reports.evaluation.second_round import second_round_section
from alpclusters.reports.evaluation.tables import split_section
from alpclusters.reports.evaluation.top_three import top_three_section
from alpclusters.reports.evaluation.weighting import margins_section
from alpclusters.reports.evaluation_subject import EvaluationSubject, is_vote, rated_items

type Descriptions = Mapping[str, Description]


def build_evaluation_document(
    descriptions: Description | Descriptions,
    *,
    subject: EvaluationSubject,
    language: str,
    results: EvaluationResults | None = None,
) -> Document:
    """Build the evaluation report of one round or one vote.

    Parameters
    ----------
    descriptions : Description or mapping of str to Description
        One, or one per criterion in the order to be shown.
    subject : EvaluationSubject
        Names, sources and marks.
    language : str
        Of the document, one of the five codes.
    results : EvaluationResults, optional
        Tiers, agreement and opinion groups; without them means stand in for tiers.

    Returns
    -------
    Document
    """
    by_criterion = {"": descriptions} if isinstance(descriptions, Description) else descriptions
    first = next(iter(by_criterion.values()))
    found = results.by_criterion if results else {}
    views = views_of(by_criterion, subject, language, results)
    brief = evaluation_brief(by_criterion, subject, language, results)
    blocks: list[Block] = [
        *brief.pages(),
        Heading(translator(language).gettext("Contents")),
        Contents(),
        Paragraph(_where_all_is(language), "note"),
    ]
    for criterion, description in by_criterion.items():
        one = found.get(criterion)
        blocks += _criterion_blocks(description, subject, criterion, language, views, one)
    if results:
        blocks += _overall_blocks(results, subject, language)
    blocks += person_section(first, subject, language)
    if results:
        blocks += person_items_section(results.persons, language)
    blocks += split_section(by_criterion, subject, language, results)
    if results:
        blocks += arrivals_section(results.arrivals, language)
    blocks += _method_blocks(by_criterion, subject, language, results)
    return _document(blocks, subject, language, brief.title)


def _document(
    blocks: list[Block], subject: EvaluationSubject, language: str, title: str
) -> Document:
    text = translator(language)
    return Document(
        title=title,
        language=language,
        kind="evaluation",
        date=subject.date,
        blocks=tuple(blocks),
        kicker=f"{text.gettext('Evaluation')} · {subject.name}",
        short_title=f"{text.gettext('Evaluation')}: {subject.name}",
        publisher=subject.publisher,
        version=subject.version,
        snapshot=subject.snapshot,
        digest=subject.digest,
        simulated=subject.simulated,
        licence=subject.licence,
        foot_note=subject.foot_note,
        description=subject.name,
        keywords=(text.gettext("Evaluation"), subject.name),
        project=subject.project or "evaluation",
    )


def _where_all_is(language: str) -> str:
    return translator(language).gettext(
        "The report is short on purpose. All criteria, groups, places, tiers and moves are in the "
        "data of this evaluation: decisions.csv and the other tables and summary.json beside the "
        "report, or the CSV and JSON files on its page."
    )


# --- parts --------------------------------------------------------------------------------


def _criterion_blocks(
    description: Description,
    subject: EvaluationSubject,
    criterion: str,
    language: str,
    views: Mapping[str, RankingView | None],
    found: CriterionResults | None,
) -> list[Block]:
    view = views[criterion]
    is_further = criterion != next(iter(views))
    blocks = (
        vote_blocks(description, subject, language, found)
        if is_vote(description)
        else rating_blocks(
            description, subject, criterion, language, view, found, is_further=is_further
        )
    )
    if found is not None and not is_further:
        blocks += _result_blocks(found, description, subject, criterion, language)
    return blocks


def _result_blocks(
    found: CriterionResults,
    description: Description,
    subject: EvaluationSubject,
    criterion: str,
    language: str,
) -> list[Block]:
    name = subject.criterion_names.get(criterion, criterion)
    items = rated_items(description, subject)
    agreement = agreement_blocks(found, items, language, criterion=name)
    opinion = opinion_section(found, subject, criterion, language)
    weighting = margins_section(
        found.weighting, subject, criterion, language, further=found.weighted_further
    )
    rounds = second_round_section(
        found, description, subject, criterion, language, with_tables=False
    )
    common = denominators_section(found, subject, criterion, language)
    return [*agreement, *opinion, *weighting, *rounds, *common]


def _overall_blocks(
    results: EvaluationResults, subject: EvaluationSubject, language: str
) -> list[Block]:
    """Return what is said over all criteria."""
    return [
        *combined_section(results, subject, language),
        *joint_opinion_section(results.joint_opinion, subject, language),
        *top_three_section(results.top_three, subject, language),
    ]


def _method_blocks(
    by_criterion: Descriptions,
    subject: EvaluationSubject,
    language: str,
    results: EvaluationResults | None,
) -> list[Block]:
    text = translator(language)
    sentences = method_sentences(
        list(by_criterion.values()), [subject.scales.get(one) for one in by_criterion], language
    )
    sentences += asking_sentences(subject.best_k, language)
    if results is not None:
        sentences += result_sentences(results, language)
    told: list[Block] = [Bullets(tuple(sentences))]
    if results is not None and results.remarks:
        told.append(Paragraph(" ".join(results.remarks), "note"))
    blocks: list[Block] = [Panel(tuple(told), title=text.gettext("How this was computed"))]
    remarks = (*subject.remarks, *subject.sources)
    if remarks:
        blocks += [Heading(text.gettext("Source and remarks")), Bullets(remarks)]
    return blocks
