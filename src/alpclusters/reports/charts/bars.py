"""Horizontal bars with their values at the end; a pale bar is the base of comparison."""

from dataclasses import dataclass
from typing import Final

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import WITHHELD, Column, Row, Table
from alpclusters.reports.charts.parts import (
    div,
    fluid,
    hatch_rect,
    label_lines,
    row_svg,
    shorten,
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
    unique_id,
)
from alpclusters.reports.numbers import format_number
from alpclusters.reports.typefaces import BODY_SEMIBOLD, text_width, wrap_text

_ROW: Final = 15.4
_BAR: Final = 10.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; ``value=None`` is withheld; ``detail`` stands behind the value (n, a share)."""

    label: str
    value: float | None
    detail: str = ""
    is_pale: bool = False


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars from zero; ``value_title`` names what is counted, ``unit`` stands after each value."""

    language: str
    bars: tuple[Bar, ...]
    label_title: str
    value_title: str
    title: str = ""
    unit: str = ""
    decimals: int = 0

    @property
    def _key(self) -> str:
        return unique_id(self.title, self.bars)

    @property
    def _most(self) -> float:
        return max((abs(bar.value) for bar in self.bars if bar.value is not None), default=0) or 1

    def _value(self, bar: Bar) -> str:
        if bar.value is None:
            return translator(self.language).gettext("withheld")
        text = format_number(bar.value, self.language, self.decimals)
        return f"{text}\u00a0{self.unit}" if self.unit else text

    @property
    def alt(self) -> str:
        """Kind, what is counted, the first bars with their values."""
        text = translator(self.language)
        parts = [
            text.gettext("Bars, %(what)s, rows: %(n)s.")
            % {"what": self.value_title, "n": len(self.bars)},
            *(f"{bar.label}: {self._value(bar)}." for bar in self.bars[:3]),
            text.gettext("All values are in the table."),
        ]
        return shorten(" ".join(parts))

    def table(self) -> Table:
        """Labels, values and details."""
        columns = [
            Column(self.label_title),
            Column(self.value_title, "number", self.unit, self.decimals),
        ]
        has_details = any(bar.detail for bar in self.bars)
        if has_details:
            columns.append(Column(translator(self.language).gettext("Detail")))
        rows = tuple(self._cells(bar, has_details=has_details) for bar in self.bars)
        return Table(tuple(columns), rows, name=self.title)

    def _cells(self, bar: Bar, *, has_details: bool) -> Row:
        value = WITHHELD if bar.value is None else bar.value
        return (bar.label, value, bar.detail) if has_details else (bar.label, value)

    def svg_rows(self) -> str:
        """HTML rows for the screen; classes ``bars plain``, ``b``."""
        hidden = any(bar.value is None for bar in self.bars)
        rows = [self._screen_row(bar) for bar in self.bars]
        chart = fluid("bars plain", self.alt, *rows)
        return Markup((hatch_pattern(self._key) if hidden else "") + chart)

    def _screen_row(self, bar: Bar) -> Markup:
        value = div("n", element("b", self._value(bar)), f" {bar.detail}" if bar.detail else "")
        return div("b", div("lab", bar.label), row_svg(self._screen_bar(bar)), value)

    def _screen_bar(self, bar: Bar) -> Markup:
        if bar.value is None:
            return hatch_rect(self._key, x=0, y=4, width="100%", height=20)
        colours = SITE("lake-soft", "lake-line") if bar.is_pale else SITE("lake")
        width = percent(abs(bar.value) / self._most)
        return element("rect", x=0, y=4, width=width, height=20, attributes=colours)

    def standalone_svg(self, width: float) -> str:
        """Draw for a document: label, bar, value in bold behind it."""
        left = width * 0.27
        widest = max(self._tail_width(bar) for bar in self.bars)
        room = width - left - widest - 10
        body: list[str] = []
        y = 1.0
        for bar in self.bars:
            height = max(_ROW, len(wrap_text(bar.label, left - 10, 9)) * 10.5 + 4)
            body += self._paper_bar(bar, y + height / 2, left, room)
            y += height
        return paper_svg(body, width, y + 1, title=self.title or self.value_title, alt=self.alt)

    def _tail_width(self, bar: Bar) -> float:
        return text_width(self._value(bar), 9, BODY_SEMIBOLD) + text_width(f"  {bar.detail}", 8)

    def _paper_bar(self, bar: Bar, y: float, left: float, room: float) -> list[str]:
        label = label_lines(bar.label, left - 10, 0, y + 3)
        if bar.value is None:
            return [label, withheld_bar(left, y - _BAR / 2, room, _BAR, self.language)]
        length = room * abs(bar.value) / self._most
        colours = PAPER("lake-soft") if bar.is_pale else PAPER("lake")
        rect = element(
            "rect", x=left, y=y - _BAR / 2, width=max(length, 0.4), height=_BAR, attributes=colours
        )
        value = self._value(bar)
        x = left + length + 4
        drawn: list[str] = [label, rect, paper_text(value, x, y + 3, weight=600)]
        if bar.detail:
            after = x + text_width(value, 9, BODY_SEMIBOLD) + 5
            drawn.append(paper_text(bar.detail, after, y + 3, size=8, fill="ink3"))
        return drawn
