"""Tables and charts of `reports` as the site shows them; heat tables of groups with shades."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.analysis.consensus import GroupCell, MeasureDescription
from alpclusters.platform.evaluation.domain.records import REGION, CriterionResult
from alpclusters.platform.evaluation.domain.science import RegionalResult
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports import blocks
from alpclusters.reports.blocks import Chart, plain
from alpclusters.reports.blocks import Figure as DrawnFigure
from alpclusters.reports.cells import column_formats, column_title, row_texts
from alpclusters.reports.charts.heat import class_words
from alpclusters.reports.evaluation_subject import EvaluationSubject, Rated
from alpclusters.reports.numbers import format_figure, format_integer, format_n
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.components.parts import Cell, Column, Figure, Table

# --- A chart of an evaluation with its sentence, what it shows, its note --------------------------


@dataclass(frozen=True)
class ChartPart:
    """A chart with its sentence, what it shows, its note."""

    title: str
    note: str
    view: ChartView


def chart_part(title: str, note: str, chart: Chart, language: str) -> ChartPart:
    """Draw a chart under a sentence."""
    return ChartPart(title, note, view_of(chart, caption=title, language=language))


def figure_part(figure: DrawnFigure, language: str) -> ChartPart:
    """Draw the figure of a document; its caption is the sentence."""
    return chart_part(figure.caption, plain(figure.note), figure.chart, language)


# --- Tables of `reports` as the site shows them; heat tables of groups with their shades ----------


SHADES: Final = 6
# Where the answers to each measure stand on the page.
ANSWERS: Final = "answers"
CANNOT_JUDGE: Final = "cannot-judge"


@dataclass(frozen=True)
class HeatCell(Cell):
    """A cell of a heat table; the shade repeats the value."""

    shade: str = ""


@dataclass(frozen=True)
class HeatView:
    """Means by group: what was found, the table, the words of the shades."""

    title: str
    what: str
    table: Table
    classes: Sequence[tuple[str, str]]


def site_table(table: blocks.Table, *, caption: str, language: str) -> Table:
    """Return a table of a document as a table of the site."""
    formats = column_formats(table, language)
    columns = [
        Column(column_title(c), is_number=c.kind in {"number", "percent"}) for c in table.columns
    ]
    rows = [row_texts(formats, row) for row in table.value_rows]
    return Table(caption, columns, rows, wide=True)


def resting_table(
    table: blocks.Table,
    items: Sequence[MeasureDescription],
    rated: Sequence[Rated],
    *,
    caption: str,
    language: str,
) -> Table:
    """Return the table of all measures; each mean leads to the answers it rests on."""
    found = site_table(table, caption=caption, language=language)
    by_id = {one.id: one for one in rated}
    pairs = zip(found.rows, items, strict=True)
    rows = [_resting(row, by_id.get(item.measure)) for row, item in pairs]
    return replace(found, rows=rows)


def _resting(row: Sequence[Any], one: Rated | None) -> list[Any]:
    if one is None or one.summary.mean is None:
        return list(row)
    name, mean, *others = row
    figure = Figure(
        "", mean, key="mean", exact=round(one.summary.mean, 2), n=one.summary.n,
        url=f"#{ANSWERS}", rests=f"{ANSWERS}.{one.id}",
    )  # fmt: skip
    return [name, Cell(mean, url=figure.url, figure=figure), *others]


def answers_table(table: Table, rated: Sequence[Rated]) -> Table:
    """Mark the counts of answers as what figures rest on: they add up to n, and n to all."""
    rows = [_counted(row, one) for row, one in zip(table.rows, rated, strict=True)]
    n = n_answers(rated)
    gaps = [""] * (len(table.columns) - 2)
    language = nearest_language(get_language())
    total = [_("Sum"), *gaps, Cell(format_integer(n, language), total=(ANSWERS, n))]
    return replace(table, rows=rows, total=total)


def n_answers(rated: Sequence[Rated]) -> int:
    """Count the answers to all measures that are shown."""
    return sum(one.summary.n for one in rated)


def _counted(row: Sequence[Any], one: Rated) -> list[Any]:
    key, counts = f"{ANSWERS}.{one.id}", one.summary.counts
    name, *cells, outside, n = row
    marked = [Cell(text, row=(key, k)) for text, k in zip(cells, counts, strict=True)]
    unable = f"{CANNOT_JUDGE}.{one.id}", one.summary.cannot_judge
    return [
        name,
        *marked,
        Cell(outside, row=unable, total=unable),
        Cell(n, row=(ANSWERS, one.summary.n), total=(key, one.summary.n)),
    ]


def heat_view(
    items: Sequence[MeasureDescription],
    result: CriterionResult,
    subject: EvaluationSubject,
    *,
    split: str,
    language: str,
) -> HeatView | None:
    """Show the mean of every measure in every group; None where nobody said a group."""
    groups = result.description.groups[split]
    if not groups or groups == (None,):
        return None
    words = subject.split_names[split]
    names = [subject.group_names.get((split, group), str(group)) for group in groups]
    modelled = result.regional if split == REGION else None
    rows = [
        [
            subject.item(item.measure),
            *(
                _modelled(int(item.measure), c, result, modelled, language)
                if modelled
                else _cell(c, result, language)
                for c in item.splits[split]
            ),
        ]
        for item in items
    ]
    title = _title(items, split)
    columns = [Column(_("Measure")), *(Column(name) for name in names)]
    what = (
        _("%(split)s: estimate of the model and n; “not stated”: mean") % {"split": words}
        if modelled
        else _("%(split)s: mean and n of each group that is large enough") % {"split": words}
    )
    return HeatView(title, what, Table(title, columns, rows), _classes(result, language))


def _cell(cell: GroupCell, result: CriterionResult, language: str) -> Cell | str:
    if cell.state == "withheld":
        return HeatCell("", suppressed=True)
    if cell.summary is None or cell.summary.mean is None:
        return "–"
    mean = cell.summary.mean
    return HeatCell(
        format_figure(mean, result.scale, language),
        note=format_n(cell.summary.n, language),
        shade=f"q{_step(mean, result)}",
    )


def _modelled(
    measure: int,
    cell: GroupCell,
    result: CriterionResult,
    modelled: RegionalResult,
    language: str,
) -> Cell | str:
    """Show the model's value; the mean for people who named no region."""
    found = modelled.at(measure, str(cell.group))
    if found is None:
        return _cell(cell, result, language)
    return HeatCell(
        format_figure(found.value, result.scale, language),
        note=format_n(found.n, language),
        shade=f"q{_step(found.value, result)}",
    )


def _step(mean: float, result: CriterionResult) -> int:
    low, *_rest, high = result.description.conventions.scale
    return min(SHADES, 1 + int((mean - low) / (high - low) * SHADES))


def _classes(result: CriterionResult, language: str) -> list[tuple[str, str]]:
    low, *_rest, high = result.description.conventions.scale
    limits = [low + (high - low) * step / SHADES for step in range(1, SHADES)]
    words = class_words(limits, language, 1, is_share=result.scale.is_share)
    return [(f"q{step}", text) for step, text in enumerate(words, start=1)]


def _title(items: Sequence[MeasureDescription], split: str) -> str:
    """Say what the table shows; it tests no difference, so it names no measure that leads."""
    if not any(cell.summary for item in items for cell in item.splits[split]):
        return _("The groups are too small to be shown apart")
    return _("The measures by group; these differences are not tested")
