"""Lines over a continuous axis: survival, cash, counts over years; a band is the interval."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Cell, Column, Interval, Row, Table
from alpclusters.reports.charts.parts import Axis, Tick, nice_axis, shorten
from alpclusters.reports.charts.svg import (
    PAPER,
    SITE,
    Anchor,
    Markup,
    Paint,
    Value,
    coordinate,
    element,
    paper_svg,
    paper_text,
)
from alpclusters.reports.numbers import format_number, format_percent
from alpclusters.reports.typefaces import BODY_SEMIBOLD, text_width

# --- Words in a line chart: which ticks have room for theirs, and labels that do not meet ---------


_LINE: Final = 1.2
_BETWEEN: Final = 0.5


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a point of the drawing; ``y`` is their base line."""

    text: str
    x: float
    y: float
    anchor: Anchor

    def span(self, size: float) -> tuple[float, float]:
        """Return where the words begin and end in letters of a size."""
        width = text_width(self.text, size, BODY_SEMIBOLD)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return left, left + width


def within(label: Label, size: float, left: float, right: float) -> Label:
    """Move a label to the side until it lies between two edges; too long a one begins left."""
    begins, ends = label.span(size)
    shift = max(left - begins, min(right - ends, 0.0))
    return replace(label, x=label.x + shift)


def apart(labels: Sequence[Label], size: float, top: float, floor: float) -> list[Label]:
    """Move labels down, or up where there is no room, until none meets an earlier one."""
    placed: list[Label] = []
    for label in labels:
        down = _free(label, placed, size, _LINE * size)
        is_inside = down.y <= floor
        moved = down if is_inside else _free(label, placed, size, -_LINE * size)
        placed.append(moved if moved.y >= top else label)
    return placed


def spaced(labels: Sequence[Label], size: float) -> Sequence[Label]:
    """Return every first, second, third ... label of a row: as many as have room."""
    for step in range(1, len(labels)):
        kept = labels[::step]
        if all(_has_room(*pair, size) for pair in pairwise(kept)):
            return kept
    return labels[:1]


def _has_room(one: Label, other: Label, size: float) -> bool:
    return other.span(size)[0] - one.span(size)[1] >= _BETWEEN * size


def _free(label: Label, placed: Sequence[Label], size: float, step: float) -> Label:
    for _ in placed:
        met = next((other for other in placed if _meet(label, other, size)), None)
        if met is None:
            break
        label = replace(label, y=met.y + step)
    return label


def _meet(one: Label, other: Label, size: float) -> bool:
    (left, right), (begins, ends) = one.span(size), other.span(size)
    return left < ends and begins < right and abs(one.y - other.y) < _LINE * size - 1e-9


# --- Lines over a continuous axis: survival, cash, counts over years; a band is the interval ------


_COLOURS: Final = ("c1", "c3", "c2", "c6", "c5", "c7", "c4")
_WIDTH: Final = 480.0
_HEIGHT: Final = 258.0
_LEFT: Final = 56.0
_RIGHT: Final = 12.0
_TOP: Final = 16.0
_BOTTOM: Final = 44.0
# On a phone the drawing shrinks and its letters do not: what they are then, in its own units.
_PHONE: Final = 22.0
_PHONE_BOTTOM: Final = 54.0
_SCREEN: Final = 14.0
_PAPER_LABEL: Final = 9.0
_LATE: Final = 0.85  # right of this share of the width a label hangs to the left


