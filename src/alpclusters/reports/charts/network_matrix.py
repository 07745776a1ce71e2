"""The matrix of regions as a drawing of its own, for files and documents.

On a page it is a real table; the numbers of both are the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import WITHHELD, Cell, Column, Table
from alpclusters.reports.charts.heat import RATIO_LIMITS, ratio_step
from alpclusters.reports.charts.parts import on_paper, shorten
from alpclusters.reports.charts.svg import (
    PAPER,
    Markup,
    element,
    hatch_path,
    paper_svg,
    paper_text,
)
from alpclusters.reports.numbers import format_integer, format_number
from alpclusters.reports.typefaces import text_width

_SHADES: Final = {-3: "dn3", -2: "dn2", -1: "dn1", 0: "d0", 1: "dp1", 2: "dp2", 3: "dp3"}
_ROW: Final = 26.0
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
        bottom = _HEAD + _ROW * len(self.names) + 14
        body += [*self._legend(bottom), paper_text(self.note, 0, bottom + 26, size=8, fill="ink3")]
        wide = max(left + side * len(self.names), text_width(self.note, 8), 7 * 62.0)
        return paper_svg(body, wide + 4, bottom + 32, title=self.title or self.alt, alt=self.alt)

    def _heads(self, left: float, side: float) -> Iterator[Markup]:
        for place, short in enumerate(self.shorts):
            x = left + (place + 0.5) * side
            yield paper_text(short, x, _HEAD - 7, size=8, anchor="middle", weight=600)

    def _rows(self, left: float, side: float) -> Iterator[Markup]:
        for line, (name, row) in enumerate(zip(self.names, self.cells, strict=True)):
            y = _HEAD + line * _ROW
            yield paper_text(name, 0, y + _ROW / 2 + 3, size=9, weight=600)
            for place, cell in enumerate(row):
                yield from self._cell(cell, left + place * side, y, side)

    def _cell(self, cell: RatioCell, x: float, y: float, side: float) -> Iterator[Markup]:
        box = {"x": x + 1, "y": y + 1, "width": side - 2, "height": _ROW - 2}
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
