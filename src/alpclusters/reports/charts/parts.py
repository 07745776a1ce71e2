"""Pieces that several chart forms share: row grid of the screen, axis rows, legends, words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final

from alpclusters.analysis.scales import Scale
from alpclusters.reports.blocks import Mark, StatusKind
from alpclusters.reports.cells import mark_word
from alpclusters.reports.charts.svg import (
    PAPER,
    SITE,
    Markup,
    Paint,
    coordinate,
    element,
    hatch_path,
    join,
    paper_text,
    percent,
    rule,
)
from alpclusters.reports.colours import text_colour_on
from alpclusters.reports.numbers import format_figure
from alpclusters.reports.typefaces import BODY, BODY_SEMIBOLD, text_width, wrap_text

# --- Scales and axes: from values to shares of the width, and the ticks with their words ----------


_STEPS: Final = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Tick:
    """A value on an axis and the word that anchors it ("4", "rather")."""

    value: float
    text: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class Axis:
    """A linear axis from ``low`` to ``high`` with its ticks; shares are written as per cent."""

    low: float
    high: float
    ticks: tuple[Tick, ...] = ()
    is_share: bool = False

    def share(self, value: float) -> float:
        """Return where a value lies, 0 at the low end and 1 at the high end, never outside."""
        span = self.high - self.low
        return 0.0 if span <= 0 else min(1.0, max(0.0, (value - self.low) / span))


def rating_axis(anchors: Sequence[str], *, first: int = 1, low: int | None = None) -> Axis:
    """Return the axis of ratings from ``first`` on with the words of each step.

    ``low=2`` cuts the empty end off in documents, where no estimate lies below.
    """
    begin = first if low is None else low
    ticks = (Tick(i, str(i), word) for i, word in enumerate(anchors, start=first))
    shown = tuple(tick for tick in ticks if tick.value >= begin)
    return Axis(begin, first + len(anchors) - 1, shown)


def criterion_axis(scale: Scale, words: Sequence[str], language: str) -> Axis:
    """Return the axis of a criterion: a tick for each step, with its words."""
    said = words if len(words) == len(scale.steps) else ("",) * len(scale.steps)
    ticks = tuple(
        Tick(step, format_figure(step, scale, language, 0), word)
        for step, word in zip(scale.steps, said, strict=True)
    )
    return Axis(*scale.ends, ticks, is_share=scale.is_share)


def nice_axis(values: Sequence[float], *, include_zero: bool = True, n_steps: int = 4) -> Axis:
    """Return an axis with round ends that holds all values; the ticks carry no text yet."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    if include_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high <= low:
        high = low + 1
    step = nice_step((high - low) / n_steps)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    ticks = tuple(Tick(i * step, "") for i in range(first, last + 1))
    return Axis(first * step, last * step, ticks)


def nice_step(raw: float) -> float:
    """Return the smallest round step (1, 2, 2.5, 5 times a power of ten) not below ``raw``."""
    power = 10.0 ** floor(log10(raw))
    return next(step * power for step in _STEPS if step * power >= raw * (1 - 1e-9))


# --- The shapes of a status: form and word carry it, colour only repeats --------------------------


type Stroke = tuple[str, str, str, float]
"""Path in a square of 16, fill, stroke, width of the stroke."""

_TICK: Final = ("M4.5 8.5 7 11l4.8-5.4", "none", "surface", 2.0)
_CIRCLE: Final = "M{left} 8a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0-{d} 0Z"
STATUS_SHAPES: Final[Mapping[StatusKind, tuple[Stroke, ...]]] = {
    StatusKind.PLANNED: ((_CIRCLE.format(left=2, r=6, d=12), "none", "ink2", 2.0),),
    StatusKind.ON_TRACK: ((_CIRCLE.format(left=0.5, r=7.5, d=15), "good", "", 0.0), _TICK),
    StatusKind.DELAYED: (
        ("M8 1.2 15.2 14.6H.8Z", "larch", "ink", 1.2),
        ("M8 5.6v4.2M8 11.8v1", "none", "ink", 1.8),
    ),
    StatusKind.FAR_BEHIND: (
        ("M8 .4 15.6 8 8 15.6.4 8Z", "danger", "", 0.0),
        ("M5 8h6", "none", "surface", 2.0),
    ),
    StatusKind.NO_REPORT: (
        ("M1.5 1.5h13v13h-13Z", "surface", "strong", 1.0),
        ("M2 6 6 2M2 10l8-8M2 14 14 2M6 14l8-8M10 14l4-4", "none", "strong", 1.0),
    ),
    StatusKind.DONE: (("M.8.8h14.4v14.4H.8Z", "lake", "", 0.0), _TICK),
    StatusKind.STOPPED: (
        ("M1.8 1.8h12.4v12.4H1.8Z", "none", "ink2", 1.8),
        ("M4.5 11.5l7-7", "none", "ink2", 1.8),
    ),
}