@dataclass(frozen=True, slots=True)
class Point:
    """One value on the line, with the ends of its interval and a direct label, if any.

    ``is_below`` hangs the label under the interval to the left, where a falling line leaves room;
    ``side`` sets it beside the point, ``rise`` then says how many of its own heights above it.
    """

    x: float
    y: float
    low: float | None = None
    high: float | None = None
    label: str = ""
    is_below: bool = False
    side: Literal["", "left", "right"] = ""
    rise: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A named series; ``is_stepped`` keeps a value until the next one (survival, cash).

    ``is_dotted`` marks each value, so that a single one is seen too.
    """

    name: str
    points: tuple[Point, ...]
    is_stepped: bool = False
    is_dotted: bool = False


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines on two axes; ``y_kind`` prints shares as per cent."""

    language: str
    lines: tuple[Line, ...]
    x_title: str
    y_title: str
    title: str = ""
    x_axis: Axis | None = None
    y_axis: Axis | None = None
    y_kind: Literal["number", "percent"] = "number"
    decimals: int | None = None
    # Another description than that of plain lines, of whoever draws with them.
    said: str = ""

    # --- words ----------------------------------------------------------------------------

    def _y_text(self, value: float) -> str:
        if self.y_kind == "percent":
            return format_percent(value, self.language)
        return format_number(value, self.language, self.decimals)

    def _x_text(self, value: float) -> str:
        # Years carry no separator of thousands: whole numbers are printed as they are.
        return str(int(value)) if value == int(value) else format_number(value, self.language)

    @property
    def alt(self) -> str:
        """Kind, axes, first and last value of the first lines."""
        if self.said:
            return self.said
        text = translator(self.language)
        parts = [
            text.gettext("Line chart, %(y)s by %(x)s.") % {"x": self.x_title, "y": self.y_title}
        ]
        for line in self.lines[:3]:
            if not line.points:
                continue
            first, last = line.points[0], line.points[-1]
            ends = (f"{self._x_text(p.x)}: {self._y_text(p.y)}" for p in (first, last))
            parts.append(f"{line.name} {'; '.join(ends)}.")
        parts.append(text.gettext("All values are in the table."))
        return shorten(" ".join(parts))

    def table(self) -> Table:
        """One row per point: series, x, y and its interval."""
        kind: Literal["number", "percent"] = self.y_kind
        has_bands = any(p.low is not None for line in self.lines for p in line.points)
        columns = [
            Column(translator(self.language).gettext("Series")),
            Column(self.x_title, "code"),
            Column(self.y_title, kind, decimals=self.decimals),
        ]
        if has_bands:
            title = translator(self.language).gettext("90% interval")
            columns.append(Column(title, kind, decimals=self.decimals))
        rows = tuple(
            self._cells(line, point, has_bands=has_bands)
            for line in self.lines
            for point in line.points
        )
        return Table(tuple(columns), rows, name=self.title)

    def _cells(self, line: Line, point: Point, *, has_bands: bool) -> Row:
        cells: tuple[Cell, ...] = (line.name, self._x_text(point.x), point.y)
        if not has_bands:
            return cells
        if point.low is None or point.high is None:
            return (*cells, None)
        return (*cells, Interval(point.low, point.high))

    # --- drawing --------------------------------------------------------------------------

    def svg_rows(self) -> str:
        """Draw for the screen: one SVG with a view box, text large enough at 320 px."""
        box = _Box(self, _WIDTH, _HEIGHT, letters=_PHONE, bottom=_PHONE_BOTTOM)
        parts = [*self._screen_axes(box), *self._shapes(box, SITE, 3), *self._screen_labels(box)]
        return element(
            "svg", *parts, class_="nar lines", viewBox=f"0 0 {_WIDTH:.0f} {_HEIGHT:.0f}",
            role="img", aria_label=self.alt,
        )  # fmt: skip

    def standalone_svg(self, width: float, *, ratio: float = 0.42) -> str:
        """Draw for a document, ``ratio`` times as high as wide."""
        box = _Box(self, width, width * ratio, letters=_PAPER_LABEL, bottom=_BOTTOM)
        parts = [*self._paper_axes(box), *self._shapes(box, PAPER, 1.6), *self._paper_labels(box)]
        return paper_svg(parts, width, box.height, title=self.title or self.y_title, alt=self.alt)

    def _shapes(self, box: "_Box", paint: Paint, stroke: float) -> list[Markup]:
        drawn = []
        for i, line in enumerate(self.lines):
            colour = _COLOURS[i % len(_COLOURS)]
            band = box.band(line)
            if band:
                drawn.append(element("path", d=band, attributes=paint(colour), fill_opacity="0.16"))
            drawn.append(
                element(
                    "path", d=box.path(line), attributes=paint("none", colour),
                    stroke_width=stroke, stroke_linejoin="round",
                )
            )  # fmt: skip
            drawn += box.dots(line, paint(colour, "surface"), stroke) if line.is_dotted else []
        return drawn

    def _screen_axes(self, box: "_Box") -> list[Markup]:
        drawn = [
            _grid(box.x(t.value), _TOP, box.x(t.value), box.floor, SITE) for t in box.x_axis.ticks
        ]
        wide, narrow = set(box.told(_SCREEN)), set(box.told(_PHONE))
        for words, where in (
            (wide & narrow, ""),
            (wide - narrow, "only-w"),
            (narrow - wide, "only-n"),
        ):
            drawn += [
                _screen_text(text, x, box.floor + 21, "middle", where)
                for text, x in sorted(words, key=lambda word: word[1])
            ]
        for tick in box.y_axis.ticks:
            y = box.y(tick.value)
            drawn += [
                _grid(box.left, y, box.width - _RIGHT, y, SITE),
                _screen_text(tick.text, box.left - 7, y + 5, "end"),
            ]
        middle = (box.left + box.width - _RIGHT) / 2
        return [*drawn, _screen_text(self.x_title, middle, box.height - 6, "middle")]

    def _screen_labels(self, box: "_Box") -> list[Markup]:
        return [
            element(
                "text", one.text, x=one.x, y=one.y, font_size=15, font_weight=600,
                text_anchor=one.anchor, attributes=SITE("ink"),
            )
            for one in box.labels(15)
        ]  # fmt: skip

    def _paper_axes(self, box: "_Box") -> list[Markup]:
        drawn = [
            _grid(box.x(t.value), _TOP, box.x(t.value), box.floor, PAPER) for t in box.x_axis.ticks
        ]
        drawn += [
            paper_text(text, x, box.floor + 12, size=8, anchor="middle", fill="ink3")
            for text, x in box.told(8)
        ]
        for tick in box.y_axis.ticks:
            y = box.y(tick.value)
            drawn += [
                _grid(box.left, y, box.width - _RIGHT, y, PAPER),
                paper_text(tick.text, box.left - 6, y + 3, size=8, anchor="end", fill="ink3"),
            ]
        middle = (box.left + box.width - _RIGHT) / 2
        title = paper_text(
            self.x_title, middle, box.floor + 26, size=8, anchor="middle", fill="ink3"
        )
        return [*drawn, title]

    def _paper_labels(self, box: "_Box") -> list[Markup]:
        return [
            paper_text(one.text, one.x, one.y, weight=600, anchor=one.anchor)
            for one in box.labels(_PAPER_LABEL)
        ]


