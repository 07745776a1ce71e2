"""The shapes of a status: form and word carry it, colour only repeats."""

from collections.abc import Mapping
from typing import Final

from alpclusters.reports.blocks import StatusKind
from alpclusters.reports.charts.svg import SITE, Markup, Paint, coordinate, element

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
