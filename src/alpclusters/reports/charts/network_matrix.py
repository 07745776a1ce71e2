"""The matrix of regions as a drawing of its own, for files and documents.

On a page it is a real table; the numbers of both are the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import WITHHELD, Cell, Column, Interval, Row, Table
from alpclusters.reports.charts.heat import RATIO_LIMITS, ratio_step
from alpclusters.reports.charts.parts import (
    Axis,
    Tick,
    axis_row,
    fluid,
    grid_row,
    nice_axis,
    on_paper,
    paper_axis,
    shorten,
    tick_lines,
    value_html,
)
from alpclusters.reports.charts.svg import (
    PAPER,
    SITE,
    Markup,
    Paint,
    element,
    hatch_path,
    paper_svg,
    paper_text,
    percent,
)
from alpclusters.reports.numbers import (
    format_integer,
    format_interval,
    format_n,
    format_number,
    format_percent,
    format_share_interval,
)
from alpclusters.reports.typefaces import text_width

_SHADES: Final = {-3: "dn3", -2: "dn2", -1: "dn1", 0: "d0", 1: "dp1", 2: "dp2", 3: "dp3"}
_MATRIX_ROW: Final = 26.0
_HEAD: Final = 22.0
_LEAST: Final = 34.0
_MOST: Final = 58.0


@dataclass(frozen=True, slots=True)
class RatioCell:
    """Ratio to the expectation and number of ties; ``is_withheld`` shows neither.

    ``is_thin``: too little was expected for a colour.
    """

    ratio: float | None
    n: int = 0
    is_missing: bool = False
    is_withheld: bool = False
    is_self: bool = False
    is_thin: bool = False


@dataclass(frozen=True, slots=True)
class MatrixChart:
    """Pairs of regions: names of the rows, short names of the columns, cells row by row."""

    language: str
    names: tuple[str, ...]
    shorts: tuple[str, ...]
    cells: tuple[tuple[RatioCell, ...], ...]
    title: str = ""
    note: str = ""

    @property
    def alt(self) -> str:
        """Kind, size and the missing pairs."""
        text = translator(self.language)
        sentence = text.gettext("Matrix of %(n)s regions, observed divided by expected ties.")
        return shorten(" ".join([sentence % {"n": len(self.names)}, *self._missing()]))

    def _missing(self) -> list[str]:
        text = translator(self.language)
        pairs = [
            f"{self.names[i]} – {self.names[j]}"
            for i, row in enumerate(self.cells)
            for j, cell in enumerate(row)
            if i < j and cell.is_missing
        ]
        return [text.gettext("Missing: %(pairs)s.") % {"pairs": ", ".join(pairs)}] if pairs else []

    def table(self) -> Table:
        """Ratios; a withheld cell says so."""
        heads = (Column(""), *(Column(name, "number", decimals=2) for name in self.names))
        rows = tuple(
            (name, *(_value(cell) for cell in row))
            for name, row in zip(self.names, self.cells, strict=True)
        )
        return Table(heads, rows, name=self.title, note=self.note)

    def svg_rows(self) -> str:
        """Draw it; pages show a table instead."""
        return self.standalone_svg(520)

    def standalone_svg(self, width: float) -> str:
        """Draw for a document or a file."""
        left = max((text_width(name, 9) for name in self.names), default=0) + 8
        side = min(_MOST, max(_LEAST, (width - left) / max(len(self.names), 1)))
        body = [*self._heads(left, side), *self._rows(left, side)]
        bottom = _HEAD + _MATRIX_ROW * len(self.names) + 14
        body += [*self._legend(bottom), paper_text(self.note, 0, bottom + 26, size=8, fill="ink3")]
        wide = max(left + side * len(self.names), text_width(self.note, 8), 7 * 62.0)
        return paper_svg(body, wide + 4, bottom + 32, title=self.title or self.alt, alt=self.alt)

    def _heads(self, left: float, side: float) -> Iterator[Markup]:
        for place, short in enumerate(self.shorts):
            x = left + (place + 0.5) * side
            yield paper_text(short, x, _HEAD - 7, size=8, anchor="middle", weight=600)

    def _rows(self, left: float, side: float) -> Iterator[Markup]:
        for line, (name, row) in enumerate(zip(self.names, self.cells, strict=True)):
            y = _HEAD + line * _MATRIX_ROW
            yield paper_text(name, 0, y + _MATRIX_ROW / 2 + 3, size=9, weight=600)
            for place, cell in enumerate(row):
                yield from self._cell(cell, left + place * side, y, side)

    def _cell(self, cell: RatioCell, x: float, y: float, side: float) -> Iterator[Markup]:
        box = {"x": x + 1, "y": y + 1, "width": side - 2, "height": _MATRIX_ROW - 2}
        middle = x + side / 2
        if cell.is_withheld:
            yield hatch_path(box["x"], box["y"], box["width"], box["height"])
            return
        is_plain = cell.ratio is None or cell.is_thin
        fill = "surface" if is_plain else _SHADES[ratio_step(cell.ratio or 0.0)]
        edge = {"stroke_width": 2.4} if cell.is_missing else {}
        attributes = PAPER(fill, "ink" if cell.is_missing else "")
        yield element("rect", attributes=attributes, **box, **edge, rx=2)
        ink = on_paper(fill)
        shown = "·" if cell.ratio is None else format_number(cell.ratio, self.language, 1)
        count = format_integer(cell.n, self.language)
        yield paper_text(shown, middle, y + 12, size=9, anchor="middle", weight=600, fill=ink)
        yield paper_text(count, middle, y + 21, size=7, anchor="middle", fill=ink)

    def _legend(self, top: float) -> Iterator[Markup]:
        text = translator(self.language)
        limits = [format_number(limit, self.language) for limit in RATIO_LIMITS]
        words = [f"≤ {one}" for one in limits[:3]]
        words += [text.gettext("as expected"), *(f"≥ {one}" for one in limits[3:])]
        for place, (shade, word) in enumerate(zip(_SHADES.values(), words, strict=True)):
            x = place * 62.0
            yield element("rect", x=x, y=top, width=9, height=9, attributes=PAPER(shade, "row"))
            yield paper_text(word, x + 12, top + 8, size=8)


def _value(cell: RatioCell) -> Cell:
    return WITHHELD if cell.is_withheld else cell.ratio


# --- Windows of time side by side: a value with its interval, and what was expected, one row each


_CHANGE_ROW: Final = 22.0
_LABEL: Final = 70.0
_SIDE: Final = 120.0


@dataclass(frozen=True, slots=True)
class WindowRow:
    """One window: value, ends of its interval, expectation, ties behind it; None is unknown."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    expected: float | None = None
    n: int | None = None


