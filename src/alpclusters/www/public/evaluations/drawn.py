"""A chart of an evaluation with its sentence, what it shows, its note."""

from dataclasses import dataclass

from alpclusters.reports.blocks import Chart, Figure, plain
from alpclusters.www.components.charts import ChartView, view_of


@dataclass(frozen=True)
class ChartPart:
    """A chart with its sentence, what it shows, its note."""

    title: str
    note: str
    view: ChartView


def chart_part(title: str, note: str, chart: Chart, language: str) -> ChartPart:
    """Draw a chart under a sentence."""
    return ChartPart(title, note, view_of(chart, caption=title, language=language))


def figure_part(figure: Figure, language: str) -> ChartPart:
    """Draw the figure of a document; its caption is the sentence."""
    return chart_part(figure.caption, plain(figure.note), figure.chart, language)
