"""One answer per measure on a page; each estimate leads to the answers it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from alpclusters.platform.evaluation.domain.records import CriterionResult
from alpclusters.reports.blocks import plain
from alpclusters.reports.evaluation_answers import answers_table, answers_title
from alpclusters.reports.evaluation_subject import EvaluationSubject, Rated
from alpclusters.www.components.parts import Cell, Figure, Table
from alpclusters.www.public.evaluations.tables import ANSWERS, site_table

ESTIMATE = 2
"""Place of the estimate in a row."""


@dataclass(frozen=True)
class AnswersPart:
    """What was decided in a sentence, the table, how it is to be read."""

    title: str
    table: Table
    note: str


def answers_part(
    result: CriterionResult, rated: Sequence[Rated], subject: EvaluationSubject, language: str
) -> AnswersPart | None:
    """Build the table of answers; None where nothing was decided."""
    title = answers_title(result, language)
    name = subject.criterion_names[result.key]
    table = answers_table(result, subject, language, caption=name)
    if table is None or result.decisions is None:
        return None
    found = site_table(table, caption=name, language=language)
    by_id = {int(one.id): one for one in rated}
    rows = [
        _resting(row, one.value, by_id[int(one.measure)])
        for row, one in zip(found.rows, result.decisions.measures, strict=True)
    ]
    return AnswersPart(title, replace(found, rows=rows, wide=False), plain(table.note))


def _resting(row: Sequence[str], value: float | None, one: Rated) -> list[Cell | str]:
    """Lead from the estimate to how people answered."""
    cells: list[Cell | str] = list(row)
    figure = Figure(
        "", row[ESTIMATE], key="estimate", exact=value, n=one.summary.n,
        url=f"#{ANSWERS}", rests=f"{ANSWERS}.{one.id}",
    )  # fmt: skip
    cells[ESTIMATE] = Cell(row[ESTIMATE], url=figure.url, figure=figure)
    return cells
