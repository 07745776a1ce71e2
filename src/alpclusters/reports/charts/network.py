"""A picture of organisations and ties: at most forty marks, each with its name beside it.

Below 640 px it is drawn again on a sheet without room for names: numbers, with a list underneath.
A matrix or a table tells more; a picture is the second view, and all it shows stands in its table
too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Column, Row, Table
from alpclusters.reports.charts.parts import shorten
from alpclusters.reports.charts.svg import (
    PAPER,
    SITE,
    Anchor,
    Markup,
    Paint,
    coordinate,
    element,
    join,
    paper_svg,
    paper_text,
)
from alpclusters.reports.numbers import format_integer
from alpclusters.reports.typefaces import text_width

# --- Where names stand in a picture so that they hide one another as little as possible -----------


type Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class LabelBox:
    """The anchor of a label, and the area it takes."""

    x: float
    y: float
    anchor: Anchor
    box: Box


def place_labels(
    places: Sequence[tuple[float, float, float]],
    texts: Sequence[str],
    size: float,
    frame: tuple[float, float],
) -> list[LabelBox]:
    """Put each text right, left, above or below its mark, wherever it hides least.

    Parameters
    ----------
    places : sequence of (x, y, radius)
        Of the marks.
    texts : sequence of str
    size : float
        Of the font.
    frame : (width, height)
        Labels stay inside.
    """
    marks = [(x - r, y - r, x + r, y + r) for x, y, r in places]
    taken: dict[int, LabelBox] = {}
    for place in sorted(range(len(places)), key=lambda k: (places[k][1], places[k][0])):
        # Its own mark too: at the edge of the frame a label would be pushed over it.
        others = [*marks, *(one.box for one in taken.values())]
        tried = _candidates(places[place], texts[place], size, frame)
        costs = [sum(_overlap(one.box, other) for other in others) for one in tried]
        taken[place] = tried[costs.index(min(costs))]
    return [taken[place] for place in range(len(places))]


def _candidates(
    place: tuple[float, float, float], text: str, size: float, frame: tuple[float, float]
) -> list[LabelBox]:
    x, y, radius = place
    width, gap = text_width(text, size), radius + 4
    spots: list[tuple[float, float, Anchor]] = [
        (x + gap, y + size * 0.35, "start"),
        (x - gap, y + size * 0.35, "end"),
        (x, y - gap, "middle"),
        (x, y + gap + size * 0.75, "middle"),
        (x + gap * 0.8, y - gap * 0.7, "start"),
        (x - gap * 0.8, y - gap * 0.7, "end"),
        (x + gap * 0.8, y + gap * 0.7 + size * 0.6, "start"),
        (x - gap * 0.8, y + gap * 0.7 + size * 0.6, "end"),
    ]
    # Names of the left half hang to the left: the middle stays free for ties.
    order = sorted(spots, key=lambda spot: spot[2] != "end") if x < frame[0] / 2 else spots
    return [_boxed(*spot, width, size, frame) for spot in order]


def _boxed(
    x: float, y: float, anchor: Anchor, width: float, size: float, frame: tuple[float, float]
) -> LabelBox:
    left = x if anchor == "start" else x - width if anchor == "end" else x - width / 2
    inside = min(max(left, 2.0), max(frame[0] - width - 2, 2.0))
    base = min(max(y, size), frame[1] - 3)
    moved = x + inside - left
    return LabelBox(
        moved, base, anchor, (inside, base - size * 0.8, inside + width, base + size * 0.25)
    )


def _overlap(one: Box, other: Box) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(width, 0.0) * max(height, 0.0)


# --- A picture of organisations and ties: at most forty marks, each with its name beside it -------


_LONGEST: Final = 25
_COLOURS: Final = tuple(f"c{number}" for number in range(1, 8))
_OTHER: Final = "ink3"
_PAPER_WIDTH: Final = 480.0
_EQUAL: Final = 0.2


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is drawn on: its sizes, the room for labels around the marks, the size of a label."""

    width: float
    height: float
    margin_x: float
    margin_y: float
    size: float

    def at(self, mark: "Mark") -> tuple[float, float]:
        """Return where a mark stands."""
        return (
            self.margin_x + mark.x * (self.width - 2 * self.margin_x),
            self.margin_y + mark.y * (self.height - 2 * self.margin_y),
        )

    def place(self, marks: Sequence["Mark"], texts: Sequence[str]) -> list[LabelBox]:
        """Return where the label of each mark stands."""
        places = [(*self.at(mark), mark.radius) for mark in marks]
        return place_labels(places, texts, self.size, (self.width, self.height))


