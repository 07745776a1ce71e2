"""A picture of organisations and ties: at most forty marks, each with its name beside it.

Below 640 px the names give way to numbers, with a list underneath. A matrix or a table tells more;
a picture is the second view, and all it shows stands in its table too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Column, Row, Table
from alpclusters.reports.charts.network_labels import LabelBox, place_labels
from alpclusters.reports.charts.parts import shorten
from alpclusters.reports.charts.svg import (
    PAPER,
    SITE,
    Markup,
    Paint,
    coordinate,
    element,
    join,
    paper_svg,
    paper_text,
)
from alpclusters.reports.numbers import format_integer

WIDTH: Final = 820.0
HEIGHT: Final = 620.0
_MARGIN_X: Final = 165.0
_MARGIN_Y: Final = 34.0
_SIZE: Final = 13.5
_LONGEST: Final = 25
_COLOURS: Final = tuple(f"c{number}" for number in range(1, 8))
_OTHER: Final = "ink3"
_PAPER_WIDTH: Final = 480.0
_EQUAL: Final = 0.2


@dataclass(frozen=True, slots=True)
class Mark:
    """An organisation: where it stands from 0 to 1, what it is called, to which group it belongs.

    ``is_centre`` marks the one the picture is about; ``url`` leads to its page.
    """

    x: float
    y: float
    name: str
    group: str
    group_name: str = ""
    size: float = 0.0
    url: str = ""
    label: str = ""
    is_centre: bool = False

    @property
    def short(self) -> str:
        """Return the name as it stands in the picture."""
        return shorten(self.label or self.name, _LONGEST)


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie between two marks, by their places; ``share`` from 0 to 1 is how strong it is."""

    first: int
    second: int
    weight: float
    share: float = 0.5


