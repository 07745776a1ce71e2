"""The second rating of the same people, and an AlpCafé beside the one before it, on a page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.analysis.scales import Scale
from alpclusters.platform.evaluation.domain.records import CriterionResult, Evaluation, word
from alpclusters.platform.evaluation.domain.snapshots import BothRounds, RoundFigures, SideBySide
from alpclusters.reports import blocks
from alpclusters.reports.blocks import plain
from alpclusters.reports.evaluation.results import CriterionResults
from alpclusters.reports.evaluation.second_round import (
    migration_tables,
    moves_figure,
    round_doubts,
    round_figure,
    round_sentences,
    round_table,
)
from alpclusters.reports.evaluation_subject import EvaluationSubject, reason_sentences
from alpclusters.reports.numbers import (
    format_figure,
    format_figures,
    format_integer,
    needed_decimals,
)
from alpclusters.reports.stored_results import criterion_results
from alpclusters.www.components.parts import Cell, Column, Crumb, Table
from alpclusters.www.public.evaluations.tables import ChartPart, figure_part, site_table

# --- The second rating of the same people on a page: change, moves, what it does not prove --------


@dataclass(frozen=True)
class ChangePart:
    """What the same people changed; without a chart the sentences say why."""

    told: Sequence[str]
    dots: ChartPart | None
    moves: ChartPart | None
    table: Table | None
    table_note: str
    migrations: Sequence[Table]
    migration_note: str
    doubts: Sequence[str]


def change_part(
    result: CriterionResult, subject: EvaluationSubject, language: str
) -> ChangePart | None:
    """Build the part of the second rating; None where people rated once."""
    found = criterion_results(result)
    if result.second_round is None or found is None:
        return None
    if found.second_round is None:
        why = reason_sentences("second_round", result.second_round.reasons, language)
        return _told(why, ())
    told, doubts = round_sentences(found, language), round_doubts(found, language)
    if all(item.state != "shown" for item in found.second_round.measures):
        return _told(told, doubts)
    return _shown(found, result, subject, language, told, doubts)


def _told(told: Sequence[str], doubts: Sequence[str]) -> ChangePart:
    return ChangePart(told, None, None, None, "", (), "", doubts)


def _shown(
    found: CriterionResults,
    result: CriterionResult,
    subject: EvaluationSubject,
    language: str,
    told: Sequence[str],
    doubts: Sequence[str],
) -> ChangePart | None:
    comparison = found.second_round
    if comparison is None:
        return None
    figure = round_figure(found, result.description, subject, result.key, language)
    table = round_table(comparison, subject, language, result.scale)
    moved = migration_tables(comparison, subject, language)
    return ChangePart(
        told=told,
        dots=figure_part(figure, language) if figure else None,
        moves=figure_part(moves_figure(comparison, subject, language), language),
        table=site_table(table, caption=table.caption, language=language),
        table_note=plain(table.note),
        migrations=[table for one in moved for table in _by_measure(one, language)],
        migration_note=plain(moved[0].note) if moved else "",
        doubts=doubts,
    )


def _by_measure(table: blocks.Table, language: str) -> list[Table]:
    """Cut a table of a document at the heads of its groups."""
    starts = [i for i, row in enumerate(table.rows) if isinstance(row, blocks.RowGroup)]
    ends = [*starts[1:], len(table.rows)]
    found = []
    for start, end in zip(starts, ends, strict=True):
        head, *rows = table.rows[start:end]
        words = f"{head.title} ({head.words})" if isinstance(head, blocks.RowGroup) else ""
        own = replace(table, rows=tuple(rows))
        found.append(site_table(own, caption=words, language=language))
    return found


# --- An AlpCafé beside the one before it: two groups of people, never a change of persons ---------


@dataclass(frozen=True)
class RoundsPart:
    """Both AlpCafés by measure."""

    title: str
    note: str
    earlier: Crumb
    table: Table


def read_rounds(
    before: SideBySide | None, evaluation: Evaluation, subject: EvaluationSubject, language: str
) -> RoundsPart | None:
    """Put both AlpCafés beside each other; None without an earlier one."""
    if before is None:
        return None
    title = _("Two AlpCafés side by side, not the same people")
    names = [word(one.title, language) for one in (before.evaluation, evaluation)]
    n_titles = [_("n, %(cafe)s") % {"cafe": name} for name in names]
    columns = [
        Column(_("Measure")),
        Column(_("Criterion")),
        Column(names[0], is_number=True),
        Column(n_titles[0], is_number=True),
        Column(names[1], is_number=True),
        Column(n_titles[1], is_number=True),
    ]
    rows = [_row(row, evaluation, subject, language) for row in before.rows]
    return RoundsPart(
        title=title,
        note=_note(before),
        earlier=Crumb(names[0], reverse("public:evaluation", args=[before.earlier.pk])),
        table=Table(title, columns, rows),
    )


def _note(before: SideBySide) -> str:
    unpaired = _(
        "These are two events: nobody can be followed from one AlpCafé to the next, so these are "
        "two groups of people. A difference may come from who took part; no change is computed."
    )
    estimate = (
        _("Estimates of the model with 90% interval.")
        if before.is_model
        else _("Means with 90% interval (Student’s t).")
    )
    return f"{unpaired} {estimate}"


def _row(
    row: BothRounds, evaluation: Evaluation, subject: EvaluationSubject, language: str
) -> list[Cell | str]:
    rated = evaluation.criterion(row.criterion)
    cells = [cell for one in (row.first, row.second) for cell in _cells(one, rated.scale, language)]
    return [subject.item(row.measure), word(rated.names, language), *cells]


def _cells(figures: RoundFigures | None, scale: Scale, language: str) -> list[Cell | str]:
    if figures is None:
        return [Cell("", suppressed=True), Cell("", suppressed=True)]
    if figures.estimate is None:
        return ["–", format_integer(figures.n, language)]
    decimals = max(1, needed_decimals([figures.estimate, figures.low or 0, figures.high or 0], 2))
    value = format_figure(figures.estimate, scale, language, decimals)
    if figures.low is None or figures.high is None:
        return [value, format_integer(figures.n, language)]
    ends = format_figures(figures.low, figures.high, scale, language, decimals)
    return [f"{value} ({ends})", format_integer(figures.n, language)]
