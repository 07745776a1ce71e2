"""Dots with intervals, by tiers: the estimate, how sure it is, how many people are behind it.

Order inside a tier means nothing; the tier is the statement. With a first round the row shows a
ring (first), a disc (second) and the line between.
"""

from dataclasses import dataclass
from typing import Final, Literal

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import WITHHELD, Cell, Column, Interval, Row, RowGroup, Table
from alpclusters.reports.cells import column_formats
from alpclusters.reports.charts.parts import (
    Axis,
    axis_row,
    div,
    fluid,
    grid_row,
    hatch_rect,
    label_lines,
    paper_axis,
    paper_axis_height,
    shorten,
    tick_lines,
    value_html,
    withheld_bar,
)
from alpclusters.reports.charts.svg import (
    PAPER,
    SITE,
    Markup,
    element,
    hatch_pattern,
    paper_svg,
    paper_text,
    percent,
    rule,
    unique_id,
)
from alpclusters.reports.numbers import (
    format_change,
    format_changes,
    format_figure,
    format_figures,
    format_integer,
    format_n,
    format_number,
    format_percent,
    needed_decimals,
)
from alpclusters.reports.typefaces import BODY, BODY_BOLD, text_width, wrap_text

# --- What a chart of dots says: rows in tiers, its words and its table, before it is drawn --------


