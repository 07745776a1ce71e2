"""Words in a line chart: which ticks have room for theirs, and labels that do not meet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from alpclusters.reports.charts.svg import Anchor
from alpclusters.reports.typefaces import BODY_SEMIBOLD, text_width

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
