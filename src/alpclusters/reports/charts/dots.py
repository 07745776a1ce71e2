"""Dots with intervals, by tiers: the estimate, how sure it is, how many people are behind it.

Order inside a tier means nothing; the tier is the statement. With a first round the row shows a
ring (first), a disc (second) and the line between.
"""

from dataclasses import dataclass
from typing import Final

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.charts.dot_rows import DotFigures, DotRow, Tier
from alpclusters.reports.charts.dots_paper import PaperDots
from alpclusters.reports.charts.parts import (
    axis_row,
    div,
    fluid,
    grid_row,
    hatch_rect,
    tick_lines,
    value_html,
)
from alpclusters.reports.charts.svg import (
    SITE,
    Markup,
    element,
    hatch_pattern,
    percent,
)
from alpclusters.reports.numbers import (
    format_n,
    format_percent,
)

__all__ = ["DotChart", "DotRow", "Tier"]

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
