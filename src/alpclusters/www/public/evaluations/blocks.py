"""Tiers, agreement and opinion groups of a snapshot as parts of its report."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import override

from alpclusters.platform.evaluation.domain.records import Evaluation
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports import blocks
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Row,
)
from alpclusters.reports.charts.dots import DotChart
from alpclusters.reports.evaluation_ranking import RankingView, ranking_blocks
from alpclusters.reports.evaluation_subject import EvaluationSubject
from alpclusters.www.components.parts import Table
from alpclusters.www.public.evaluations.agreements import read_agreement
from alpclusters.www.public.evaluations.conventions import method_conventions
from alpclusters.www.public.evaluations.opinions import read_opinions
from alpclusters.www.public.evaluations.rankings import (
    combined_view,
    criterion_view,
    finding,
    sensitivity_table,
    weights_sentence,
)


def with_methods(
    document: Document, evaluation: Evaluation, subject: EvaluationSubject, language: str
) -> Document:
    """Add what the methods say to a report; its title becomes the finding of the tiers."""
    with override(language):
        view = _first_view(evaluation, subject, language)
        title = finding(view) if view else document.title
        parts = tuple(_blocks(evaluation, subject, language))
        told = tuple(method_conventions(evaluation, language))
    ending = (Bullets(told),) if told else ()
    kept = _without_means(document, evaluation, language)
    place = _place(kept)
    return replace(document, title=title, blocks=(*kept[:place], *parts, *kept[place:], *ending))


def _without_means(document: Document, evaluation: Evaluation, language: str) -> tuple[Block, ...]:
    """Leave the figures of means out where all criteria have tiers: one finding, not two."""
    if not all(one.ranking and one.ranking.is_usable for one in evaluation.criteria):
        return document.blocks
    means = translator(language).gettext("Mean rating")
    return tuple(block for block in document.blocks if not _is_dots(block, means))


def _is_dots(block: Block, title: str) -> bool:
    if not isinstance(block, Figure) or not isinstance(block.chart, DotChart):
        return False
    return block.chart.title == title


def _first_view(
    evaluation: Evaluation, subject: EvaluationSubject, language: str
) -> RankingView | None:
    first = next(iter(evaluation.criteria), None)
    return criterion_view(first, subject, language) if first else None


def _place(parts: tuple[Block, ...]) -> int:
    """Find the last heading: how it was computed stays at the end."""
    places = [i for i, block in enumerate(parts) if isinstance(block, Heading)]
    return places[-1] if places else len(parts)


def _blocks(evaluation: Evaluation, subject: EvaluationSubject, language: str) -> Iterator[Block]:
    for result in evaluation.criteria:
        name = subject.criterion_names[result.key]
        view = criterion_view(result, subject, language)
        agreement = read_agreement(result, subject, language)
        if view or agreement:
            yield Heading(_("%(aspect)s: tiers and agreement") % {"aspect": name})
        if view:
            yield from ranking_blocks(replace(view, criterion=name))
        if agreement:
            yield Figure(agreement.chart, agreement.title, agreement.note)
    yield from _combined(evaluation, subject, language)
    yield from _opinions(evaluation, subject, language)


def _combined(evaluation: Evaluation, subject: EvaluationSubject, language: str) -> Iterator[Block]:
    found = evaluation.combined
    view = combined_view(found, subject, language)
    if found is None or view is None:
        return
    name = _("All criteria together")
    yield Heading(name)
    yield Paragraph(weights_sentence(found, subject.criterion_names, language), "note")
    yield from ranking_blocks(replace(view, criterion=name))
    table = sensitivity_table(found, subject, language)
    if table:
        yield _table(table)


def _opinions(evaluation: Evaluation, subject: EvaluationSubject, language: str) -> Iterator[Block]:
    found = read_opinions(evaluation, subject, language)
    if found is None:
        return
    yield Heading(_("Opinion groups"))
    if found.part is None:
        yield Paragraph(" ".join(found.reasons))
        return
    part = found.part
    yield Figure(part.chart, part.title, f"{part.what}. {part.note}")
    yield Paragraph(part.shared)
    if part.statements and not part.is_folded:
        yield _table(part.statements)


def _table(table: Table) -> blocks.Table:
    """Return a table of the site as one of a document; its cells are texts."""
    columns = tuple(Column(str(column.label)) for column in table.columns)
    rows: tuple[Row, ...] = tuple(tuple(str(cell) for cell in row) for row in table.rows)
    return blocks.Table(columns, rows, str(table.caption))
