"""A chart of `reports` on a page, and the ridge of the trail strip."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from django.utils.safestring import SafeString, mark_safe

from alpclusters.reports.blocks import Chart
from alpclusters.reports.cells import column_formats, column_title, row_texts
from alpclusters.www.components.parts import Column, Table

# --- The ridge of the trail strip: where its knots lie and how they are joined --------------------


HEIGHTS: Final = (60, 48, 54, 30, 42, 24, 36, 24, 38, 28, 52)
SUMMIT: Final = 16


@dataclass(frozen=True)
class Knot:
    """A station on the ridge; x in per cent so that the strip is fluid."""

    x: str
    y: int
    kind: str


@dataclass(frozen=True)
class Edge:
    """A line between two neighbours; dotted where one of them is missing."""

    x1: str
    y1: int
    x2: str
    y2: int
    is_dotted: bool


@dataclass(frozen=True)
class Ridge:
    """The whole line."""

    knots: tuple[Knot, ...]
    edges: tuple[Edge, ...]


def ridge(stations: Sequence[Any]) -> Ridge:
    """Place the stations; the current one is the summit.

    Parameters
    ----------
    stations : sequence of Station
        What the strip shows, in order.
    """
    knots = tuple(_knot(i, s.state, len(stations)) for i, s in enumerate(stations))
    pairs = pairwise(knots)
    edges = tuple(Edge(a.x, a.y, b.x, b.y, "missing" in {a.kind, b.kind}) for a, b in pairs)
    return Ridge(knots, edges)


def _knot(index: int, state: str, count: int) -> Knot:
    x = f"{100 * (index + 0.5) / count:.2f}%"
    return Knot(x, SUMMIT if state == "here" else _height(index, count), state)


def _height(index: int, count: int) -> int:
    if count == 1:
        return HEIGHTS[0]
    return HEIGHTS[round(index * (len(HEIGHTS) - 1) / (count - 1))]


# --- A chart of `reports` on a page: its drawing for the screen and its numbers as a table --------


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