@dataclass(frozen=True, slots=True)
class DotRow:
    """One measure: estimate, ends of its interval, people behind it, share of "cannot judge".

    ``value=None`` with ``is_withheld`` hides a group of fewer than five. ``first`` is the estimate
    of the first round (paired people); then ``low`` and ``high`` bound the *change*.
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    cannot_judge: float | None = None
    rank: tuple[int, int] | None = None
    first: float | None = None
    is_withheld: bool = False

    @property
    def change(self) -> float | None:
        """Second minus first estimate."""
        if self.value is None or self.first is None:
            return None
        return self.value - self.first

    @property
    def is_changed(self) -> bool:
        """Whether the interval of the change excludes zero."""
        return self.low is not None and self.high is not None and self.low * self.high > 0


@dataclass(frozen=True, slots=True)
class Tier:
    """Rows that cannot be told apart; an empty title draws no heading."""

    rows: tuple[DotRow, ...]
    title: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class DotFigures:
    """Estimates with intervals on one axis; ``label_title`` heads the rows ("Measure").

    ``decimals`` of all figures; None: as many as they have, one or two.
    """

    language: str
    tiers: tuple[Tier, ...]
    axis: Axis
    label_title: str
    title: str = ""
    decimals: int | None = None

    @property
    def rows(self) -> tuple[DotRow, ...]:
        """All rows, the tiers after each other."""
        return tuple(row for tier in self.tiers for row in tier.rows)

    @property
    def has_rounds(self) -> bool:
        """Whether the rows compare two rounds."""
        return any(row.first is not None for row in self.rows)

    @property
    def is_share(self) -> bool:
        """Whether means are written as per cent, and changes in percentage points."""
        return self.axis.is_share

    @property
    def places(self) -> int:
        """Decimals with which all figures are written."""
        if self.is_share:
            return 0
        if self.decimals is not None:
            return self.decimals
        figures = [n for r in self.rows for n in (r.value, r.low, r.high, r.first) if n is not None]
        return max(1, needed_decimals(figures))

    @property
    def key(self) -> str:
        """What tells its patterns from those of another chart on the same page."""
        return unique_id(self.title, self.tiers)

    # --- words ----------------------------------------------------------------------------

    @property
    def alt(self) -> str:
        """Kind, scale, highest and lowest row, and where all values stand."""
        text = translator(self.language)
        shown = sorted((r for r in self.rows if r.value is not None), key=lambda r: -(r.value or 0))
        if not shown:
            return text.gettext("Points with intervals; no value can be shown.")
        parts = [
            text.gettext("Points with intervals, scale %(low)s to %(high)s, rows: %(n)s.")
            % {**self._ends(), "n": format_integer(len(self.rows), self.language)},
            text.gettext("Highest: %(row)s.") % {"row": self._sentence(shown[0])},
            text.gettext("Lowest: %(row)s.") % {"row": self._sentence(shown[-1])},
            text.gettext("All values are in the table."),
        ]
        return shorten(" ".join(parts))

    def _ends(self) -> dict[str, str]:
        ends = {"low": self.axis.low, "high": self.axis.high}
        if self.is_share:
            return {name: format_percent(end, self.language) for name, end in ends.items()}
        return {name: format_number(end, self.language) for name, end in ends.items()}

    def _sentence(self, row: DotRow) -> str:
        bits = [f"{row.label} {self.number(row.value)}"]
        if row.low is not None and row.high is not None:
            bits.append(f"({self.interval(row)})")
        if row.n is not None:
            bits.append(format_n(row.n, self.language))
        return " ".join(bits)

    def number(self, value: float | None, *, signed: bool = False) -> str:
        """Write a figure with the decimals of the chart; signed: a change."""
        if value is None:
            return ""
        if signed:
            return format_change(value, self.axis, self.language, self.places)
        return format_figure(value, self.axis, self.language, self.places)

    def interval(self, row: DotRow) -> str:
        """Write the interval of a row; empty without one."""
        if row.low is None or row.high is None:
            return ""
        write = format_figures if row.first is None else format_changes
        return write(row.low, row.high, self.axis, self.language, self.places)

    # --- table ----------------------------------------------------------------------------

    def table(self) -> Table:
        """All values; tiers become group rows."""
        rows: list[Row | RowGroup] = []
        for tier in self.tiers:
            if tier.title:
                rows.append(RowGroup(tier.title, tier.words))
            rows += [self._cells(row) for row in tier.rows]
        return Table(tuple(self._columns()), tuple(rows), name=self.title)

    def _columns(self) -> list[Column]:
        text = translator(self.language)
        kind: Literal["number", "percent"] = "percent" if self.is_share else "number"
        columns = [Column(self.label_title)]
        if self.has_rounds:
            columns += [
                Column(text.gettext("First round"), kind, decimals=self.places),
                Column(text.gettext("Second round"), kind, decimals=self.places),
                Column(self._change_title(), "number", decimals=self.places, signed=True),
                Column(text.gettext("90% interval"), "number", decimals=self.places),
            ]
        else:
            columns += [
                Column(text.gettext("Estimate"), kind, decimals=self.places),
                Column(text.gettext("90% interval"), kind, decimals=self.places),
            ]
        if any(row.rank for row in self.rows):
            columns.append(Column(text.gettext("Rank"), "number", decimals=0))
        columns.append(Column("n", "number", decimals=0))
        if any(row.cannot_judge is not None for row in self.rows):
            columns.append(Column(text.gettext("Cannot judge"), "percent", decimals=0))
        return columns

    def _change_title(self) -> str:
        text = translator(self.language)
        if self.is_share:
            return text.gettext("Change in percentage points")
        return text.gettext("Change")

    def _points(self, change: float | None) -> float | None:
        return 100 * change if self.is_share and change is not None else change

    def _cells(self, row: DotRow) -> Row:
        cells: list[Cell] = [row.value, _ends(row.low, row.high)]
        if self.has_rounds:
            ends = _ends(self._points(row.low), self._points(row.high))
            cells = [row.first, row.value, self._points(row.change), ends]
        if any(other.rank for other in self.rows):
            cells.append(Interval(*row.rank) if row.rank else None)
        cells.append(row.n)
        if any(other.cannot_judge is not None for other in self.rows):
            cells.append(row.cannot_judge)
        if row.is_withheld:
            cells = [WITHHELD for _ in cells]
        return (row.label, *cells)


def _ends(low: float | None, high: float | None) -> Cell:
    return None if low is None or high is None else Interval(low, high)


# --- Dots with intervals on paper: labels left, plot, columns right, a rule opens each tier -------


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


# --- Dots with intervals, by tiers: the estimate, how sure it is, how many people are behind it


_N_TIERS: Final = 3


@dataclass(frozen=True, slots=True)
class DotChart(DotFigures):
    """Estimates with intervals on one axis, drawn for screen and paper."""

    # --- screen ---------------------------------------------------------------------------

    def svg_rows(self) -> str:
        """HTML rows for the screen; classes ``dots``, ``tier``, ``d``, ``ax``."""
        parts: list[str] = []
        if any(row.is_withheld for row in self.rows):
            parts.append(hatch_pattern(self.key))
        for number, tier in enumerate(self.tiers, start=1):
            if tier.title:
                parts.append(div("tier", tier.title, element("span", tier.words)))
            parts += [self._screen_row(row, min(number, _N_TIERS)) for row in tier.rows]
        return fluid("dots", self.alt, *parts, axis_row(self.axis))

    def _screen_row(self, row: DotRow, tier: int) -> Markup:
        marks = self._screen_marks(row, f"tier{tier}")
        return grid_row("d", row.label, [*tick_lines(self.axis), *marks], self._screen_value(row))

    def _screen_marks(self, row: DotRow, colour: str) -> list[Markup]:
        if row.value is None:
            return (
                [hatch_rect(self.key, x=0, y=4, width="100%", height=20)] if row.is_withheld else []
            )
        at = percent(self.axis.share(row.value))
        disc = element(
            "circle", cx=at, cy=14, r=7, attributes=SITE(colour, "surface"), stroke_width=2
        )
        if row.first is not None:
            first = percent(self.axis.share(row.first))
            return [
                _bar(first, at, colour, 2),
                element(
                    "circle",
                    cx=first,
                    cy=14,
                    r=6,
                    attributes=SITE("surface", colour),
                    stroke_width=2,
                ),
                disc,
            ]
        if row.low is None or row.high is None:
            return [disc]
        ends = percent(self.axis.share(row.low)), percent(self.axis.share(row.high))
        return [_bar(*ends, colour, 8, opacity=0.28), _bar(*ends, colour, 2), disc]

    def _screen_value(self, row: DotRow) -> Markup:
        text = translator(self.language)
        if row.is_withheld:
            return element("span", text.gettext("withheld"), class_="withheld")
        strong = self.number(
            row.value if row.first is None else row.change, signed=row.first is not None
        )
        interval = self.interval(row)
        lines = [format_n(row.n, self.language)] if row.n is not None else []
        if row.cannot_judge is not None:
            share = format_percent(row.cannot_judge, self.language)
            lines.append(
                element(
                    "span", text.gettext("cannot judge: %(share)s") % {"share": share}, class_="cj"
                )
            )
        return value_html(strong, f"({interval})" if interval else "", *lines)

    # --- paper ----------------------------------------------------------------------------

    def standalone_svg(self, width: float) -> str:
        """Draw for a document."""
        return PaperDots(self, width).draw()


def _bar(x1: str, x2: str, colour: str, width: float, opacity: float | None = None) -> Markup:
    return element(
        "line", x1=x1, x2=x2, y1=14, y2=14, attributes=SITE(stroke=colour), stroke_width=width,
        stroke_linecap="round" if opacity else None,
        stroke_opacity=f"{opacity:.2f}" if opacity else None,
    )  # fmt: skip
