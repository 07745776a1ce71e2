"""The parts of an evaluation page: one criterion, all together, opinions, the top three."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from alpclusters.analysis.consensus import MeasureDescription
from alpclusters.platform.evaluation.domain.records import SPLITS, CriterionResult, Evaluation, word
from alpclusters.reports.blocks import Figure as FigureBlock
from alpclusters.reports.blocks import Table as TableBlock
from alpclusters.reports.blocks import plain
from alpclusters.reports.claims.ratings import behind, tiers
from alpclusters.reports.evaluation.figures import (
    arrival_sentences,
    arrivals_table,
    mean_figure,
    rating_distribution_figure,
)
from alpclusters.reports.evaluation.joint_opinion import (
    has_map,
    is_stable,
    joint_figure,
    joint_opinion_of,
    joint_sentences,
    joint_shared,
    joint_table,
)
from alpclusters.reports.evaluation.ranking import RankingView, ranking_title, tier_figure
from alpclusters.reports.evaluation.results import person_lines, person_sentences, person_tables
from alpclusters.reports.evaluation.tables import rating_table
from alpclusters.reports.evaluation.top_three import (
    top_three_figure,
    top_three_order,
    top_three_order_note,
    top_three_withheld,
)
from alpclusters.reports.evaluation_subject import EvaluationSubject, Rated, by_mean, rated_items
from alpclusters.reports.numbers import format_integer
from alpclusters.www.components.charts import view_of
from alpclusters.www.components.parts import Table
from alpclusters.www.public.evaluations.answers import (
    AnswersPart,
    CommonPart,
    WeightingPart,
    answers_part,
    common_part,
    read_agreement,
    weighting_part,
)
from alpclusters.www.public.evaluations.changes import ChangePart, change_part
from alpclusters.www.public.evaluations.stored import (
    WhyTier,
    combined_view,
    criterion_view,
    doubts,
    ranking_table,
    sensitivity_table,
    weights_sentence,
    why_tiers,
)
from alpclusters.www.public.evaluations.tables import (
    ChartPart,
    HeatView,
    answers_table,
    chart_part,
    figure_part,
    heat_view,
    resting_table,
    site_table,
)

# --- What stands beside the rating on a page: the top three, and how the answers came in ----------


@dataclass(frozen=True)
class TopThreePart:
    """The points of the measures, or their order, and the sentence why there is no more."""

    chart: ChartPart | None = None
    order: Sequence[str] = ()
    withheld: str = ""


@dataclass(frozen=True)
class ArrivalsPart:
    """People and answers by source, what was late or informed."""

    table: Table
    told: Sequence[str]


def top_three_part(
    evaluation: Evaluation, subject: EvaluationSubject, language: str
) -> TopThreePart | None:
    """Build the part of the top three; None where nobody was asked."""
    found = evaluation.top_three
    if found is None:
        return None
    if found.first:
        order, why = top_three_order(found, subject), top_three_order_note(found, language)
        return TopThreePart(order=order, withheld=why)
    if not found.lines:
        return TopThreePart(withheld=top_three_withheld(language))
    return TopThreePart(figure_part(top_three_figure(found, subject, language), language))


@dataclass(frozen=True)
class PersonsPart:
    """What people say of themselves, apart from the opinions."""

    told: Sequence[str]
    tables: Sequence[Table]
    notes: Sequence[str]


def persons_part(evaluation: Evaluation, language: str) -> PersonsPart | None:
    """Build the part on statements about the person; None where there is none."""
    lines = person_lines(evaluation, language)
    if not lines:
        return None
    tables = person_tables(lines, language)
    return PersonsPart(
        person_sentences(language),
        [site_table(one, caption=one.caption, language=language) for one in tables],
        [str(one.note) for one in tables if one.note],
    )


def arrivals_part(evaluation: Evaluation, language: str) -> ArrivalsPart | None:
    """Build the part on sources; None where all came from phones, in time, uninformed."""
    found = evaluation.arrivals
    if found is None or found.is_plain:
        return None
    table = arrivals_table(found, language)
    shown = site_table(table, caption=table.caption, language=language)
    return ArrivalsPart(shown, arrival_sentences(found, language))


# --- The parts of an evaluation page: one criterion, all together, the map of opinions ------------


@dataclass(frozen=True)
class CriterionPart:
    """Everything on one criterion."""

    name: str
    question: str
    answers: AnswersPart | None
    dots: ChartPart | None
    whys: Sequence[WhyTier]
    doubts: Sequence[str]
    spread: ChartPart | None
    agreement: ChartPart | None
    table: Table
    table_note: str
    heats: Sequence[HeatView]
    change: ChangePart | None
    common: CommonPart | None
    weighting: WeightingPart | None


@dataclass(frozen=True)
class CombinedPart:
    """All criteria together: tiers, their reasons, what other weights would change."""

    dots: ChartPart | None
    whys: Sequence[WhyTier]
    doubts: Sequence[str]
    weights: str
    sensitivity: Table | None


@dataclass(frozen=True)
class OpinionsPart:
    """The verdict, the map with what lies where, and of groups what they share.

    ``lies`` has name and people of everything on the map that can be reached by pointer and
    keyboard, by its number; ``is_unjudged`` says that groups come from the earlier method.
    """

    sentences: Sequence[str]
    map: ChartPart | None
    lies: Sequence[tuple[int, str, str]]
    statements: Table | None
    shared: str
    is_folded: bool
    is_unjudged: bool


def rated_of(result: CriterionResult | None, subject: EvaluationSubject) -> list[Rated]:
    """Return the measures in the order of every list, else of their means."""
    if result is None:
        return []
    rated = by_mean(rated_items(result.description, subject))
    order = {measure: place for place, measure in enumerate(result.order)}
    return sorted(rated, key=lambda item: order.get(int(item.id), len(order)))


def criterion_part(
    result: CriterionResult, subject: EvaluationSubject, language: str
) -> CriterionPart:
    """Build the part of one criterion: charts, reasons, table, heat tables."""
    rated = rated_of(result, subject)
    order = {item.id: place for place, item in enumerate(rated)}
    listed = sorted(result.description.measures, key=lambda m: order.get(m.measure, len(order)))
    caption = _("All measures with n, interval and “cannot judge”")
    table = rating_table(
        listed, result.description, subject, language, caption=caption, scale=result.scale
    )
    view = criterion_view(result, subject, language)
    agreement = read_agreement(result, subject, language)
    return CriterionPart(
        name=word(result.names, language),
        question=word(result.questions, language),
        answers=answers_part(result, rated, subject, language),
        dots=_first_chart(view, rated, result, subject, language),
        whys=why_tiers(view) if view else (),
        # Without a mean nothing is ranked; the page says why in its lead.
        doubts=doubts(result.ranking, language) if rated else (),
        spread=_spread(rated, result, subject, language) if rated else None,
        agreement=chart_part(agreement.title, agreement.note, agreement.chart, language)
        if agreement
        else None,
        table=resting_table(
            table, listed, rated, caption=word(result.names, language), language=language
        ),
        table_note=plain(table.note),
        heats=_heats([m for m in listed if m.summary], result, subject, language),
        change=change_part(result, subject, language),
        common=common_part(result, subject, language),
        weighting=weighting_part(result, subject, language),
    )


def _first_chart(
    view: RankingView | None,
    rated: list[Rated],
    result: CriterionResult,
    subject: EvaluationSubject,
    language: str,
) -> ChartPart | None:
    """Show tiers; means where there are none."""
    if view is not None:
        return _tiers(view)
    return _dots(rated, result, subject, language) if rated else None


def _tiers(view: RankingView) -> ChartPart:
    title = ranking_title(view)
    figure = tier_figure(view)
    drawn = view_of(figure.chart, caption=title, language=view.language)
    told = f"{tiers(view.ranking, view.language).text}. {plain(figure.note)}"
    return ChartPart(title, told, replace(drawn, table=ranking_table(view, title)))


def combined_part(
    evaluation: Evaluation, subject: EvaluationSubject, language: str
) -> CombinedPart | None:
    """Build the part of all criteria together; None where they were not combined."""
    found = evaluation.combined
    if found is None:
        return None
    view = combined_view(found, subject, language)
    return CombinedPart(
        dots=_tiers(view) if view else None,
        whys=why_tiers(view) if view else (),
        doubts=doubts(found.ranking, language),
        weights=weights_sentence(found, subject.criterion_names, language),
        sensitivity=sensitivity_table(found, subject, language),
    )


def opinions_part(
    evaluation: Evaluation, subject: EvaluationSubject, language: str
) -> OpinionsPart | None:
    """Build what is said of camps and the map."""
    opinion = joint_opinion_of(evaluation, language)
    if opinion is None:
        return None
    found = opinion.found
    figure = joint_figure(opinion, subject, language) if has_map(found) else None
    table = joint_table(opinion, subject, language)
    return OpinionsPart(
        sentences=joint_sentences(found, language),
        map=figure_part(figure, language) if figure else None,
        lies=_lies(figure, language) if figure else (),
        statements=_as_cards(table, language) if table else None,
        shared=joint_shared(opinion, subject, language) if found.groups else "",
        is_folded=not is_stable(found),
        is_unjudged=found.is_unjudged,
    )


def _as_cards(table: TableBlock, language: str) -> Table:
    """Return a table of words: on a phone a card for each line can be read, a wide line cannot."""
    return replace(site_table(table, caption=table.caption, language=language), wide=False)


def _lies(figure: FigureBlock, language: str) -> list[tuple[int, str, str]]:
    """Number what the drawing lets one reach: the fifths of the axis, or the groups."""
    rows = figure.chart.table().value_rows
    return [
        (number, str(name), format_integer(int(str(n)), language))
        for number, (name, n) in enumerate(rows, start=1)
    ]


def _heats(
    items: Sequence[MeasureDescription],
    result: CriterionResult,
    subject: EvaluationSubject,
    language: str,
) -> list[HeatView]:
    found = [heat_view(items, result, subject, split=s, language=language) for s in SPLITS]
    return [view for view in found if view is not None] if items else []


def _dots(
    rated: list[Rated], result: CriterionResult, subject: EvaluationSubject, language: str
) -> ChartPart:
    title = behind(rated, subject, language).text
    figure = mean_figure(
        rated,
        result.description,
        language,
        caption=title,
        answers=subject.answers[result.key],
        scale=result.scale,
    )
    return figure_part(figure, language)


def _spread(
    rated: list[Rated], result: CriterionResult, subject: EvaluationSubject, language: str
) -> ChartPart:
    title = _("How people answered")
    figure = rating_distribution_figure(rated, subject, result.key, language, caption=title)
    part = figure_part(figure, language)
    return replace(part, view=replace(part.view, table=answers_table(part.view.table, rated)))