_WIDE: Final = _Sheet(820.0, 620.0, 165.0, 34.0, 13.5)
_NARROW: Final = _Sheet(360.0, 480.0, 24.0, 20.0, 12.0)


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

    @property
    def radius(self) -> float:
        """How large its disc is."""
        return 11.0 if self.is_centre else 5.0 + 5.0 * min(max(self.size, 0.0), 1.0)


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
        names = self._on_site(_WIDE, [mark.short for mark in self.marks], "only-w")
        numbers = self._on_site(_NARROW, [str(place + 1) for place in self._places], "only-n")
        return join((self._legend(), names, numbers, self._list()))

    def standalone_svg(self, width: float) -> str:
        """Draw for a document or a file."""
        scale = min(width, _PAPER_WIDTH) / _WIDE.width
        inner = element(
            "g",
            *self._edges(_WIDE, PAPER),
            *self._paper_marks(),
            transform=f"scale({scale:.4f})",
        )
        legend = list(self._paper_legend(_WIDE.height * scale + 10))
        height = _WIDE.height * scale + 12 * (len(legend) // 2 + 1)
        return paper_svg(
            [inner, *legend], _WIDE.width * scale, height, title=self.title or self.alt,
            alt=self.alt,
        )  # fmt: skip

    @property
    def _places(self) -> range:
        return range(len(self.marks))

    def _on_site(self, sheet: _Sheet, texts: Sequence[str], where: str) -> Markup:
        labels = sheet.place(self.marks, texts)
        return element(
            "svg",
            *self._edges(sheet, SITE),
            *map(partial(self._site_mark, sheet), self.marks, texts, labels),
            viewBox=f"0 0 {coordinate(sheet.width)} {coordinate(sheet.height)}",
            class_=f"lines netpic {where}",
            role="group",
            aria_label=self.alt,
        )

    def _edges(self, sheet: _Sheet, paint: Paint) -> Iterator[Markup]:
        for edge in self.edges:
            x1, y1 = sheet.at(self.marks[edge.first])
            x2, y2 = sheet.at(self.marks[edge.second])
            yield element(
                "line", x1=x1, y1=y1, x2=x2, y2=y2, attributes=paint(stroke="row"),
                stroke_width=0.9 + 3.2 * edge.share,
            )  # fmt: skip

    def _disc(self, sheet: _Sheet, mark: Mark, paint: Paint) -> Markup:
        x, y = sheet.at(mark)
        fill = "larch" if mark.is_centre else self._colour(mark.group)
        attributes = paint(fill, "surface")
        return element("circle", cx=x, cy=y, r=mark.radius, attributes=attributes, stroke_width=1.5)

    def _site_mark(self, sheet: _Sheet, mark: Mark, text: str, label: LabelBox) -> Markup:
        name = element(
            "text", text, x=label.x, y=label.y, font_size=sheet.size, text_anchor=label.anchor,
            font_weight=700 if mark.is_centre else 500, class_="name f-ink",
        )  # fmt: skip
        title = element("title", f"{mark.name}, {mark.group_name}" if mark.group else mark.name)
        drawn = (title, self._disc(sheet, mark, SITE), name)
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
        labels = _WIDE.place(self.marks, [mark.short for mark in self.marks])
        for mark, label in zip(self.marks, labels, strict=True):
            yield self._disc(_WIDE, mark, PAPER)
            yield paper_text(
                mark.short, label.x, label.y, size=_WIDE.size, anchor=label.anchor,
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
