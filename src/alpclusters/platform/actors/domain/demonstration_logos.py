"""Logos of invented cluster organisations, drawn from formulas: no picture of anybody is needed."""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.sources.logos import Logo
from alpclusters.sources.png import write_png

LARGE: Final = 320
SMALL: Final = 96
# So many points a side are looked at for each pixel: soft edges.
_POINTS: Final = 4
_SPRUCE: Final = (37, 99, 63)
_PAPER: Final = (246, 244, 238)
_LARCH: Final = (201, 133, 20)
_TEETH: Final = 12
_HOLE: Final = 0.36
# Top, foot and half of the width of each triangle; then top, foot and half width of the trunk.
_CROWN: Final = ((0.72, 0.2, 0.3), (0.42, -0.15, 0.42), (0.1, -0.5, 0.54))
_TRUNK: Final = (-0.45, -0.72, 0.08)

type Grid = NDArray[np.float64]
type Mask = NDArray[np.bool_]
type Layers = list[tuple[Mask, tuple[int, int, int]]]
type Drawing = Callable[[Grid, Grid], Layers]


def draw_logo(key: str) -> Logo:
    """Draw one of the logos.

    Parameters
    ----------
    key : {'tree', 'gear'}

    Returns
    -------
    Logo
        320 and 96 pixels square, nothing around the shape.
    """
    drawing = {"tree": _tree, "gear": _gear}[key]
    return Logo(_drawn(drawing, LARGE), _drawn(drawing, SMALL))


def _drawn(drawing: Drawing, side: int) -> bytes:
    n = side * _POINTS
    line = (np.arange(n) + 0.5) / n * 2 - 1
    colours, covered = _painted(side, drawing(*np.meshgrid(line, -line)))
    straight = np.divide(colours, covered, out=np.zeros_like(colours), where=covered > 0)
    pixels = np.concatenate([straight, covered / _POINTS**2 * 255], axis=-1)
    return write_png(side, side, np.rint(pixels).astype(np.uint8).tobytes())


def _painted(side: int, layers: Layers) -> tuple[Grid, Grid]:
    """Put layers over one another; return colours summed over a pixel's points, and how many."""
    colours, covered = np.zeros((side, side, 3)), np.zeros((side, side, 1))
    free = np.ones((side * _POINTS, side * _POINTS), dtype=bool)
    for mask, colour in reversed(layers):
        points = (mask & free).reshape(side, _POINTS, side, _POINTS)
        n = np.count_nonzero(points, axis=(1, 3))[..., None]
        colours += n * np.array(colour)
        covered += n
        free &= ~mask
    return colours, covered


def _tree(x: Grid, y: Grid) -> Layers:
    """A conifer of three triangles in a circle."""
    disc = x**2 + y**2 < 0.98**2
    crown = np.zeros(x.shape, dtype=bool)
    for top, foot, half in _CROWN:
        crown |= (y < top) & (y > foot) & (np.abs(x) < half * (top - y) / (top - foot))
    top, foot, half = _TRUNK
    trunk = (np.abs(x) < half) & (y < top) & (y > foot)
    return [(disc, _SPRUCE), (crown, _PAPER), (trunk, _LARCH)]


def _gear(x: Grid, y: Grid) -> Layers:
    """A gear with a hole of six sides."""
    angle = np.arctan2(y, x)
    rim = np.where(np.cos(_TEETH * angle) > 0, 0.96, 0.8)
    sixth = (angle + np.pi / 6) % (np.pi / 3) - np.pi / 6
    away = np.hypot(x, y)
    across = away * np.cos(sixth)
    wheel = (away < rim) & (across > _HOLE)
    return [(wheel, _LARCH)]
