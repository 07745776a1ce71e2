"""Pieces that several chart forms share: row grid of the screen, axis rows, legends, words."""

from collections.abc import Iterable, Sequence
from typing import Final

from alpclusters.reports.blocks import Mark
from alpclusters.reports.cells import mark_word
from alpclusters.reports.charts.scales import Axis
from alpclusters.reports.charts.svg import (
    PAPER,
    SITE,
    Markup,
    element,
    hatch_path,
    join,
    paper_text,
    percent,
    rule,
)
from alpclusters.reports.colours import text_colour_on
from alpclusters.reports.typefaces import BODY, BODY_SEMIBOLD, text_width, wrap_text

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
