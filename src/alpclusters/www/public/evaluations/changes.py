"""The second rating of the same people on a page: change, moves, what it does not prove."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from alpclusters.platform.evaluation.domain.records import CriterionResult
from alpclusters.reports import blocks
from alpclusters.reports.blocks import plain
from alpclusters.reports.evaluation_migration import migration_tables, moves_figure
from alpclusters.reports.evaluation_reasons import reason_sentences
from alpclusters.reports.evaluation_results import CriterionResults
from alpclusters.reports.evaluation_second_round import (
    round_doubts,
    round_figure,
    round_sentences,
    round_table,
)
from alpclusters.reports.evaluation_subject import EvaluationSubject
from alpclusters.reports.stored_results import criterion_results
from alpclusters.www.components.parts import Table
from alpclusters.www.public.evaluations.drawn import ChartPart, figure_part
from alpclusters.www.public.evaluations.tables import site_table


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
    table = round_table(comparison, subject, language)
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
