"""The map of opinions without camps: one cloud with its axis, declared groups as letters at it.

The axis has no numbers, for places have no unit. A place belongs to at least ten people; their
marks are set around it, so no mark tells how one person answered.
"""

from dataclasses import dataclass
from typing import Final

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Column, Table
from alpclusters.reports.charts.groups import (
    GroupMark,
    PlacedPeople,
    Point,
    around,
    mark_shape,
    place_at,
)
from alpclusters.reports.charts.parts import shorten
from alpclusters.reports.charts.svg import (
    PAPER,
    SITE,
    Anchor,
    Markup,
    Paint,
    coordinate,
    element,
    paper_svg,
    paper_text,
)
from alpclusters.reports.numbers import format_integer
from alpclusters.reports.typefaces import wrap_text

WIDTH: Final = 520.0
HEIGHT: Final = 480.0
PARTS: Final = 5
AXIS: Final = 428.0
_EDGE: Final = 6.0
_DOT: Final = 4.0
_MARK: Final = 9.0
_ROOM: Final = 44.0  # a mark with its letter
_STEP: Final = 25.0
_FONT: Final = 14
_LINE: Final = 18.0
_LINES: Final = 2
_PAPER_WIDTH: Final = 380.0


@dataclass(frozen=True, slots=True)
class AxisPart:
    """A fifth of the axis: its name and how many people lie there."""

    number: int
    name: str
    n: int


