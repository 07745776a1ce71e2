"""The evaluation report: what people rated, how sure it is, by group, and how it was computed.

One builder for the command line, the pages and the exports; the writers do the rest.
"""

from collections.abc import Mapping
from typing import Final

from alpclusters.analysis.consensus import Description, MeasureDescription
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    Panel,
    Paragraph,
    Table,
)
from alpclusters.reports.evaluation_denominators import denominators_section
from alpclusters.reports.evaluation_figures import (
    MAX_ROWS,
    SHADED_POINTS,
    agreement_figure,
    mean_figure,
    rating_distribution_figure,
    vote_distribution_figure,
)
from alpclusters.reports.evaluation_findings import (
    least_for_division,
    rating_lead,
    rating_title,
    vote_lead,
    vote_title,
)
from alpclusters.reports.evaluation_method import method_sentences
from alpclusters.reports.evaluation_method_results import result_sentences
from alpclusters.reports.evaluation_ranking import RankingView
from alpclusters.reports.evaluation_results import CriterionResults, EvaluationResults
from alpclusters.reports.evaluation_second_round import second_round_section
from alpclusters.reports.evaluation_sections import (
    agreement_section,
    combined_section,
    opinion_section,
    tier_lead,
    tier_section,
    tier_title,
    tiers_of,
)
from alpclusters.reports.evaluation_subject import (
    EvaluationSubject,
    Rated,
    by_agreement,
    by_division,
    by_mean,
    is_vote,
    listed_items,
    rated_items,
)
from alpclusters.reports.evaluation_tables import (
    count_table,
    group_tables,
    rating_table,
    vote_table,
)
from alpclusters.reports.numbers import format_integer, format_percent