class _Box:
    """The drawing area of one chart: from values to coordinates."""

    def __init__(
        self, chart: LineChart, width: float, height: float, *, letters: float, bottom: float
    ) -> None:
        self.width, self.height, self.letters = width, height, letters
        self.floor = height - bottom
        points = [point for line in chart.lines for point in line.points]
        xs = [point.x for point in points]
        ys = [v for p in points for v in (p.y, p.low, p.high) if v is not None]
        self.x_axis = _with_texts(chart.x_axis or nice_axis(xs, include_zero=False), chart._x_text)  # noqa: SLF001
        self.y_axis = _with_texts(chart.y_axis or nice_axis(ys), chart._y_text)  # noqa: SLF001
        self.chart = chart
        widest = max((text_width(t.text, letters) for t in self.y_axis.ticks), default=0.0)
        self.left = max(_LEFT, widest + 9)

    def x(self, value: float) -> float:
        return self.left + self.x_axis.share(value) * (self.width - self.left - _RIGHT)

    def y(self, value: float) -> float:
        return self.floor - self.y_axis.share(value) * (self.floor - _TOP)

    def path(self, line: Line) -> str:
        return self._steps([(p.x, p.y) for p in line.points], stepped=line.is_stepped)

    def band(self, line: Line) -> str:
        inside = [p for p in line.points if p.low is not None and p.high is not None]
        if len(inside) < 2:  # noqa: PLR2004 - a band needs two ends
            return ""
        upper = self._steps([(p.x, p.high or 0.0) for p in inside], stepped=line.is_stepped)
        lower = self._corners([(p.x, p.low or 0.0) for p in inside], stepped=line.is_stepped)
        return upper + "".join(f"L{_pair(*corner)}" for corner in reversed(lower)) + "Z"

    def _steps(self, values: list[tuple[float, float]], *, stepped: bool) -> str:
        corners = self._corners(values, stepped=stepped)
        return "M" + "L".join(_pair(*corner) for corner in corners)

    def _corners(
        self, values: list[tuple[float, float]], *, stepped: bool
    ) -> list[tuple[float, float]]:
        corners: list[tuple[float, float]] = []
        for x, y in values:
            if stepped and corners:
                corners.append((self.x(x), corners[-1][1]))
            corners.append((self.x(x), self.y(y)))
        return corners

    def dots(self, line: Line, attributes: Mapping[str, Value], stroke: float) -> list[Markup]:
        return [
            element(
                "circle", cx=self.x(p.x), cy=self.y(p.y), r=stroke * 1.9, attributes=attributes,
                stroke_width=stroke * 0.5,
            )
            for p in line.points
        ]  # fmt: skip

    def told(self, size: float) -> list[tuple[str, float]]:
        """Return the words below the axis that have room, each with its middle."""
        left = self.left - size / 2
        ticks = [Label(t.text, self.x(t.value), 0.0, "middle") for t in self.x_axis.ticks]
        inside = [within(tick, size, left, self.width) for tick in ticks]
        return [(one.text, one.x) for one in spaced(inside, size)]

    def labels(self, size: float) -> list[Label]:
        """Return the direct labels: of points that carry one, else the name at the last point."""
        found = [
            within(self._label(point, size), self.letters, self.left + 4, self.width)
            for line in self.chart.lines
            for point in self._named(line)
        ]
        return apart(found, self.letters, size, self.floor - size * 0.3)

    def _named(self, line: Line) -> list[Point]:
        named = [point for point in line.points if point.label]
        if named or not line.points or len(self.chart.lines) == 1:
            return named
        last = line.points[-1]
        return [Point(last.x, last.y, last.low, last.high, line.name)]

    def _label(self, point: Point, size: float) -> Label:
        if point.side:
            return self._beside(point, size)
        x, y = self.x(point.x), max(self._label_height(point, size), size)
        if point.is_below or x > self.width * _LATE:
            return Label(point.label, x - 4, y, "end")
        return Label(point.label, x + 4, y, "start")

    def _beside(self, point: Point, size: float) -> Label:
        """Set a label at the side asked for, unless the picture ends there."""
        x = self.x(point.x)
        room = text_width(point.label, self.letters, BODY_SEMIBOLD) + size
        is_left = x + room > self.width if point.side == "right" else x - room > self.left
        y = self.y(point.y) + size * (0.35 - point.rise)
        y = min(max(y, size), self.floor - size * 0.3)
        if is_left:
            return Label(point.label, x - size * 0.6, y, "end")
        return Label(point.label, x + size * 0.6, y, "start")

    def _label_height(self, point: Point, size: float) -> float:
        if point.is_below:
            bottom = min(point.y, point.low if point.low is not None else point.y)
            return min(self.y(bottom) + size * 1.3, self.floor - size * 0.3)
        top = max(point.y, point.high if point.high is not None else point.y)
        return self.y(top) - size * 0.45


def _with_texts(axis: Axis, words: Callable[[float], str]) -> Axis:
    ticks = tuple(Tick(t.value, t.text or words(t.value), t.word) for t in axis.ticks)
    return Axis(axis.low, axis.high, ticks)


def _pair(x: float, y: float) -> str:
    return f"{coordinate(x)} {coordinate(y)}"


def _grid(x1: float, y1: float, x2: float, y2: float, paint: Paint) -> Markup:
    return element(
        "line", x1=x1, y1=y1, x2=x2, y2=y2, attributes=paint(stroke="line"), stroke_width=0.8
    )


def _screen_text(text: str, x: float, y: float, anchor: str, where: str = "") -> Markup:
    return element(
        "text", text, x=x, y=y, font_size=_SCREEN, text_anchor=anchor,
        class_=f"{where} f-ink3".strip(),
    )  # fmt: skip