@dataclass(frozen=True, slots=True)
class WindowChart:
    """One measure over windows of the same conventions."""

    language: str
    rows: tuple[WindowRow, ...]
    value_title: str
    level: float = 0.95
    kind: Literal["number", "percent"] = "number"
    title: str = ""

    @property
    def axis(self) -> Axis:
        """An axis that holds values, intervals and expectations, zero among them."""
        ends = [
            value
            for row in self.rows
            for value in (row.value, row.low, row.high, row.expected)
            if value is not None
        ]
        axis = nice_axis(ends or [0.0, 1.0])
        return Axis(
            axis.low, axis.high, tuple(Tick(t.value, self._text(t.value)) for t in axis.ticks)
        )

    @property
    def has_expected(self) -> bool:
        """Say whether any row has an expectation."""
        return any(row.expected is not None for row in self.rows)

    # --- words ----------------------------------------------------------------------------

    @property
    def alt(self) -> str:
        """Kind and all rows."""
        text = translator(self.language)
        told = "; ".join(f"{row.label}: {self._text(row.value)}" for row in self.rows)
        sentence = text.gettext("%(title)s by period, points with intervals.")
        return shorten(f"{sentence % {'title': self.value_title}} {told}.")

    def _text(self, value: float | None) -> str:
        if value is None:
            return "–"
        if self.kind == "percent":
            return format_percent(value, self.language)
        return format_number(value, self.language, 2)

    def _interval(self, row: WindowRow) -> str:
        if row.low is None or row.high is None:
            return ""
        if self.kind == "percent":
            return format_share_interval(row.low, row.high, self.language)
        return format_interval(row.low, row.high, self.language, 2)

    def table(self) -> Table:
        """All values."""
        text = translator(self.language)
        kind: Literal["number", "percent"] = self.kind
        decimals = 1 if kind == "percent" else 3
        share = format_percent(self.level, self.language)
        columns = [
            Column(text.gettext("Period")),
            Column(self.value_title, kind, decimals=decimals),
            Column(text.gettext("%(level)s interval") % {"level": share}, kind, decimals=decimals),
        ]
        if self.has_expected:
            columns.append(Column(text.gettext("Expected"), kind, decimals=decimals))
        columns.append(Column(text.gettext("Ties"), "number", decimals=0))
        return Table(tuple(columns), tuple(self._cells(r) for r in self.rows), name=self.title)

    def _cells(self, row: WindowRow) -> Row:
        ends = None if row.low is None or row.high is None else Interval(row.low, row.high)
        cells: list[Cell] = [row.label, row.value, ends]
        if self.has_expected:
            cells.append(row.expected)
        return (*cells, row.n)

    # --- drawing --------------------------------------------------------------------------

    def svg_rows(self) -> str:
        """HTML rows for the screen, as `DotChart`; a ring is the expectation."""
        axis = self.axis
        rows = [
            grid_row(
                "d", row.label, [*tick_lines(axis), *self._screen_marks(row, axis)],
                self._side(row),
            )
            for row in self.rows
        ]  # fmt: skip
        return fluid("dots", self.alt, *rows, axis_row(axis))

    def _screen_marks(self, row: WindowRow, axis: Axis) -> Iterator[Markup]:
        if row.low is not None and row.high is not None:
            ends = percent(axis.share(row.low)), percent(axis.share(row.high))
            yield _bar(*ends, 8, opacity="0.28")
            yield _bar(*ends, 2)
        if row.expected is not None:
            yield _ring(percent(axis.share(row.expected)), 14, 6, SITE)
        if row.value is not None:
            yield element(
                "circle", cx=percent(axis.share(row.value)), cy=14, r=7,
                attributes=SITE("lake", "surface"), stroke_width=2,
            )  # fmt: skip

    def _side(self, row: WindowRow) -> Markup:
        text = translator(self.language)
        interval = self._interval(row)
        lines = [format_n(row.n, self.language)] if row.n is not None else []
        if row.expected is not None:
            words = text.gettext("expected %(value)s") % {"value": self._text(row.expected)}
            lines.insert(0, words)
        return value_html(self._text(row.value), f"({interval})" if interval else "", *lines)

    def standalone_svg(self, width: float) -> str:
        """Draw for a document."""
        axis, plot = self.axis, max(width - _LABEL - _SIDE, 80.0)
        bottom = 18 + _CHANGE_ROW * len(self.rows)
        body = list(paper_axis(axis, _LABEL, plot, 14, bottom))
        for place, row in enumerate(self.rows):
            body += self._paper_row(row, 18 + (place + 0.5) * _CHANGE_ROW, axis, plot)
        return paper_svg(body, width, bottom + 4, title=self.title or self.alt, alt=self.alt)

    def _paper_row(self, row: WindowRow, y: float, axis: Axis, plot: float) -> list[Markup]:
        def x(value: float) -> float:
            return _LABEL + axis.share(value) * plot

        drawn = [paper_text(row.label, 0, y + 3)]
        if row.low is not None and row.high is not None:
            wide = max(x(row.high) - x(row.low), 0.5)
            drawn.append(
                element(
                    "rect", x=x(row.low), y=y - 2.4, width=wide, height=4.8, attributes=PAPER("q3")
                )
            )
        if row.expected is not None:
            drawn.append(_ring(x(row.expected), y, 3, PAPER))
        if row.value is not None:
            drawn.append(element("circle", cx=x(row.value), cy=y, r=3.2, attributes=PAPER("lake")))
        n = "" if row.n is None else f", n = {format_integer(row.n, self.language)}"
        told = f"{self._text(row.value)} ({self._interval(row)}){n}".replace(" ()", "")
        return [*drawn, paper_text(told, _LABEL + plot + 8, y + 3, size=8)]


def _bar(x1: str, x2: str, width: float, opacity: str | None = None) -> Markup:
    return element(
        "line", x1=x1, x2=x2, y1=14, y2=14, attributes=SITE(stroke="lake"), stroke_width=width,
        stroke_linecap="round" if opacity else None, stroke_opacity=opacity,
    )  # fmt: skip


def _ring(x: str | float, y: float, radius: float, paint: Paint) -> Markup:
    return element(
        "circle", cx=x, cy=y, r=radius, attributes=paint("surface", "larch-line"), stroke_width=2
    )
