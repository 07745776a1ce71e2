"""The ridge of the trail strip: where its knots lie and how they are joined."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

HEIGHTS: Final = (60, 48, 54, 30, 42, 24, 36, 24, 38, 28, 52)
SUMMIT: Final = 16


@dataclass(frozen=True)
class Knot:
    """A station on the ridge; x in per cent so that the strip is fluid."""

    x: str
    y: int
    kind: str


@dataclass(frozen=True)
class Edge:
    """A line between two neighbours; dotted where one of them is missing."""

    x1: str
    y1: int
    x2: str
    y2: int
    is_dotted: bool


@dataclass(frozen=True)
class Ridge:
    """The whole line."""

    knots: tuple[Knot, ...]
    edges: tuple[Edge, ...]


def ridge(stations: Sequence[Any]) -> Ridge:
    """Place the stations; the current one is the summit.

    Parameters
    ----------
    stations : sequence of Station
        What the strip shows, in order.
    """
    knots = tuple(_knot(i, s.state, len(stations)) for i, s in enumerate(stations))
    pairs = pairwise(knots)
    edges = tuple(Edge(a.x, a.y, b.x, b.y, "missing" in {a.kind, b.kind}) for a, b in pairs)
    return Ridge(knots, edges)


def _knot(index: int, state: str, count: int) -> Knot:
    x = f"{100 * (index + 0.5) / count:.2f}%"
    return Knot(x, SUMMIT if state == "here" else _height(index, count), state)


def _height(index: int, count: int) -> int:
    if count == 1:
        return HEIGHTS[0]
    return HEIGHTS[round(index * (len(HEIGHTS) - 1) / (count - 1))]