TOP: Final = 20
CHART_TOP: Final = 14  # what fits below the key figures on the first page
MAX_GROUP_ROWS: Final = 40

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
    text = translator(language)
    found = results.by_criterion if results else {}
    views = {
        name: tiers_of(found.get(name), one, subject, name, language)
        for name, one in by_criterion.items()
    }
    view = None if is_vote(first) else next(iter(views.values()))
    blocks: list[Block] = [*_opening(by_criterion, subject, language, view)]
    for criterion, description in by_criterion.items():
        blocks += (
            _vote_blocks(first, subject, language)
            if is_vote(first)
            else _rating_blocks(
                description, subject, criterion, language, views[criterion], found.get(criterion)
            )
        )
        if criterion in found:
            blocks += _result_blocks(
                found[criterion], description, subject, criterion, language, views[criterion]
            )
    if results:
        blocks += combined_section(results, subject, language)
    groups = [
        table
        for criterion, description in by_criterion.items()
        for table in _split_tables(description, subject, criterion, language)
    ]
    if groups:
        blocks += [Heading(text.gettext("By group")), *groups]
    blocks += _method_blocks(by_criterion, subject, language, results)
    if is_vote(first):
        blocks += _vote_annex(first, subject, language)
    return Document(
        title=_title(by_criterion, subject, language, view),
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


def _title(
    by_criterion: Descriptions,
    subject: EvaluationSubject,
    language: str,
    view: RankingView | None,
) -> str:
    if view is not None:
        return tier_title(view)
    first = next(iter(by_criterion.values()))
    items = rated_items(first, subject)
    if is_vote(first):
        return vote_title(items, language)
    criterion = next(iter(by_criterion)) if len(by_criterion) > 1 else ""
    return _named(rating_title(items, language), subject.criterion_names.get(criterion, criterion))


def _opening(
    by_criterion: Descriptions,
    subject: EvaluationSubject,
    language: str,
    view: RankingView | None,
) -> list[Block]:
    first = next(iter(by_criterion.values()))
    items = rated_items(first, subject)
    if view is not None:
        lead = tier_lead(view)
    else:
        lead = vote_lead(items, language) if is_vote(first) else rating_lead(items, language)
    return [Paragraph(lead, "lead"), _key_figures(by_criterion, subject, language)]


def _key_figures(
    by_criterion: Descriptions, subject: EvaluationSubject, language: str
) -> KeyFigures:
    text = translator(language)
    descriptions = list(by_criterion.values())
    first = descriptions[0]
    standing = sum(description.standing for description in descriptions)
    cast = sum(description.cast for description in descriptions)
    listed = listed_items(first, subject)
    n_all = len(first.measures)
    of_all = text.gettext("of %(n)s; the others were rejected") % {"n": _count(n_all, language)}
    people = max(description.n_raters for description in descriptions)
    word = _items_word(subject, len(listed), language)
    return KeyFigures(
        (
            KeyFigure(_count(people, language), text.ngettext("person", "people", people)),
            KeyFigure(_count(len(listed), language), word, of_all if len(listed) < n_all else ""),
            KeyFigure(
                _count(standing, language),
                text.gettext("answers that stand"),
                text.gettext("%(n)s given, the latest counts") % {"n": _count(cast, language)},
            ),
            _missing_figure(descriptions, subject, language),
        )
    )


def _missing_figure(
    descriptions: list[Description], subject: EvaluationSubject, language: str
) -> KeyFigure:
    """Return passes of a vote, "cannot judge" of ratings."""
    text = translator(language)
    items = [item for found in descriptions for item in rated_items(found, subject)]
    n = sum(item.summary.n for item in items)
    if is_vote(descriptions[0]):
        passed = sum(item.summary.counts[1] for item in items)
        return KeyFigure(_share(passed, n, language), text.gettext("passes"))
    cannot = sum(item.summary.cannot_judge for item in items)
    share = _share(cannot, n + cannot, language)
    return KeyFigure(share, text.gettext("Cannot judge"), text.gettext("of all answers"))


def _items_word(subject: EvaluationSubject, n: int, language: str) -> str:
    text = translator(language)
    if subject.item_word == "statement":
        return text.ngettext("statement", "statements", n)
    return text.ngettext("measure", "measures", n)


# --- votes --------------------------------------------------------------------------------


def _vote_blocks(
    description: Description, subject: EvaluationSubject, language: str
) -> list[Block]:
    text = translator(language)
    items = rated_items(description, subject)
    if not items:
        return []
    agreed = by_agreement(items)[:TOP]
    least_n = least_for_division(items)
    divided = by_division(items, least_n=least_n)[:TOP]
    caption = text.gettext("Where most people agree")
    blocks: list[Block] = [
        agreement_figure(agreed[:CHART_TOP], language, caption=caption),
        vote_table(
            _described(agreed),
            subject,
            language,
            caption=text.gettext("The statements with most agreement, in full"),
        ),
    ]
    if divided:
        blocks += _divided_blocks(divided, subject, language, least_n=least_n)
    return blocks


def _divided_blocks(
    divided: list[Rated], subject: EvaluationSubject, language: str, *, least_n: int
) -> list[Block]:
    text = translator(language)
    order = text.gettext("Order: least consensus first, statements with at least %(n)s answers.")
    return [
        Heading(text.gettext("Where opinions divide")),
        vote_distribution_figure(
            divided[:CHART_TOP], language, caption=text.gettext("The most divided statements")
        ),
        Paragraph(order % {"n": _count(least_n, language)}, "note"),
        vote_table(
            _described(divided),
            subject,
            language,
            caption=text.gettext("The most divided statements, in full"),
        ),
    ]


def _vote_annex(description: Description, subject: EvaluationSubject, language: str) -> list[Block]:
    text = translator(language)
    listed = listed_items(description, subject)
    if len(listed) <= TOP:
        return []
    ordered = sorted(listed, key=_annex_key)
    table = vote_table(
        ordered,
        subject,
        language,
        caption=text.gettext("All statements, most agreement first"),
        name=text.gettext("Statements"),
    )
    return [Heading(text.gettext("All statements"), level=1), table]


def _annex_key(item: MeasureDescription) -> tuple[float, str]:
    ends = item.summary.agree_interval if item.summary else None
    return (-(ends.low if ends else -1.0), str(item.measure))


# --- ratings ------------------------------------------------------------------------------


def _rating_blocks(
    description: Description,
    subject: EvaluationSubject,
    criterion: str,
    language: str,
    view: RankingView | None,
    found: CriterionResults | None,
) -> list[Block]:
    text = translator(language)
    items = _in_order(rated_items(description, subject), view)
    listed = listed_items(description, subject)
    name = subject.criterion_names.get(criterion, criterion)
    blocks: list[Block] = [Heading(name)] if name else []
    if found is not None:
        blocks += tier_section(view, found, language)
    if items:
        blocks += _rating_figures(items, description, subject, criterion, language, view)
    order = {item.id: place for place, item in enumerate(items)}
    ordered = sorted(listed, key=lambda item: order.get(item.measure, len(order)))
    caption = text.gettext("All measures with n, interval and “cannot judge”")
    blocks.append(
        rating_table(
            ordered, description, subject, language, caption=_named(caption, name), name=name
        )
    )
    return blocks


def _rating_figures(
    items: list[Rated],
    description: Description,
    subject: EvaluationSubject,
    criterion: str,
    language: str,
    view: RankingView | None,
) -> list[Block]:
    text = translator(language)
    shown = items[: MAX_ROWS if len(items) <= MAX_ROWS else TOP]
    answers = subject.answers.get(criterion, ())
    name = subject.criterion_names.get(criterion, criterion)
    caption = _named(rating_title(items, language), name)
    # Tiers show estimates; means beside them would be a second order of the same answers.
    figures: list[Block] = (
        []
        if view
        else [mean_figure(shown, description, language, caption=caption, answers=answers)]
    )
    spread = _named(text.gettext("How people answered"), name)
    if len(description.conventions.scale) == SHADED_POINTS:
        return [
            *figures,
            rating_distribution_figure(shown, subject, criterion, language, caption=spread),
        ]
    table = count_table(_described(shown), description, subject, language, caption=spread)
    return [*figures, table]


def _in_order(items: list[Rated], view: RankingView | None) -> list[Rated]:
    """Sort by estimate where there are tiers, else by mean."""
    if view is None:
        return by_mean(items)
    place = {item: row for row, item in enumerate(view.ranking.order)}
    return sorted(by_mean(items), key=lambda item: place.get(item.id, len(place)))


# --- tiers, agreement, opinion groups -------------------------------------------------------


def _result_blocks(
    found: CriterionResults,
    description: Description,
    subject: EvaluationSubject,
    criterion: str,
    language: str,
    view: RankingView | None,
) -> list[Block]:
    items = _in_order(rated_items(description, subject), view)
    agreement = agreement_section(
        found, description, subject, criterion, language, order=[item.id for item in items]
    )
    opinion = opinion_section(found, subject, criterion, language)
    rounds = second_round_section(found, description, subject, criterion, language)
    common = denominators_section(found, subject, criterion, language)
    tiers = _vote_tiers(found, description, language, view)
    return [*tiers, *agreement, *opinion, *rounds, *common]


def _vote_tiers(
    found: CriterionResults, description: Description, language: str, view: RankingView | None
) -> list[Block]:
    """Return the tiers of a vote; those of ratings open the section of their criterion."""
    tiers = tier_section(view, found, language) if is_vote(description) else []
    return [Heading(translator(language).gettext("Tiers")), *tiers] if tiers else []


# --- groups and method --------------------------------------------------------------------


def _split_tables(
    description: Description, subject: EvaluationSubject, criterion: str, language: str
) -> list[Table]:
    text = translator(language)
    items = rated_items(description, subject)
    ordered = by_agreement(items)[:TOP] if is_vote(description) else by_mean(items)
    name = subject.criterion_names.get(criterion, criterion)
    pattern = (
        text.gettext("Share that agrees, by: %(split)s")
        if is_vote(description)
        else text.gettext("Mean rating, by: %(split)s")
    )
    return [
        table
        for split in description.groups
        for table in group_tables(
            _described(ordered[:MAX_GROUP_ROWS]),
            description,
            subject,
            language,
            split=split,
            caption=_named(pattern % {"split": subject.split_names.get(split, split)}, name),
        )
    ]


def _method_blocks(
    by_criterion: Descriptions,
    subject: EvaluationSubject,
    language: str,
    results: EvaluationResults | None,
) -> list[Block]:
    text = translator(language)
    sentences = method_sentences(list(by_criterion.values()), language)
    if results is not None:
        sentences += result_sentences(results, language)
    blocks: list[Block] = [
        Panel((Bullets(tuple(sentences)),), title=text.gettext("How this was computed"))
    ]
    remarks = (*subject.remarks, *subject.sources)
    if remarks:
        blocks += [Heading(text.gettext("Source and remarks")), Bullets(remarks)]
    return blocks


def _described(items: list[Rated]) -> list[MeasureDescription]:
    return [item.described for item in items]


def _named(caption: str, name: str) -> str:
    return f"{name}: {caption}" if name else caption


def _count(n: int, language: str) -> str:
    return format_integer(n, language)


def _share(part: int, whole: int, language: str) -> str:
    return format_percent(part / whole, language) if whole else "–"
