"""Where names stand in a picture so that they hide one another as little as possible."""

from collections.abc import Sequence
from dataclasses import dataclass

from alpclusters.reports.charts.svg import Anchor
from alpclusters.reports.typefaces import text_width

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
