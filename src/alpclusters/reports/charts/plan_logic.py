"""How a plan is meant to work: input, activity, output, result, impact, action by action.

An arrow stands only where an edge exists: money that pays for an action, an indicator by which it
is measured. A box without a value is hollow; impact is dashed, because nobody claims it alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Column, Table
from alpclusters.reports.charts.parts import shorten
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
from alpclusters.reports.typefaces import BODY, BODY_SEMIBOLD, wrap_text

STAGES: Final = ("input", "activity", "output", "result", "impact")
_WIDTH: Final = 1090.0
_BOX: Final = 192.0
_STEP: Final = (_WIDTH - _BOX) / 4
# On paper the picture shrinks to 0.43: the letters are larger there, so that 8 points are left.
_SIZES: Final = {"site": 13.0, "paper": 18.6}
_LINES: Final = {"site": 16.0, "paper": 22.0}
_TOP: Final = 34.0


@dataclass(frozen=True, slots=True)
class LogicBox:
    """A source of money, an action or an indicator; hollow where it has no value yet."""

    name: str
    value: str = ""
    is_hollow: bool = False


@dataclass(frozen=True, slots=True)
class LogicRow:
    """One action with what pays for it and what it is measured by."""

    inputs: tuple[LogicBox, ...]
    action: LogicBox
    outputs: tuple[LogicBox, ...] = ()
    results: tuple[LogicBox, ...] = ()
    impacts: tuple[LogicBox, ...] = ()

    @property
    def columns(self) -> tuple[tuple[LogicBox, ...], ...]:
        """The boxes of the five stages."""
        return self.inputs, (self.action,), self.outputs, self.results, self.impacts


@dataclass(frozen=True, slots=True)
class LogicChart:
    """The rows of a plan, and the indicators of the plan as a whole, which no action claims."""

    language: str
    rows: tuple[LogicRow, ...]
    plan_boxes: tuple[tuple[str, LogicBox], ...] = ()
    title: str = ""

    def stage_words(self) -> tuple[str, ...]:
        """Return the heads of the five columns."""
        text = translator(self.language)
        return (
            text.gettext("Input"),
            text.gettext("Activity"),
            text.gettext("Output"),
            text.gettext("Result"),
            text.gettext("Impact"),
        )

    # --- words ----------------------------------------------------------------------------

    @property
    def alt(self) -> str:
        """Kind, number of actions, the first chain in words."""
        text = translator(self.language)
        head = text.gettext("From input to impact, actions: %(n)s.") % {
            "n": format_integer(len(self.rows), self.language)
        }
        first = [
            " → ".join(box.name for boxes in row.columns for box in boxes[:1])
            for row in self.rows[:2]
        ]
        return shorten(" ".join([head, *first, text.gettext("All boxes are in the table.")]))

    def table(self) -> Table:
        """One row per box: action, stage, what, value."""
        text = translator(self.language)
        heads = ("Action", "Stage", "What", "Value")
        words = dict(zip(heads, (
            text.gettext("Action"), text.gettext("Stage"), text.gettext("What"),
            text.gettext("Value"),
        ), strict=True))  # fmt: skip
        stages = self.stage_words()
        rows = [
            (row.action.name, stages[i], box.name, box.value or text.gettext("no value yet"))
            for row in self.rows
            for i, boxes in enumerate(row.columns)
            if i != STAGES.index("activity")
            for box in boxes
        ]
        whole = text.gettext("Plan as a whole")
        rows += [
            (
                whole,
                stages[STAGES.index(stage)],
                box.name,
                box.value or text.gettext("no value yet"),
            )
            for stage, box in self.plan_boxes
        ]
        return Table(tuple(Column(words[head]) for head in heads), tuple(rows), name=self.title)

    # --- screen ---------------------------------------------------------------------------

    def svg_rows(self) -> str:
        """Draw for the screen: five columns; on a phone one chain below the other."""
        drawing = element(
            "svg", *self._drawn(SITE), class_="logic only-w", role="img", aria_label=self.alt,
            viewBox=f"0 0 {coordinate(_WIDTH)} {coordinate(self._height(SITE))}",
        )  # fmt: skip
        return Markup(drawing + element("div", *map(self._chain, self.rows), class_="only-n"))

    def _chain(self, row: LogicRow) -> Markup:
        items = []
        for i, (word, boxes) in enumerate(zip(self.stage_words(), row.columns, strict=True)):
            if not boxes:
                continue
            names = [f"{box.name}: {box.value}" if box.value else box.name for box in boxes]
            parts = [part for name in names for part in (name, element("br"))][:-1]
            hollow = " hollow" if all(box.is_hollow for box in boxes) else ""
            dashed = " dashed" if i == len(STAGES) - 1 else ""
            # Indicators hang on the action, not on each other.
            end = " end" if i >= STAGES.index("output") else ""
            items.append(
                element(
                    "li",
                    element("b", word),
                    *parts,
                    class_=f"{hollow}{dashed}{end}".strip() or None,
                )
            )
        return element("ol", *items, class_="chain logic-chain")

    # --- drawing --------------------------------------------------------------------------

    def _height(self, paint: Paint) -> float:
        rows = sum(_row_height(row, paint) for row in self.rows)
        whole = self._whole_height(paint)
        return _TOP + rows + (whole + _LINES[paint.kind] * 1.6 if whole else 0.0)

    def _whole_height(self, paint: Paint) -> float:
        stacks = [
            _stack_height([box for name, box in self.plan_boxes if name == stage], paint)
            for stage in STAGES
        ]
        return max(stacks, default=0.0) + 14 if self.plan_boxes else 0.0

    def _drawn(self, paint: Paint) -> list[Markup]:
        drawn = [
            _text(word, i * _STEP + 2, 20, paint, weight=600)
            for i, word in enumerate(self.stage_words())
        ]
        y = _TOP
        for row in self.rows:
            drawn += _draw_row(row, y, paint)
            y += _row_height(row, paint)
        if self.plan_boxes:
            word = translator(self.language).gettext("Plan as a whole")
            drawn.append(_text(word, 2, y + _LINES[paint.kind], paint, weight=600))
            y += _LINES[paint.kind] * 1.6
            for i, stage in enumerate(STAGES):
                boxes = [box for name, box in self.plan_boxes if name == stage]
                drawn += _draw_stack(boxes, i, y, paint)[0]
        return drawn

    def standalone_svg(self, width: float) -> str:
        """Draw for a document: the same picture, as wide as the text."""
        scale = width / _WIDTH
        inner = element("g", *self._drawn(PAPER), transform=f"scale({scale:.4g})")
        title = self.title or translator(self.language).gettext("From input to impact")
        return paper_svg([inner], width, self._height(PAPER) * scale, title=title, alt=self.alt)


def _lines(box: LogicBox, paint: Paint) -> tuple[list[str], list[str]]:
    size = _SIZES[paint.kind]
    names = wrap_text(box.name, _BOX - 14, size, BODY)
    values = wrap_text(box.value, _BOX - 14, size, BODY_SEMIBOLD) if box.value else []
    return names, values


def _box_height(box: LogicBox, paint: Paint) -> float:
    return sum(map(len, _lines(box, paint))) * _LINES[paint.kind] + 12


def _stack_height(boxes: Sequence[LogicBox], paint: Paint) -> float:
    return sum(_box_height(box, paint) + 8 for box in boxes) - 8 if boxes else 0.0


def _row_height(row: LogicRow, paint: Paint) -> float:
    # Below the boxes runs the lane of arrows that pass a stage.
    return max(_stack_height(boxes, paint) for boxes in row.columns) + 26


def _draw_row(row: LogicRow, y: float, paint: Paint) -> list[Markup]:
    drawn: list[Markup] = []
    places: list[list[float]] = []
    for i, boxes in enumerate(row.columns):
        shapes, middles = _draw_stack(boxes, i, y, paint)
        drawn += shapes
        places.append(middles)
    from_action = places[1][0]
    drawn += [_arrow(_BOX, middle, _STEP, from_action, paint) for middle in places[0]]
    lane = y + _row_height(row, paint) - 18
    for i in (2, 3, 4):
        passes = any(row.columns[k] for k in range(2, i))
        drawn += [
            _lane_arrow(from_action, lane, i * _STEP, middle, paint)
            if passes
            else _arrow(_STEP + _BOX, from_action, i * _STEP, middle, paint)
            for middle in places[i]
        ]
    line = y + _row_height(row, paint) - 7
    drawn.append(
        element(
            "line", x1=0, x2=_WIDTH, y1=line, y2=line, attributes=paint(stroke="line"),
            stroke_width=1,
        )
    )  # fmt: skip
    return drawn


def _draw_stack(
    boxes: Sequence[LogicBox], column: int, y: float, paint: Paint
) -> tuple[list[Markup], list[float]]:
    drawn, middles = [], []
    for box in boxes:
        height = _box_height(box, paint)
        drawn += _draw_box(box, column, y, height, paint)
        middles.append(y + height / 2)
        y += height + 8
    return drawn, middles


def _draw_box(box: LogicBox, column: int, y: float, height: float, paint: Paint) -> list[Markup]:
    x = column * _STEP
    fill = "surface" if box.is_hollow or column == len(STAGES) - 1 else "tint"
    dashes = "5 4" if column == len(STAGES) - 1 else "1.5 4" if box.is_hollow else None
    frame = element(
        "rect", x=x + 1, y=y, width=_BOX - 2, height=height, rx=5, stroke_width=1.6,
        stroke_dasharray=dashes, attributes=paint(fill, "lake-line" if not dashes else "lake"),
    )  # fmt: skip
    names, values = _lines(box, paint)
    first, pitch = y + _SIZES[paint.kind] + 4, _LINES[paint.kind]
    texts = [
        _text(line, x + 7, first + pitch * k, paint, weight=600 if k >= len(names) else 400)
        for k, line in enumerate([*names, *values])
    ]
    return [frame, *texts]


def _text(word: str, x: float, y: float, paint: Paint, *, weight: int = 400) -> Markup:
    return element(
        "text", word, x=x, y=y, font_size=_SIZES[paint.kind], attributes=paint("ink"),
        font_weight=weight if weight != 400 else None,  # noqa: PLR2004 - regular
        font_family="Source Sans 3" if paint is PAPER else None,
    )  # fmt: skip


def _arrow(x1: float, y1: float, x2: float, y2: float, paint: Paint) -> Markup:
    middle = (x1 + x2) / 2
    d = f"M{_pair(x1, y1)}C{_pair(middle, y1)} {_pair(middle, y2)} {_pair(x2 - 8, y2)}"
    return _with_tip(d, x2, y2, paint)


def _lane_arrow(y1: float, lane: float, x2: float, y2: float, paint: Paint) -> Markup:
    """Lead below the boxes of a stage that the arrow passes."""
    x1, x3 = _STEP + _BOX, x2 - 20
    d = f"M{_pair(x1, y1)}H{coordinate(x1 + 10)}V{coordinate(lane)}H{coordinate(x3)}"
    d += f"V{coordinate(y2)}H{coordinate(x2 - 8)}"
    return _with_tip(d, x2, y2, paint)


def _with_tip(d: str, x: float, y: float, paint: Paint) -> Markup:
    line = element("path", d=d, attributes=paint("none", "lake"), stroke_width=1.6)
    tip = f"M{_pair(x - 9, y - 5)}L{_pair(x, y)}L{_pair(x - 9, y + 5)}Z"
    return Markup(line + element("path", d=tip, attributes=paint("lake")))


def _pair(x: float, y: float) -> str:
    return f"{coordinate(x)} {coordinate(y)}"