@dataclass(frozen=True, slots=True)
class CloudChart:
    """Everybody along the strongest axis; ``left`` and ``right`` name its ends."""

    language: str
    cloud: tuple[PlacedPeople, ...]
    left: str = ""
    right: str = ""
    groups: tuple[GroupMark, ...] = ()
    title: str = ""

    @property
    def alt(self) -> str:
        """How many people lie where along the axis."""
        text = translator(self.language)
        parts = ", ".join(self._told(part) for part in self.parts())
        sentence = text.gettext("Map of opinions along the strongest difference: %(parts)s.")
        return shorten(sentence % {"parts": parts})

    def parts(self) -> tuple[AxisPart, ...]:
        """Count people by fifths of the axis, from the left."""
        names = part_names(self.language)
        counts = [0] * PARTS
        for place in self.cloud:
            counts[_part(place)] += place.n
        return tuple(AxisPart(i + 1, names[i], n) for i, n in enumerate(counts))

    def table(self) -> Table:
        """People by fifths of the axis."""
        text = translator(self.language)
        columns = (
            Column(text.gettext("Along the axis")),
            Column(text.gettext("People"), "number", decimals=0),
        )
        rows = tuple((part.name, part.n) for part in self.parts())
        return Table(columns, rows, name=self.title)

    def svg_rows(self) -> str:
        """Draw for the screen: each fifth of the axis can be reached by pointer and keyboard."""
        return element(
            "svg",
            *self._axis(SITE, 1.0),
            *(self._part(part) for part in self.parts() if part.n),
            *self._declared(SITE, 1.0),
            element("g", *self._site_ends(), class_="only-w"),
            viewBox=f"0 0 {coordinate(WIDTH)} {coordinate(HEIGHT)}",
            class_="lines opmap",
            role="group",
            aria_label=self.alt,
        )

    def standalone_svg(self, width: float) -> str:
        """Draw for a document."""
        scale = min(width, _PAPER_WIDTH) / WIDTH
        dots = [self._dot(at, PAPER, scale) for place in self.cloud for at in _marks(place)]
        ends = [
            paper_text(line, x * scale, y * scale, size=8, anchor=anchor)
            for line, x, y, anchor in self._ends()
        ]
        body = [*self._axis(PAPER, scale), *dots, *self._declared(PAPER, scale), *ends]
        return paper_svg(
            body, WIDTH * scale, HEIGHT * scale, title=self.title or self.alt, alt=self.alt
        )

    def _told(self, part: AxisPart) -> str:
        words = translator(self.language).ngettext(
            "%(part)s: %(n)s person", "%(part)s: %(n)s people", part.n
        )
        return words % {"part": part.name, "n": format_integer(part.n, self.language)}

    def _part(self, part: AxisPart) -> Markup:
        told = self._told(part)
        dots = [
            self._dot(at, SITE, 1.0)
            for place in self.cloud
            if _part(place) == part.number - 1
            for at in _marks(place)
        ]
        return element(
            "g",
            element("title", told),
            *dots,
            id=f"lies-{part.number}",
            class_=f"k k{part.number}",
            tabindex="0",
            role="img",
            aria_label=told,
        )

    def _dot(self, at: Point, paint: Paint, scale: float) -> Markup:
        return element(
            "circle",
            cx=at[0] * scale,
            cy=at[1] * scale,
            r=_DOT * scale,
            attributes=paint("tier2", "surface"),
            stroke_width=scale,
        )

    def _axis(self, paint: Paint, scale: float) -> list[Markup]:
        left, right, y, tip = _EDGE * scale, (WIDTH - _EDGE) * scale, AXIS * scale, 7 * scale
        line = element(
            "path",
            d=f"M{coordinate(left)} {coordinate(y)}H{coordinate(right)}"
            f"M{coordinate(left + tip)} {coordinate(y - tip)}L{coordinate(left)} {coordinate(y)}"
            f"L{coordinate(left + tip)} {coordinate(y + tip)}"
            f"M{coordinate(right - tip)} {coordinate(y - tip)}L{coordinate(right)} {coordinate(y)}"
            f"L{coordinate(right - tip)} {coordinate(y + tip)}",
            attributes=paint("none", "strong"),
            stroke_width=1.5 * scale,
        )
        return [line]

    def _ends(self) -> list[tuple[str, float, float, Anchor]]:
        both: tuple[tuple[str, float, Anchor], ...] = (
            (self.left, _EDGE, "start"),
            (self.right, WIDTH - _EDGE, "end"),
        )
        return [
            (line, x, AXIS + 24 + i * _LINE, anchor)
            for words, x, anchor in both
            for i, line in enumerate(_fitted(words, WIDTH / 2 - 3 * _EDGE))
        ]

    def _site_ends(self) -> list[Markup]:
        return [
            element(
                "text", line, attributes=SITE("ink2"), x=x, y=y, font_size=_FONT, text_anchor=anchor
            )
            for line, x, y, anchor in self._ends()
        ]

    def _declared(self, paint: Paint, scale: float) -> list[Markup]:
        """Draw each declared group above the axis, one above the other where they lie alike."""
        drawn: list[Markup] = []
        taken: list[Point] = []
        for index, group in enumerate(self.groups):
            x, _ = place_at(group.places[0])
            y = AXIS - _MARK - 6
            while any(abs(x - at) < _ROOM and abs(y - up) < _STEP for at, up in taken):
                y -= _STEP
            taken.append((x, y))
            drawn += [
                mark_shape(index, (x, y), paint, scale, _MARK),
                _letter(group.letter, (x + _MARK + 4) * scale, (y + 6) * scale, paint),
            ]
        return drawn


def _letter(letter: str, x: float, y: float, paint: Paint) -> Markup:
    if paint is PAPER:
        return paper_text(letter, x, y, size=10, weight=600, anchor="start")
    return element(
        "text",
        letter,
        attributes=paint("ink"),
        x=x,
        y=y,
        font_size=20,
        font_weight=800,
    )


def part_names(language: str) -> tuple[str, ...]:
    """Name the fifths of the axis, from the left."""
    text = translator(language)
    return (
        text.gettext("at the left end"),
        text.gettext("left of the middle"),
        text.gettext("in the middle"),
        text.gettext("right of the middle"),
        text.gettext("at the right end"),
    )


def _part(place: PlacedPeople) -> int:
    """Return the fifth of the axis in which a place lies, from 0."""
    return min(PARTS - 1, int((place.x + 1) / 2 * PARTS + 1e-9))


def _marks(place: PlacedPeople) -> list[Point]:
    return around(place, place.n)


def _fitted(words: str, width: float) -> list[str]:
    lines = wrap_text(words, width, _FONT) if words else []
    if len(lines) <= _LINES:
        return lines
    return [*lines[: _LINES - 1], f"{lines[_LINES - 1]} …"]
