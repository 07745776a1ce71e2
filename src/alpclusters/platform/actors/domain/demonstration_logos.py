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
type Drawing = Callable[[Grid, Grid], NDArray[np.float64]]


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
    colours = drawing(*np.meshgrid(line, -line))
    cells = colours.reshape(side, _POINTS, side, _POINTS, 4).mean(axis=(1, 3))
    opacity = cells[..., 3:]
    straight = np.divide(
        cells[..., :3], opacity, out=np.zeros_like(cells[..., :3]), where=opacity > 0
    )
    pixels = np.concatenate([straight, opacity * 255], axis=-1)
    return write_png(side, side, np.rint(pixels).astype(np.uint8).tobytes())


def _painted(shape: tuple[int, ...], layers: list[tuple[Mask, tuple[int, int, int]]]) -> Grid:
    """Put layers over one another; red, green and blue are weighed by the opacity."""
    found = np.zeros((*shape, 4))
    for mask, colour in layers:
        found[mask] = (*colour, 1.0)
    return found


def _tree(x: Grid, y: Grid) -> Grid:
    """A conifer of three triangles in a circle."""
    disc = x**2 + y**2 < 0.98**2
    crown = np.zeros(x.shape, dtype=bool)
    for top, foot, half in _CROWN:
        crown |= (y < top) & (y > foot) & (np.abs(x) < half * (top - y) / (top - foot))
    top, foot, half = _TRUNK
    trunk = (np.abs(x) < half) & (y < top) & (y > foot)
    return _painted(x.shape, [(disc, _SPRUCE), (crown, _PAPER), (trunk, _LARCH)])


def _gear(x: Grid, y: Grid) -> Grid:
    """A gear with a hole of six sides."""
    angle = np.arctan2(y, x)
    rim = np.where(np.cos(_TEETH * angle) > 0, 0.96, 0.8)
    sixth = (angle + np.pi / 6) % (np.pi / 3) - np.pi / 6
    across = np.hypot(x, y) * np.cos(sixth)
    wheel = (np.hypot(x, y) < rim) & (across > _HOLE)
    return _painted(x.shape, [(wheel, _LARCH)])
