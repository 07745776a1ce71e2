"""Actions as small marks in a grid: by state, by region and level, level beside level."""

from dataclasses import dataclass
from typing import Final

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Column, StatusKind, Table
from alpclusters.reports.charts.parts import div, shorten, status_mark, status_paths
from alpclusters.reports.charts.svg import (
    PAPER,
    SITE,
    Markup,
    element,
    paper_svg,
    paper_text,
    rule,
)
from alpclusters.reports.numbers import format_integer
from alpclusters.reports.typefaces import wrap_text

_SHAPE: Final = 16
_LETTER: Final = 8.6  # mean width of a letter or digit of 15 px
_CHIP: Final = (46.0, 15.0)  # width and height of a mark on paper
_HEAD: Final = 24.0
_MOST_TITLES: Final = 40


@dataclass(frozen=True, slots=True)
class BoardCard:
    """An action: its code, its title, how it stands in a shape and a word."""

    code: str
    title: str
    kind: StatusKind
    word: str


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A line of the grid: its name and one group of actions per column.

    ``counts`` are the sizes of the groups where not all of their actions are drawn.
    """

    label: str
    cells: tuple[tuple[BoardCard, ...], ...]
    counts: tuple[int, ...] = ()

    def count(self, column: int) -> int:
        """Return how many actions a group has."""
        return self.counts[column] if self.counts else len(self.cells[column])


@dataclass(frozen=True, slots=True)
class BoardChart:
    """Actions in rows and columns; each is a shape with its code, all titles are in the table."""

    language: str
    columns: tuple[str, ...]
    rows: tuple[BoardRow, ...]
    row_title: str = ""
    column_title: str = ""
    title: str = ""

    # --- words ----------------------------------------------------------------------------

    @property
    def alt(self) -> str:
        """Columns with the number of actions in each."""
        text = translator(self.language)
        sums = [
            f"{name}: {format_integer(sum(row.count(i) for row in self.rows), self.language)}."
            for i, name in enumerate(self.columns)
        ]
        words = [text.gettext("Actions in groups."), *sums]
        return shorten(" ".join([*words, text.gettext("All titles are in the table.")]))

    def table(self) -> Table:
        """One row per action: row, column, action, status."""
        text = translator(self.language)
        heads = [name for name in (self.row_title, self.column_title) if name]
        columns = [
            *map(Column, heads),
            Column(text.gettext("Action")),
            Column(text.gettext("Status")),
        ]
        rows = tuple(
            (
                *((row.label,) if self.row_title else ()),
                *((name,) if self.column_title else ()),
                f"{card.code} {card.title}",
                card.word,
            )
            for row in self.rows
            for name, cards in zip(self.columns, row.cells, strict=True)
            for card in cards
        )
        return Table(tuple(columns), rows, name=self.title)

    # --- screen ---------------------------------------------------------------------------

    def svg_rows(self) -> str:
        """Draw for the screen: marks of fixed size that flow in columns, stacked on a phone."""
        n = min(len(self.columns), 7)
        head = div("pb-head", *(div("pb-name", name) for name in self.columns))
        rows = [self._screen_row(row) for row in self.rows]
        titled = " pb-titled" if self._has_titles else ""
        return element(
            "div", head, *rows, class_=f"pb n{n}{titled}", role="img", aria_label=self.alt
        )

    def _screen_row(self, row: BoardRow) -> Markup:
        label = [div("pb-label", row.label)] if row.label else []
        cells = [
            div(
                "pb-cell" if row.count(i) else "pb-cell pb-none",
                div("pb-name", name),
                self._count(row.count(i)),
                *self._cards(cards),
            )
            for i, (name, cards) in enumerate(zip(self.columns, row.cells, strict=True))
        ]
        return div("pb-row", *label, *cells)

    @property
    def _has_titles(self) -> bool:
        """Titles stand beside the codes as long as there are few actions."""
        return sum(map(len, (cell for row in self.rows for cell in row.cells))) <= _MOST_TITLES

    def _cards(self, cards: tuple[BoardCard, ...]) -> list[Markup]:
        return [
            element("span", _chip(card), card.title if self._has_titles else "", class_="pb-card")
            for card in cards
        ]

    def _count(self, n: int) -> Markup:
        return element("span", format_integer(n, self.language), class_="pb-n")

    # --- paper ----------------------------------------------------------------------------

    def standalone_svg(self, width: float) -> str:
        """Draw for a document: columns of equal width, marks in lines."""
        left = width * 0.2 if any(row.label for row in self.rows) else 0.0
        span = (width - left) / max(1, len(self.columns))
        y, body = _HEAD, [rule(0, _HEAD, width, _HEAD, stroke="ink", width=0.8)]
        for i, name in enumerate(self.columns):
            first = wrap_text(name, span - 6, 8)[:2]
            body += [
                paper_text(line, left + i * span + 2, _HEAD - 4 - 9 * (len(first) - 1 - k), size=8)
                for k, line in enumerate(first)
            ]
        for row in self.rows:
            height = self._paper_row(row, body, y, left, span)
            y += height
            body.append(rule(0, y, width, y, stroke="row", width=0.4))
        return paper_svg(body, width, y + 2, title=self.title or self.column_title, alt=self.alt)

    def _paper_row(
        self, row: BoardRow, body: list[Markup], y: float, left: float, span: float
    ) -> float:
        per_line = max(1, int(span // _CHIP[0]))
        lines = max((-(-len(cards) // per_line) for cards in row.cells), default=1)
        label = wrap_text(row.label, left - 8, 9) if row.label else []
        height = max(lines * _CHIP[1], len(label) * 10.5) + 8
        body += [paper_text(line, 0, y + 12 + 10.5 * k) for k, line in enumerate(label)]
        for i, cards in enumerate(row.cells):
            for k, card in enumerate(cards):
                x = left + i * span + 2 + (k % per_line) * _CHIP[0]
                top = y + 5 + (k // per_line) * _CHIP[1]
                body += [
                    status_mark(card.kind, x, top, 9, PAPER),
                    paper_text(card.code, x + 11, top + 8, size=8),
                ]
        return height


def _chip(card: BoardCard) -> Markup:
    """Draw one action: a picture of fixed size with shape and code."""
    code = element(
        "text", card.code, x=_SHAPE + 6, y=17, font_size=15, font_weight=600,
        attributes=SITE("ink"),
    )  # fmt: skip
    shape = element("g", *status_paths(card.kind), transform="translate(1 4)")
    width = round(_SHAPE + 10 + _LETTER * len(card.code))
    return element("svg", shape, code, class_="pb-chip", width=width, height=24)