def status_paths(kind: StatusKind, paint: Paint = SITE) -> list[Markup]:
    """Draw the shape of a status in a square of 16."""
    return [
        element("path", d=d, attributes=paint(fill, stroke), stroke_width=width or None)
        for d, fill, stroke, width in STATUS_SHAPES[kind]
    ]


def status_mark(kind: StatusKind, x: float, y: float, size: float, paint: Paint) -> Markup:
    """Draw the shape of a status with its upper left corner at a point."""
    place = f"translate({coordinate(x)} {coordinate(y)}) scale({size / 16:.3g})"
    return element("g", *status_paths(kind, paint), transform=place)


def status_shape(kind: StatusKind) -> Markup:
    """Draw the shape of a status as a small picture in a line of text."""
    return element(
        "svg", *status_paths(kind), viewBox="0 0 16 16", class_="r-shape", aria_hidden="true"
    )


# --- Pieces that several chart forms share: row grid of the screen, axis rows, legends, words -----


MAX_ALT: Final = 400
_MIDDLE: Final = (0.45, 0.55)


def shorten(text: str, limit: int = MAX_ALT) -> str:
    """Keep an alternative text within its limit, cut at a word."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0] + "…"


def div(class_: str, *children: str) -> Markup:
    """Build a ``div`` with a class."""
    return element("div", *children, class_=class_)


def row_svg(*children: str) -> Markup:
    """Build the small SVG of one row: fluid, without a view box, so text keeps its size."""
    return element("svg", *children, aria_hidden="true")


def grid_row(class_: str, label: str, plot: Iterable[str], value: str) -> Markup:
    """Build one row of the screen grid: label, plot, value."""
    return div(class_, div("lab", label), div("plot", row_svg(*plot)), div("val", value))


def tick_lines(axis: Axis, y1: float = -6, y2: float = 34) -> list[Markup]:
    """Draw the hairlines of the ticks behind a row."""
    return [
        element(
            "line", x1=percent(axis.share(tick.value)), x2=percent(axis.share(tick.value)),
            y1=y1, y2=y2, attributes=SITE(stroke="line"), stroke_width=1,
        )
        for tick in axis.ticks
    ]  # fmt: skip


def axis_row(axis: Axis) -> Markup:
    """Write the axis below the rows: both ends with their words, the middle where it is free."""
    last = len(axis.ticks) - 1
    shown = [
        tick
        for i, tick in enumerate(axis.ticks)
        if i in {0, last} or _MIDDLE[0] <= axis.share(tick.value) <= _MIDDLE[1]
    ]
    texts = [
        element(
            "text", f"{tick.text} {tick.word}".strip(), x=percent(axis.share(tick.value)), y=16,
            attributes=SITE(fill="ink3"), font_size=13, text_anchor=_anchor(axis.share(tick.value)),
        )
        for tick in shown
    ]  # fmt: skip
    return grid_row("ax", "", texts, "")


def _anchor(share: float) -> str:
    if share <= 0.02:  # noqa: PLR2004 - at the edge
        return "start"
    return "end" if share >= 0.98 else "middle"  # noqa: PLR2004


def legend(entries: Sequence[tuple[str, str]], hatch: str = "") -> Markup:
    """List colour squares with their words; an entry named "hatch" takes the pattern id."""
    items = [
        element(
            "li",
            element("svg", _swatch(fill, hatch), viewBox="0 0 18 18", aria_hidden="true"),
            text,
        )
        for fill, text in entries
    ]
    return element("ul", *items, class_="legend")


def _swatch(fill: str, hatch: str) -> Markup:
    if fill == "hatch":
        return hatch_rect(hatch, x=0.5, y=0.5, width=17, height=17)
    edge = "strong" if fill == "q0" else ""
    return element(
        "rect", x=0.5, y=0.5, width=17, height=17, rx=2, attributes=SITE(fill=fill, stroke=edge)
    )


def hatch_rect(pattern: str, *, x: float, y: float, width: float | str, height: float) -> Markup:
    """Draw a rectangle filled with the page's hatch."""
    return element(
        "rect", x=x, y=y, width=width, height=height, rx=2, fill=f"url(#{pattern})",
        attributes=SITE(stroke="strong"), stroke_width=1,
    )  # fmt: skip


