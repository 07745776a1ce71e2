"""Dots with intervals, by tiers: the estimate, how sure it is, how many people are behind it.

Order inside a tier means nothing; the tier is the statement. With a first round the row shows a
ring (first), a disc (second) and the line between.
"""

from dataclasses import dataclass
from typing import Final

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import WITHHELD, Cell, Column, Interval, Row, RowGroup, Table
from alpclusters.reports.charts.dot_rows import DotRow, Tier
from alpclusters.reports.charts.dots_paper import PaperDots
from alpclusters.reports.charts.parts import (
    axis_row,
    div,
    fluid,
    grid_row,
    hatch_rect,
    shorten,
    tick_lines,
    value_html,
)
from alpclusters.reports.charts.scales import Axis
from alpclusters.reports.charts.svg import (
    SITE,
    Markup,
    element,
    hatch_pattern,
    percent,
    unique_id,
)
from alpclusters.reports.numbers import (
    format_integer,
    format_interval,
    format_n,
    format_number,
    format_percent,
    needed_decimals,
)

__all__ = ["DotChart", "DotRow", "Tier"]

_N_TIERS: Final = 3


@dataclass(frozen=True, slots=True)
class DotChart:
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
    def places(self) -> int:
        """Decimals with which all figures are written."""
        if self.decimals is not None:
            return self.decimals
        figures = [n for r in self.rows for n in (r.value, r.low, r.high, r.first) if n is not None]
        return max(1, needed_decimals(figures))

    @property
    def _key(self) -> str:
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
        return {
            "low": format_number(self.axis.low, self.language),
            "high": format_number(self.axis.high, self.language),
        }

    def _sentence(self, row: DotRow) -> str:
        bits = [f"{row.label} {self._number(row.value)}"]
        if row.low is not None and row.high is not None:
            bits.append(f"({self._interval(row)})")
        if row.n is not None:
            bits.append(format_n(row.n, self.language))
        return " ".join(bits)

    def _number(self, value: float | None, *, signed: bool = False) -> str:
        if value is None:
            return ""
        return format_number(value, self.language, self.places, signed=signed)

    def _interval(self, row: DotRow) -> str:
        if row.low is None or row.high is None:
            return ""
        worded = row.first is not None
        return format_interval(row.low, row.high, self.language, self.places, worded=worded)

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
        columns = [Column(self.label_title)]
        if self.has_rounds:
            columns += [
                Column(text.gettext("First round"), "number", decimals=self.places),
                Column(text.gettext("Second round"), "number", decimals=self.places),
                Column(text.gettext("Change"), "number", decimals=self.places, signed=True),
            ]
        else:
            columns.append(Column(text.gettext("Estimate"), "number", decimals=self.places))
        columns.append(Column(text.gettext("90% interval"), "number", decimals=self.places))
        if any(row.rank for row in self.rows):
            columns.append(Column(text.gettext("Rank"), "number", decimals=0))
        columns.append(Column("n", "number", decimals=0))
        if any(row.cannot_judge is not None for row in self.rows):
            columns.append(Column(text.gettext("Cannot judge"), "percent", decimals=0))
        return columns

    def _cells(self, row: DotRow) -> Row:
        cells: list[Cell] = [row.first, row.value, row.change] if self.has_rounds else [row.value]
        cells.append(_ends(row.low, row.high))
        if any(other.rank for other in self.rows):
            cells.append(Interval(*row.rank) if row.rank else None)
        cells.append(row.n)
        if any(other.cannot_judge is not None for other in self.rows):
            cells.append(row.cannot_judge)
        if row.is_withheld:
            cells = [WITHHELD for _ in cells]
        return (row.label, *cells)

    # --- screen ---------------------------------------------------------------------------

    def svg_rows(self) -> str:
        """HTML rows for the screen; classes ``dots``, ``tier``, ``d``, ``ax``."""
        parts: list[str] = []
        if any(row.is_withheld for row in self.rows):
            parts.append(hatch_pattern(self._key))
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
                [hatch_rect(self._key, x=0, y=4, width="100%", height=20)]
                if row.is_withheld
                else []
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
        strong = self._number(
            row.value if row.first is None else row.change, signed=row.first is not None
        )
        interval = self._interval(row)
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


def _ends(low: float | None, high: float | None) -> Cell:
    return None if low is None or high is None else Interval(low, high)
