"""Which action waits for which: boxes in layers from left to right, arrows between them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Column, StatusKind, Table
from alpclusters.reports.charts.parts import shorten, status_mark, status_shape
from alpclusters.reports.charts.svg import (
    PAPER,
    SITE,
    Markup,
    Paint,
    coordinate,
    element,
    paper_svg,
)
from alpclusters.reports.numbers import format_integer
from alpclusters.reports.typefaces import wrap_text

_BOX: Final = (150.0, 54.0)
_GAP: Final = (58.0, 16.0)


@dataclass(frozen=True, slots=True)
class Node:
    """An action: how it stands, and its computed end in words."""

    key: int
    code: str
    title: str
    kind: StatusKind
    word: str
    until: str = ""


@dataclass(frozen=True, slots=True)
class Arrow:
    """``after`` can only go on once ``before`` has ended; days between, if any."""

    before: int
    after: int
    lag_days: int = 0


@dataclass(frozen=True)
class DependencyChart:
    """Actions that wait for others; without circles, which saving refuses."""

    language: str
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    title: str = ""

    @cached_property
    def _known(self) -> Mapping[int, Node]:
        return {node.key: node for node in self.nodes}

    @cached_property
    def _drawn(self) -> list[Arrow]:
        return [a for a in self.arrows if a.before in self._known and a.after in self._known]

    # --- words ----------------------------------------------------------------------------

    @property
    def alt(self) -> str:
        """Number of actions and arrows, the first of them in words."""
        text = translator(self.language)
        first = [self._sentence(arrow) for arrow in self._drawn[:4]]
        head = text.gettext("Dependencies, actions: %(n)s, arrows: %(m)s.") % {
            "n": format_integer(len(self.nodes), self.language),
            "m": format_integer(len(self._drawn), self.language),
        }
        return shorten(" ".join([head, *first, text.gettext("All of them are in the table.")]))

    def _sentence(self, arrow: Arrow) -> str:
        return translator(self.language).gettext("%(after)s waits for %(before)s.") % {
            "after": self._known[arrow.after].code,
            "before": self._known[arrow.before].code,
        }

    def table(self) -> Table:
        """One row per arrow: what waits, for what, days between, how both stand."""
        text = translator(self.language)
        columns = (
            Column(text.gettext("Action")),
            Column(text.gettext("Status")),
            Column(text.gettext("waits for")),
            Column(text.gettext("Status of that action")),
            Column(text.gettext("Days between"), "number", decimals=0),
        )
        rows = tuple(
            (
                f"{after.code} {after.title}",
                after.word,
                f"{before.code} {before.title}",
                before.word,
                arrow.lag_days,
            )
            for arrow in self._drawn
            for before, after in [(self._known[arrow.before], self._known[arrow.after])]
        )
        return Table(columns, rows, name=self.title)

    # --- screen ---------------------------------------------------------------------------

    def svg_rows(self) -> str:
        """Draw for the screen: boxes in layers; on a phone a list says the same."""
        return Markup(self._wide() + self._narrow())

    def _wide(self) -> Markup:
        layout = _Layout(self.nodes, self._drawn)
        marker = element(
            "path", d="M0 0 8 4 0 8Z", attributes=SITE("lake"),
        )  # fmt: skip
        head = element(
            "marker", marker, id="dep-tip", viewBox="0 0 8 8", refX=8, refY=4, markerWidth=7,
            markerHeight=7, orient="auto",
        )  # fmt: skip
        parts = [element("defs", head), *self._shapes(layout, SITE, "url(#dep-tip)")]
        drawing = element(
            "svg", *parts, viewBox=f"0 0 {coordinate(layout.width)} {coordinate(layout.height)}",
            width=layout.width, role="img", aria_label=self.alt, class_="deps",
        )  # fmt: skip
        label = self.title or translator(self.language).gettext("Dependencies")
        return element(
            "div", drawing, class_="only-w scroll", tabindex="0", role="region", aria_label=label
        )

    def _narrow(self) -> Markup:
        before: dict[int, list[str]] = defaultdict(list)
        for arrow in self._drawn:
            before[arrow.after].append(self._known[arrow.before].code)
        waits = translator(self.language).gettext("waits for %(codes)s")
        items = [
            element(
                "li",
                status_shape(node.kind),
                element("b", node.code),
                f" {node.title}",
                *(
                    [element("br"), waits % {"codes": ", ".join(before[node.key])}]
                    if node.key in before
                    else []
                ),
            )
            for node in self.nodes
        ]
        return element("ul", *items, class_="only-n vlist deps-list")

    def _shapes(self, layout: "_Layout", paint: Paint, tip: str) -> list[Markup]:
        drawn = [_arrow(layout, arrow, paint, tip) for arrow in self._drawn]
        for node in self.nodes:
            drawn += _box(node, *layout.places[node.key], paint)
        return drawn

    # --- paper ----------------------------------------------------------------------------

    def standalone_svg(self, width: float) -> str:
        """Draw for a document: the layers fill the width, never larger than on screen."""
        layout = _Layout(self.nodes, self._drawn)
        scale = min(0.75, width / layout.width)
        inner = element("g", *self._shapes(layout, PAPER, ""), transform=f"scale({scale:.4g})")
        title = self.title or translator(self.language).gettext("Dependencies")
        return paper_svg([inner], width, layout.height * scale, title=title, alt=self.alt)


class _Layout:
    """Where each box stands: its layer is the longest way to it, its place near its sources."""

    def __init__(self, nodes: Sequence[Node], arrows: Sequence[Arrow]) -> None:
        before: dict[int, list[int]] = defaultdict(list)
        for arrow in arrows:
            before[arrow.after].append(arrow.before)
        layer = _layers([node.key for node in nodes], arrows)
        columns: dict[int, list[int]] = defaultdict(list)
        for node in nodes:
            columns[layer[node.key]].append(node.key)
        place: dict[int, float] = {}
        for depth in sorted(columns):
            keys = sorted(columns[depth], key=lambda key: _mean(place, before[key]))
            place |= {key: float(i) for i, key in enumerate(keys)}
        self.places = {
            key: (depth * (_BOX[0] + _GAP[0]) + 1, place[key] * (_BOX[1] + _GAP[1]) + 1)
            for key, depth in layer.items()
        }
        most = max((len(keys) for keys in columns.values()), default=1)
        self.width = len(columns) * (_BOX[0] + _GAP[0]) - _GAP[0] + 2
        self.height = most * (_BOX[1] + _GAP[1]) - _GAP[1] + 2


def _mean(place: Mapping[int, float], keys: Sequence[int]) -> float:
    known = [place[key] for key in keys if key in place]
    return sum(known) / len(known) if known else 0.0


def _layers(keys: Sequence[int], arrows: Sequence[Arrow]) -> dict[int, int]:
    """Return the longest way to each box; at most as many rounds as there are boxes."""
    layer = dict.fromkeys(keys, 0)
    for _round in keys:
        moved = False
        for arrow in arrows:
            if layer[arrow.after] <= layer[arrow.before]:
                layer[arrow.after] = layer[arrow.before] + 1
                moved = True
        if not moved:
            break
    return layer


def _arrow(layout: _Layout, arrow: Arrow, paint: Paint, tip: str) -> Markup:
    (x1, y1), (x2, y2) = layout.places[arrow.before], layout.places[arrow.after]
    x1, y1, y2 = x1 + _BOX[0], y1 + _BOX[1] / 2, y2 + _BOX[1] / 2
    bend = x2 - _GAP[0] / 2
    d = f"M{coordinate(x1)} {coordinate(y1)}C{coordinate(bend)} {coordinate(y1)} "
    d += f"{coordinate(bend)} {coordinate(y2)} {coordinate(x2 - 1)} {coordinate(y2)}"
    line = element(
        "path", d=d, attributes=paint("none", "lake"), stroke_width=1.6, marker_end=tip or None
    )
    if tip:
        return line
    end = f"M{coordinate(x2 - 7)} {coordinate(y2 - 4)}L{coordinate(x2)} {coordinate(y2)}"
    end += f"L{coordinate(x2 - 7)} {coordinate(y2 + 4)}Z"
    return Markup(line + element("path", d=end, attributes=paint("lake")))


def _box(node: Node, x: float, y: float, paint: Paint) -> list[Markup]:
    frame = element(
        "rect", x=x, y=y, width=_BOX[0], height=_BOX[1], rx=5,
        attributes=paint("surface", "lake-line"), stroke_width=1.4,
    )  # fmt: skip
    lines = wrap_text(node.title, _BOX[0] - 16, 12)
    title = lines[0] if len(lines) == 1 else f"{lines[0].rstrip()[:22]}…"
    words = [(node.code, 26.0, 16.0, 600), (title, 8.0, 32.0, 400), (node.until, 8.0, 47.0, 400)]
    texts = [
        element(
            "text", word, x=x + dx, y=y + dy, font_size=12, attributes=paint("ink"),
            font_weight=weight if weight != 400 else None,  # noqa: PLR2004 - regular
            font_family="Source Sans 3" if paint is PAPER else None,
        )
        for word, dx, dy, weight in words
        if word
    ]  # fmt: skip
    return [frame, status_mark(node.kind, x + 8, y + 5, 13, paint), *texts]
