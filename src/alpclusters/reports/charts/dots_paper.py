"""Dots with intervals on paper: labels left, plot, columns right, a rule opens each tier."""

from dataclasses import dataclass
from typing import Final

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Table
from alpclusters.reports.cells import column_formats
from alpclusters.reports.charts.dot_rows import DotFigures, DotRow, Tier
from alpclusters.reports.charts.parts import (
    label_lines,
    paper_axis,
    paper_axis_height,
    withheld_bar,
)
from alpclusters.reports.charts.svg import (
    PAPER,
    Markup,
    element,
    paper_svg,
    paper_text,
    rule,
)
from alpclusters.reports.typefaces import BODY, BODY_BOLD, text_width, wrap_text

_ROW: Final = 15.2
_TIER: Final = 14.5
_LABEL: Final = 0.33  # share of the width for labels
_LEAST_PLOT: Final = 70.0
_COLOURS: Final = ("lake", "q5", "ink3")  # of the tiers; from the third on all alike


@dataclass(frozen=True, slots=True)
class _SideColumn:
    title: str
    texts: list[str]
    width: float


@dataclass(frozen=True, slots=True)
class PaperDots:
    """Draws one chart at a width in points."""

    chart: DotFigures
    width: float

    def draw(self) -> str:
        """Draw for a document: labels left, plot, columns right, a rule opens each tier."""
        width = self.width
        widest = max((text_width(row.label, 9, BODY_BOLD) for row in self.chart.rows), default=0)
        left = min(width * _LABEL, widest)
        columns = self._columns()
        while columns and _room(columns, width, left) < _LEAST_PLOT:
            columns = columns[1:]  # a narrow place: the values stand in the table
        plot = (left + 26, max(_room(columns, width, left), _LEAST_PLOT))
        body: list[str] = []
        head = paper_axis_height(self.chart.axis, plot[1])
        y = head + (0 if self.chart.tiers[0].title else 3)
        for number, tier in enumerate(self.chart.tiers, start=1):
            if tier.title:
                body += self._tier(tier, y, width)
                y += _TIER
            for row in tier.rows:
                marks, height = self._row(row, y, plot, left, columns, width, number)
                body += marks
                y += height
            y += 3
        drawn = [
            *paper_axis(self.chart.axis, *plot, head - 2, y),
            *_column_heads(columns, width, head),
        ]
        return paper_svg(
            [*drawn, *body],
            width,
            y + 2,
            title=self.chart.title or self.chart.label_title,
            alt=self.chart.alt,
        )

    def _columns(self) -> list[_SideColumn]:
        table = self.chart.table()
        wanted = [
            i for i, column in enumerate(table.columns)
            if i and column.kind == "number" and column.title not in self._hidden_titles()
        ]  # fmt: skip
        return [self._side_column(table, i) for i in wanted]

    def _hidden_titles(self) -> set[str]:
        text = translator(self.chart.language)
        if self.chart.has_rounds:
            return {text.gettext("First round"), text.gettext("Second round")}
        has_rank = any(row.rank for row in self.chart.rows)
        return {text.gettext("90% interval")} if has_rank else set()

    def _side_column(self, table: Table, index: int) -> _SideColumn:
        form = column_formats(table, self.chart.language)[index]
        texts = [form.text(row[index]) for row in table.value_rows]
        widest = max(text_width(item, 9) for item in (*texts, form.column.title))
        return _SideColumn(form.column.title, texts, widest + 14)

    def _tier(self, tier: Tier, y: float, width: float) -> list[Markup]:
        after = text_width(tier.title, 9, BODY_BOLD) + 6
        return [
            rule(0, y, width, y, stroke="ink", width=0.8),
            paper_text(tier.title, 0, y + 9.5, weight=700),
            paper_text(tier.words, after, y + 9.5, size=8, fill="ink3"),
        ]

    def _row(
        self, row: DotRow, y: float, plot: tuple[float, float], label: float,
        columns: list[_SideColumn], width: float, tier: int,
    ) -> tuple[list[str], float]:  # fmt: skip
        bold = row.first is not None and row.is_changed
        weight, face = (700, BODY_BOLD) if bold else (400, BODY)
        count = len(wrap_text(row.label, label, 9, face))
        height = max(_ROW, count * 10.5 + 4)
        middle = y + height / 2
        name = label_lines(row.label, label, 0, middle + 3, weight=weight, face=face)
        marks = self._marks(row, middle, plot, tier)
        index = self.chart.rows.index(row)
        return [name, *marks, *_side_texts(columns, index, middle + 3, width, row)], height

    def _marks(self, row: DotRow, y: float, plot: tuple[float, float], tier: int) -> list[Markup]:
        left, width = plot
        if row.value is None:
            hidden = withheld_bar(left, y - 5.5, width, 11, self.chart.language)
            return [hidden] if row.is_withheld else []
        x = left + self.chart.axis.share(row.value) * width
        colour = _COLOURS[min(tier, len(_COLOURS)) - 1]
        if row.first is not None:
            colour = "lake" if row.is_changed else "ink3"
            first = left + self.chart.axis.share(row.first) * width
            ring = element(
                "circle", cx=first, cy=y, r=3.2, attributes=PAPER("surface", "ink2"), stroke_width=1
            )
            return [rule(first, y, x, y, stroke=colour, width=1.6), ring, _disc(x, y, colour)]
        if row.low is None or row.high is None:
            return [_disc(x, y, colour)]
        x1, x2 = (left + self.chart.axis.share(end) * width for end in (row.low, row.high))
        pale = "row" if colour == "ink3" else "q3"
        bar = element(
            "rect", x=x1, y=y - 2.4, width=max(x2 - x1, 0.5), height=4.8, attributes=PAPER(pale)
        )
        return [bar, _disc(x, y, colour)]


def _room(columns: list[_SideColumn], width: float, left: float) -> float:
    return width - sum(column.width for column in columns) - left - 50


def _column_heads(columns: list[_SideColumn], width: float, head: float) -> list[Markup]:
    x, drawn = width, []
    for column in reversed(columns):
        drawn.append(paper_text(column.title, x, head - 7, size=8, anchor="end", fill="ink3"))
        x -= column.width
    return drawn


def _side_texts(
    columns: list[_SideColumn], index: int, y: float, width: float, row: DotRow
) -> list[Markup]:
    if row.is_withheld:
        return []
    x, drawn = width, []
    for column in reversed(columns):
        drawn.append(paper_text(column.texts[index], x, y, anchor="end"))
        x -= column.width
    return drawn


def _disc(x: float, y: float, colour: str) -> Markup:
    return element(
        "circle", cx=x, cy=y, r=3.2, attributes=PAPER(colour, "surface"), stroke_width=0.8
    )