@dataclass(frozen=True)
class NetworkPicture:
    """Organisations and ties in a plane; the directions mean nothing."""

    language: str
    marks: tuple[Mark, ...]
    edges: tuple[Edge, ...]
    title: str = ""
    weight_title: str = ""

    # --- words ----------------------------------------------------------------------------

    @property
    def alt(self) -> str:
        """Kind, sizes, and the organisations with most ties."""
        text = translator(self.language)
        partners = self.partners
        order = sorted(range(len(self.marks)), key=lambda k: (-partners[k], k))
        names = ", ".join(self.marks[k].short for k in order[:3])
        sentence = text.gettext(
            "Network picture, organisations: %(n)s, ties: %(m)s. Most ties: %(names)s. All ties "
            "are in the table."
        )
        n, m = (format_integer(len(part), self.language) for part in (self.marks, self.edges))
        return shorten(sentence % {"n": n, "m": m, "names": names})

    def table(self) -> Table:
        """Every tie: who with whom, and how much."""
        text = translator(self.language)
        columns = (
            Column(text.gettext("Organisation")),
            Column(text.gettext("Partner")),
            Column(self.weight_title or text.gettext("Ties"), "number"),
        )
        edges = sorted(self.edges, key=lambda edge: (-edge.weight, edge.first, edge.second))
        rows: tuple[Row, ...] = tuple(
            (self.marks[edge.first].name, self.marks[edge.second].name, edge.weight)
            for edge in edges
        )
        return Table(columns, rows, name=self.title)

    @cached_property
    def partners(self) -> list[int]:
        """Ties of each mark within the picture."""
        counts = [0] * len(self.marks)
        for edge in self.edges:
            counts[edge.first] += 1
            counts[edge.second] += 1
        return counts

    @cached_property
    def groups(self) -> list[tuple[str, str]]:
        """Groups with their names, the most frequent first."""
        counts: dict[str, int] = {}
        names: dict[str, str] = {}
        for mark in self.marks:
            counts[mark.group] = counts.get(mark.group, 0) + 1
            names[mark.group] = mark.group_name or mark.group
        order = sorted(counts, key=lambda code: (-counts[code], code))
        return [(code, names[code]) for code in order]

    def _colour(self, group: str) -> str:
        place = [code for code, _name in self.groups].index(group)
        return _COLOURS[place] if place < len(_COLOURS) and group else _OTHER

    # --- drawing --------------------------------------------------------------------------

    def svg_rows(self) -> str:
        """Draw for the screen: names as links; below 640 px numbers and a list."""
        drawing = element(
            "svg",
            *self._edges(SITE),
            *(self._site_mark(place) for place in range(len(self.marks))),
            viewBox=f"0 0 {coordinate(WIDTH)} {coordinate(HEIGHT)}",
            class_="lines netpic",
            role="group",
            aria_label=self.alt,
        )
        return join((self._legend(), drawing, self._list()))

    def standalone_svg(self, width: float) -> str:
        """Draw for a document or a file."""
        scale = min(width, _PAPER_WIDTH) / WIDTH
        inner = element(
            "g", *self._edges(PAPER), *self._paper_marks(), transform=f"scale({scale:.4f})"
        )
        legend = list(self._paper_legend(HEIGHT * scale + 10))
        height = HEIGHT * scale + 12 * (len(legend) // 2 + 1)
        return paper_svg(
            [inner, *legend], WIDTH * scale, height, title=self.title or self.alt, alt=self.alt
        )

    def _at(self, mark: Mark) -> tuple[float, float]:
        return (
            _MARGIN_X + mark.x * (WIDTH - 2 * _MARGIN_X),
            _MARGIN_Y + mark.y * (HEIGHT - 2 * _MARGIN_Y),
        )

    def _radius(self, mark: Mark) -> float:
        return 11.0 if mark.is_centre else 5.0 + 5.0 * min(max(mark.size, 0.0), 1.0)

    def _edges(self, paint: Paint) -> Iterator[Markup]:
        for edge in self.edges:
            x1, y1 = self._at(self.marks[edge.first])
            x2, y2 = self._at(self.marks[edge.second])
            yield element(
                "line", x1=x1, y1=y1, x2=x2, y2=y2, attributes=paint(stroke="row"),
                stroke_width=0.9 + 3.2 * edge.share,
            )  # fmt: skip

    def _disc(self, mark: Mark, paint: Paint) -> Markup:
        x, y = self._at(mark)
        fill = "larch" if mark.is_centre else self._colour(mark.group)
        attributes = paint(fill, "surface")
        return element(
            "circle", cx=x, cy=y, r=self._radius(mark), attributes=attributes, stroke_width=1.5
        )

    @cached_property
    def _labels(self) -> list[LabelBox]:
        places = [(*self._at(mark), self._radius(mark)) for mark in self.marks]
        return place_labels(places, [mark.short for mark in self.marks], _SIZE, (WIDTH, HEIGHT))

    def _site_mark(self, place: int) -> Markup:
        mark = self.marks[place]
        label = self._labels[place]
        x, y = self._at(mark)
        name = element(
            "text", mark.short, x=label.x, y=label.y, font_size=_SIZE, text_anchor=label.anchor,
            font_weight=700 if mark.is_centre else 500, class_="only-w name f-ink",
        )  # fmt: skip
        number = element(
            "text", str(place + 1), x=x + self._radius(mark) + 3, y=y - 4, font_size=30,
            font_weight=700, class_="only-n name f-ink", aria_hidden="true",
        )  # fmt: skip
        title = element("title", f"{mark.name}, {mark.group_name}" if mark.group else mark.name)
        drawn = (title, self._disc(mark, SITE), name, number)
        if not mark.url:
            return element("g", *drawn)
        return element("a", *drawn, href=mark.url)

    def _legend(self) -> Markup:
        items = [
            element(
                "li",
                element(
                    "svg",
                    element("circle", cx=9, cy=9, r=7, attributes=SITE(self._colour(code))),
                    viewBox="0 0 18 18",
                    aria_hidden="true",
                ),
                name,
            )
            for code, name in self.groups
        ]
        return element("ul", *items, class_="legend")

    def _list(self) -> Markup:
        items = [
            element("li", element("b", f"{place + 1} "), element("span", mark.name))
            for place, mark in enumerate(self.marks)
        ]
        return element("ul", *items, class_="legend only-n", aria_hidden="true")

    def _paper_marks(self) -> Iterator[Markup]:
        for mark, label in zip(self.marks, self._labels, strict=True):
            yield self._disc(mark, PAPER)
            yield paper_text(
                mark.short, label.x, label.y, size=_SIZE, anchor=label.anchor,
                weight=700 if mark.is_centre else 400,
            )  # fmt: skip

    def _paper_legend(self, top: float) -> Iterator[Markup]:
        for place, (code, name) in enumerate(self.groups):
            y = top + 12 * place
            yield element("circle", cx=5, cy=y - 3, r=4, attributes=PAPER(self._colour(code)))
            yield paper_text(name, 14, y, size=9)


def strengths(weights: Sequence[float]) -> list[float]:
    """Return how strong each weight is beside the strongest, 0 to 1; equal ones are all thin."""
    most, least = max(weights, default=0.0), min(weights, default=0.0)
    if most <= least:
        return [_EQUAL] * len(weights)
    return [weight / most for weight in weights]
