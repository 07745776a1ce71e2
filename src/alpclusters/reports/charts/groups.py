"""The map of opinion groups: a shape and a pale hull per group, name and n at the group.

The axes have no numbers, for the places have no unit. A place belongs to at least five people;
their marks are set around it, so no mark tells how one person answered. Declared groups have one
mark each: a mark per person would show what people said of themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt
from typing import Final

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Column, Table
from alpclusters.reports.charts.parts import shorten
from alpclusters.reports.charts.svg import (
    PAPER,
    SITE,
    Markup,
    Paint,
    Value,
    coordinate,
    element,
    join,
    paper_svg,
    paper_text,
)
from alpclusters.reports.numbers import format_n
from alpclusters.reports.typefaces import text_width

type Point = tuple[float, float]

WIDTH: Final = 520.0
HEIGHT: Final = 392.0
_MARGIN: Final = 84.0
_TURN: Final = pi * (3 - sqrt(5))  # of a sunflower: marks around a place never meet
_STEP: Final = 8.0
_MARK: Final = 5.5
_BIG_MARK: Final = 8.0
_HALO: Final = 26.0
_LINE: Final = 19.0
_PAPER_WIDTH: Final = 380.0
_N_COLOURS: Final = 7


@dataclass(frozen=True, slots=True)
class PlacedPeople:
    """Where some people lie together, from -1 to 1."""

    x: float
    y: float
    n: int


@dataclass(frozen=True, slots=True)
class GroupMark:
    """A group: its letter, its words, its people in places."""

    letter: str
    name: str
    n: int
    places: tuple[PlacedPeople, ...]


@dataclass(frozen=True, slots=True)
class GroupsChart:
    """Opinion groups on a plane; ``is_people`` draws a mark per person, else one per place."""

    language: str
    groups: tuple[GroupMark, ...]
    title: str = ""
    is_people: bool = True

    @property
    def alt(self) -> str:
        """Kind, groups and their sizes."""
        text = translator(self.language)
        names = ", ".join(self._named(group) for group in self.groups)
        sentence = text.gettext("Map of opinion groups: %(groups)s. Near means alike answers.")
        return shorten(sentence % {"groups": names})

    def table(self) -> Table:
        """Groups with their people; places have no unit and are not listed."""
        text = translator(self.language)
        columns = (Column(text.gettext("Group")), Column("n", "number", decimals=0))
        rows = tuple((self._title(group), group.n) for group in self.groups)
        return Table(columns, rows, name=self.title)

    def svg_rows(self) -> str:
        """Draw for the screen; below 640 px letters with a list underneath."""
        drawing = element(
            "svg",
            *self._shapes(SITE, 1.0),
            *self._site_labels(),
            viewBox=f"0 0 {coordinate(WIDTH)} {coordinate(HEIGHT)}",
            class_="lines opmap",
            role="group",
            aria_label=self.alt,
        )
        return join((drawing, self._legend()))

    def standalone_svg(self, width: float) -> str:
        """Draw for a document."""
        scale = min(width, _PAPER_WIDTH) / WIDTH
        body = [*self._shapes(PAPER, scale), *self._paper_labels(scale)]
        return paper_svg(
            body, WIDTH * scale, HEIGHT * scale, title=self.title or self.alt, alt=self.alt
        )

    def _title(self, group: GroupMark) -> str:
        return group.name or group.letter

    def _named(self, group: GroupMark) -> str:
        return f"{self._title(group)} ({format_n(group.n, self.language)})"

    def _marks(self, group: GroupMark) -> list[Point]:
        return [
            mark for place in group.places for mark in around(place, place.n * self.is_people or 1)
        ]

    def _shapes(self, paint: Paint, scale: float) -> list[Markup]:
        hulls = [self._hull(i, group, paint, scale) for i, group in enumerate(self.groups)]
        return [*hulls, *(self._people(i, paint, scale) for i in range(len(self.groups)))]

    def _people(self, i: int, paint: Paint, scale: float) -> Markup:
        """Draw the marks of a group; on the screen it can be reached by pointer and keyboard."""
        group = self.groups[i]
        size = _MARK if self.is_people else _BIG_MARK
        marks = [mark_shape(i, point, paint, scale, size) for point in self._marks(group)]
        if paint is PAPER:
            return element("g", *marks)
        told = self._named(group)
        return element(
            "g",
            element("title", told),
            *marks,
            id=f"lies-{i + 1}",
            class_=f"k k{i + 1}",
            tabindex="0",
            role="img",
            aria_label=told,
        )

    def _hull(self, index: int, group: GroupMark, paint: Paint, scale: float) -> Markup:
        colour = _colour(index)
        corners = _convex(self._marks(group))
        width = _HALO if self.is_people else _HALO + 6 * sqrt(group.n)
        path = "L".join(f"{coordinate(x * scale)} {coordinate(y * scale)}" for x, y in corners)
        shape = element(
            "path",
            d=f"M{path}Z",
            attributes=paint(colour, colour),
            stroke_width=width * scale,
            stroke_linejoin="round",
            stroke_linecap="round",
        )
        return element("g", shape, opacity="0.14")

    def _labels(self) -> list[tuple[Point, str]]:
        """Return place and side of each label: above its group, below where that is taken."""
        boxes = [_box(self._marks(group)) for group in self.groups]
        taken: list[tuple[float, float, float, float]] = []
        labels = []
        for i, box in enumerate(boxes):
            others = [*boxes[:i], *boxes[i + 1 :], *taken]
            wide = max(text_width(self._title(self.groups[i]), 17), 60)
            point, anchor, area = _label(box, wide, others)
            taken.append(area)
            labels.append((point, anchor))
        return labels

    def _site_labels(self) -> list[Markup]:
        drawn = []
        for group, ((x, y), anchor) in zip(self.groups, self._labels(), strict=True):
            words: dict[str, Value] = {"x": x, "text_anchor": anchor}
            name = element(
                "text",
                self._title(group),
                attributes=SITE("ink"),
                y=y,
                font_size=17,
                font_weight=700,
                **words,
            )
            count = element(
                "text",
                format_n(group.n, self.language),
                attributes=SITE("ink2"),
                y=y + _LINE,
                font_size=15,
                **words,
            )
            letter = element(
                "text",
                group.letter,
                attributes={"class": "only-n f-ink"},
                y=y + _LINE,
                font_size=30,
                font_weight=800,
                **words,
            )
            drawn += [element("g", name, count, class_="only-w"), letter]
        return drawn

    def _paper_labels(self, scale: float) -> list[Markup]:
        drawn = []
        for group, ((x, y), anchor) in zip(self.groups, self._labels(), strict=True):
            for text, down, weight in (
                (self._title(group), 0.0, 600),
                (format_n(group.n, self.language), _LINE, 400),
            ):
                drawn.append(
                    paper_text(
                        text,
                        x * scale,
                        (y + down) * scale,
                        size=9,
                        weight=weight,
                        anchor="end" if anchor == "end" else "start",
                    )
                )
        return drawn

    def _legend(self) -> Markup:
        items = [
            element(
                "li",
                element(
                    "svg",
                    mark_shape(i, (9, 9), SITE, 1.0, _MARK),
                    viewBox="0 0 18 18",
                    aria_hidden="true",
                ),
                element(
                    "span",
                    element("b", "" if group.name.endswith(group.letter) else f"{group.letter} "),
                    f"{self._title(group)}, ",
                    format_n(group.n, self.language),
                ),
            )
            for i, group in enumerate(self.groups)
        ]
        return element("ul", *items, class_="legend only-n")


def _colour(index: int) -> str:
    return f"c{index % _N_COLOURS + 1}"


def place_at(place: PlacedPeople) -> Point:
    """Return where a place lies in the drawing."""
    x = WIDTH / 2 + place.x * (WIDTH / 2 - _MARGIN)
    return x, HEIGHT / 2 - place.y * (HEIGHT / 2 - _MARGIN)


def around(place: PlacedPeople, n: int) -> list[Point]:
    """Set marks around a place like the seeds of a sunflower."""
    x, y = place_at(place)
    return [
        (x + _STEP * sqrt(i) * cos(i * _TURN), y + _STEP * sqrt(i) * sin(i * _TURN))
        for i in range(n)
    ]


def mark_shape(index: int, at: Point, paint: Paint, scale: float, size: float) -> Markup:
    """Draw the mark of a group: a shape and a colour of its own."""
    x, y, r = at[0] * scale, at[1] * scale, size * scale
    attributes = paint(_colour(index), "surface")
    if index % len(_CORNERS) == 0:
        return element("circle", cx=x, cy=y, r=r, attributes=attributes, stroke_width=1.2 * scale)
    corners = _CORNERS[index % len(_CORNERS)]
    points = " ".join(f"{coordinate(x + r * a)},{coordinate(y + r * b)}" for a, b in corners)
    return element("polygon", points=points, attributes=attributes, stroke_width=1.2 * scale)


_CORNERS: Final[tuple[tuple[Point, ...], ...]] = (
    (),
    ((0, -1.27), (1.27, 0), (0, 1.27), (-1.27, 0)),
    ((0, -1.2), (1.18, 0.9), (-1.18, 0.9)),
    ((-0.95, -0.95), (0.95, -0.95), (0.95, 0.95), (-0.95, 0.95)),
    ((0, 1.2), (1.18, -0.9), (-1.18, -0.9)),
)


def _convex(points: Sequence[Point]) -> list[Point]:
    """Return the corners around all points (monotone chain)."""
    ordered = sorted(set(points))
    if len(ordered) <= 2:  # noqa: PLR2004 - a point or a line is its own hull
        return ordered
    lower, upper = _chain(ordered), _chain(ordered[::-1])
    return lower[:-1] + upper[:-1]


def _chain(points: Sequence[Point]) -> list[Point]:
    chain: list[Point] = []
    for point in points:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
            chain.pop()
        chain.append(point)
    return chain


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


type Box = tuple[float, float, float, float]


def _box(points: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    pad = _HALO / 2 + 4
    return min(xs) - pad, min(ys) - pad, max(xs) + pad, max(ys) + pad


def _label(box: Box, wide: float, others: Sequence[Box]) -> tuple[Point, str, Box]:
    """Choose above or below the group, whichever hides less."""
    middle = (box[0] + box[2]) / 2
    anchor = "end" if middle > WIDTH / 2 else "start"
    left = max(4.0, min(middle - wide / 2, WIDTH - wide - 4))
    above = max(16.0, box[1] - _LINE - 6)
    below = min(HEIGHT - _LINE - 6, box[3] + 14)
    areas = {y: (left, y - 15, left + wide, y + _LINE + 4) for y in (above, below)}
    y = min((above, below), key=lambda place: sum(_overlap(areas[place], o) for o in others))
    x = left + wide if anchor == "end" else left
    return (x, y), anchor, areas[y]


def _overlap(one: Box, other: Box) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(width, 0.0) * max(height, 0.0)