def value_html(strong: str, rest: str, *lines: str) -> Markup:
    """Write the value column: estimate in bold, the rest, then further lines."""
    broken = [
        part
        for line in lines
        for part in (element("br"), Markup(line) if isinstance(line, Markup) else line)
    ]
    return join((element("b", strong), f" {rest}" if rest else "", *broken))


def fluid(class_: str, alt: str, *children: str) -> Markup:
    """Wrap the rows of a chart: one picture for assistive technology, the table tells the rest."""
    return element("div", *children, class_=class_, role="img", aria_label=alt)


def label_lines(
    text: str, width: float, x: float, y: float, *, size: float = 9, face: str = BODY,
    weight: int = 400,
) -> Markup:  # fmt: skip
    """Set a label in as many lines as it needs, centred around the base line ``y``."""
    lines = wrap_text(text, width, size, face)
    top = y - (len(lines) - 1) * (size + 1.5) / 2
    return join(
        paper_text(line, x, top + i * (size + 1.5), size=size, weight=weight)
        for i, line in enumerate(lines)
    )


def paper_axis(axis: Axis, left: float, width: float, top: float, bottom: float) -> list[Markup]:
    """Draw the ticks of a document: number and word above, 0.4 pt lines down."""
    drawn: list[Markup] = []
    words = _tick_words(axis, width)
    depth = max((len(lines) for lines in words), default=0)
    for tick, lines in zip(axis.ticks, words, strict=True):
        x = left + axis.share(tick.value) * width
        drawn.append(rule(x, top, x, bottom, stroke="row", width=0.4))
        rows = [tick.text, *lines, *[""] * (depth - len(lines))]
        drawn += [
            paper_text(text, x, top - 4 - 9 * i, size=8, anchor="middle", fill="ink3")
            for i, text in enumerate(reversed(rows))
            if text
        ]
    return drawn


def paper_axis_height(axis: Axis, width: float) -> float:
    """Return the height that the words above the plot need."""
    return 14 + 9 * max((len(lines) for lines in _tick_words(axis, width)), default=0)


def _tick_words(axis: Axis, width: float) -> list[list[str]]:
    """Wrap the words of the ticks; where one does not fit, none is shown, the numbers remain."""
    room = width / max(len(axis.ticks) - 1, 1) - 4
    parts = [part for tick in axis.ticks for part in tick.word.split()]
    if any(text_width(part, 8) > room for part in parts):
        return [[] for _ in axis.ticks]
    return [wrap_text(tick.word, room, 8) if tick.word else [] for tick in axis.ticks]


def withheld_bar(x: float, y: float, width: float, height: float, language: str) -> Markup:
    """Draw a withheld bar on paper: hatch, frame and the word, whatever the reason."""
    word = mark_word(Mark.WITHHELD, language)
    size = text_width(word, 8, BODY_SEMIBOLD) + 6
    middle = x + width / 2
    ground = element(
        "rect", x=middle - size / 2, y=y + height / 2 - 4.5, width=size, height=9,
        attributes=PAPER("surface"),
    )  # fmt: skip
    text = paper_text(
        word, middle, y + height / 2 + 2.8, size=8, anchor="middle", weight=600, fill="ink2"
    )
    return join((hatch_path(x, y, width, height), ground, text))


def on(fill: str) -> str:
    """Return the class of text on a fill (the theme chooses the colour)."""
    return f"on-{fill}"


def on_paper(fill: str) -> str:
    """Return the colour name of text on a fill in documents."""
    return text_colour_on(fill)
