"""The schematic tile map: one square per region, position approximate, value inside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import WITHHELD, Column, Marker, Row, Table
from alpclusters.reports.charts.heat import class_words, sequential_step
from alpclusters.reports.charts.parts import hatch_rect, legend, on, on_paper, shorten
from alpclusters.reports.charts.svg import (
    PAPER,
    SITE,
    Markup,
    Value,
    element,
    hatch_path,
    hatch_pattern,
    join,
    paper_svg,
    paper_text,
    unique_id,
)
from alpclusters.reports.numbers import format_number

_SIZE: Final = 40
_SIDE: Final = 37
_MOST_SCALE: Final = 0.9  # a map of few tiles does not blow them up


@dataclass(frozen=True, slots=True)
class Tile:
    """Where a region lies on the grid: column 0 is west, row 0 north."""

    code: str
    short: str
    name: str
    country: str
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class TileMap:
    """Values per region code; a missing code is "no entry", `WITHHELD` is hatched.

    ``limits`` are the lower ends of the classes 2 to 6; ``what`` names the value in the plural
    ("cluster organisations"); ``links`` lead from a tile to its page.
    """

    language: str
    tiles: tuple[Tile, ...]
    values: Mapping[str, float | Marker]
    limits: tuple[float, ...]
    what: str
    title: str = ""
    decimals: int = 0
    links: Mapping[str, str] = field(default_factory=dict)

    @property
    def _key(self) -> str:
        return unique_id(self.title, self.what, sorted(map(str, self.values.items())))

    @property
    def _ordered(self) -> list[Tile]:
        return sorted(self.tiles, key=lambda tile: (tile.row, tile.column))

    @property
    def _extent(self) -> tuple[int, int]:
        columns = 1 + max(tile.column for tile in self.tiles)
        rows = 1 + max(tile.row for tile in self.tiles)
        return columns * _SIZE, rows * _SIZE

    def _number(self, tile: Tile) -> str:
        value = self.values.get(tile.code)
        if value is None or isinstance(value, Marker):
            return ""
        return format_number(value, self.language, self.decimals)

    def _fill(self, tile: Tile) -> str:
        value = self.values.get(tile.code)
        if value is None or isinstance(value, Marker):
            return "q0"
        return f"q{sequential_step(value, self.limits)}"

    def _name(self, tile: Tile) -> str:
        """Name a tile, the visible text first: "Sbg 4 Salzburg (AT32): 4 cluster organisations"."""
        text = translator(self.language)
        visible = f"{tile.short} {self._number(tile)}".strip()
        value = self.values.get(tile.code)
        words = f"{self.what}: {self._number(tile)}"
        if value is None:
            words = text.gettext("no entry")
        elif value is WITHHELD:
            words = text.gettext("withheld")
        return f"{visible} {tile.name} ({tile.code}): {words}"

    @property
    def alt(self) -> str:
        """Kind, what is counted, the highest region, how many have no entry."""
        text = translator(self.language)
        known = [(value, tile) for tile in self.tiles if (value := self._float(tile)) is not None]
        parts = [
            text.gettext("Schematic map, regions: %(n)s, %(what)s; position approximate.")
            % {"n": len(self.tiles), "what": self.what}
        ]
        if known:
            value, tile = max(known, key=lambda pair: pair[0])
            shown = format_number(value, self.language, self.decimals)
            parts.append(text.gettext("Highest: %(row)s.") % {"row": f"{tile.name}, {shown}"})
        parts.append(text.gettext("Without entry: %(n)s.") % {"n": len(self.tiles) - len(known)})
        parts.append(text.gettext("All values are in the table."))
        return shorten(" ".join(parts))

    def _float(self, tile: Tile) -> float | None:
        value = self.values.get(tile.code)
        return None if value is None or isinstance(value, Marker) else float(value)

    def table(self) -> Table:
        """Regions with code, country and value."""
        text = translator(self.language)
        columns = (
            Column(text.gettext("Region")),
            Column(text.gettext("Code"), "code"),
            Column(text.gettext("Country"), "code"),
            Column(self.what, "number", decimals=self.decimals),
        )
        rows = tuple(self._cells(tile) for tile in self._ordered)
        return Table(columns, rows, name=self.title)

    def _cells(self, tile: Tile) -> Row:
        return (tile.name, tile.code, tile.country, self.values.get(tile.code))

    # --- screen ---------------------------------------------------------------------------

    def svg_rows(self) -> str:
        """Draw for the screen, with links where there are any, and the legend."""
        width, height = self._extent
        tiles = [self._screen_tile(tile) for tile in self._ordered]
        borders = element(
            "path", d=self._borders(), attributes=SITE("none", "ink"), stroke_width=2.2,
            stroke_linecap="round",
        )  # fmt: skip
        svg = element(
            "svg", *tiles, borders, class_="tiles", viewBox=f"-1 -1 {width + 2} {height + 2}",
            width=min(width * 1.35, 544), role="group" if self.links else "img",
            aria_label=self.alt,
        )  # fmt: skip
        return Markup(hatch_pattern(self._key) + svg + legend(self._legend(), self._key))

    def _screen_tile(self, tile: Tile) -> Markup:
        x, y = tile.column * _SIZE + 1.5, tile.row * _SIZE + 1.5
        fill = self._fill(tile)
        if self.values.get(tile.code) is WITHHELD:
            square = hatch_rect(self._key, x=x, y=y, width=_SIDE, height=_SIDE)
        else:
            square = element(
                "rect", x=x, y=y, width=_SIDE, height=_SIDE, rx=4, attributes=SITE(fill, "line")
            )
        texts = self._screen_texts(tile, x + 18.5, y, on(fill))
        link = self.links.get(tile.code)
        name: dict[str, Value] = {"aria-label": self._name(tile)}
        if link:
            return element("a", square, *texts, class_="a-tile", href=link, attributes=name)
        return element("g", element("title", self._name(tile)), square, *texts)

    def _screen_texts(self, tile: Tile, x: float, y: float, class_: str) -> list[Markup]:
        number = self._number(tile)
        drawn = [
            element(
                "text", tile.short, x=x, y=y + (16.5 if number else 23.5), font_size=15,
                font_weight=600, text_anchor="middle", class_=class_,
            )
        ]  # fmt: skip
        if number:
            drawn.append(Markup(" "))  # else the two are read as one word
            drawn.append(
                element(
                    "text", number, x=x, y=y + 31.5, font_size=14, text_anchor="middle",
                    class_=class_,
                )
            )  # fmt: skip
        return drawn

    def _legend(self) -> list[tuple[str, str]]:
        text = translator(self.language)
        words = self._class_words()
        entries = [("q0", text.gettext("no entry"))]
        entries += [(f"q{i}", word) for i, word in enumerate(words, start=1)]
        if any(value is WITHHELD for value in self.values.values()):
            entries.append(("hatch", text.gettext("withheld")))
        return entries

    def _class_words(self) -> tuple[str, ...]:
        return class_words(self.limits, self.language, self.decimals)

    def _borders(self) -> str:
        """Draw a line wherever two tiles of different countries touch."""
        at = {(tile.column, tile.row): tile.country for tile in self.tiles}
        commands = []
        for (column, row), country in sorted(at.items()):
            x, y = column * _SIZE, row * _SIZE
            if at.get((column + 1, row), country) != country:
                commands.append(f"M{x + _SIZE} {y}v{_SIZE}")
            if at.get((column, row + 1), country) != country:
                commands.append(f"M{x} {y + _SIZE}h{_SIZE}")
        return "".join(commands)

    # --- paper ----------------------------------------------------------------------------

    def standalone_svg(self, width: float) -> str:
        """Draw for a document: map of at most 300 points, legend at its right."""
        columns, rows = self._extent
        scale = min(min(300.0, width * 0.7) / (columns + 2), _MOST_SCALE)
        tiles = [self._paper_tile(tile) for tile in self._ordered]
        borders = element(
            "path", d=self._borders(), attributes=PAPER("none", "ink"), stroke_width=2.2,
            stroke_linecap="round",
        )  # fmt: skip
        group = element("g", *tiles, borders, transform=f"scale({scale:.4f}) translate(1 1)")
        key = self._paper_legend((columns + 2) * scale + 16)
        height = (rows + 2) * scale
        return paper_svg([group, key], width, height, title=self.title or self.what, alt=self.alt)

    def _paper_tile(self, tile: Tile) -> Markup:
        x, y = tile.column * _SIZE + 1.5, tile.row * _SIZE + 1.5
        fill, number = self._fill(tile), self._number(tile)
        square = element(
            "rect", x=x, y=y, width=_SIDE, height=_SIDE, rx=4, attributes=PAPER(fill, "strong")
        )
        if self.values.get(tile.code) is WITHHELD:
            square = hatch_path(x, y, _SIDE, _SIDE, 5)
        ink, centre = on_paper(fill), x + _SIDE / 2
        short = paper_text(
            tile.short, centre, y + (16.5 if number else 23.5), size=14, anchor="middle",
            weight=600, fill=ink,
        )  # fmt: skip
        value = paper_text(number, centre, y + 31.5, size=13, anchor="middle", fill=ink)
        return join((square, short, value if number else ""))

    def _paper_legend(self, x: float) -> Markup:
        drawn: list[str] = []
        for i, (fill, word) in enumerate(self._legend()):
            y = 6 + i * 13.0
            square = (
                hatch_path(x, y, 11, 8)
                if fill == "hatch"
                else element("rect", x=x, y=y, width=11, height=8, attributes=PAPER(fill, "strong"))
            )
            drawn += [square, paper_text(word, x + 16, y + 7.2, size=8, fill="ink2")]
        return join(drawn)
