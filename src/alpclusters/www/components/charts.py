"""A chart of `reports` on a page: its drawing for the screen and its numbers as a table."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from alpclusters.reports.blocks import Chart
from alpclusters.reports.cells import column_formats, column_title, row_texts
from alpclusters.www.components.parts import Column, Table


@dataclass(frozen=True)
class ChartView:
    """What the tags ``chart`` and ``tile_map`` take."""

    drawing: SafeString
    table: Table


def view_of(chart: Chart, *, caption: str, language: str) -> ChartView:
    """Draw a chart for the screen and put its numbers into a table."""
    drawing = mark_safe(chart.svg_rows())  # noqa: S308 - the writers of `reports` escape every text
    return ChartView(drawing, table_of(chart, caption=caption, language=language))


def table_of(chart: Chart, *, caption: str, language: str) -> Table:
    """Return the numbers of a chart as a table of the site."""
    table = chart.table()
    formats = column_formats(table, language)
    columns = [Column(column_title(c), is_number=c.kind == "number") for c in table.columns]
    return Table(caption, columns, [row_texts(formats, row) for row in table.value_rows])
