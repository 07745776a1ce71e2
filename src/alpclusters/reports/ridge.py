"""The ridge on the cover: three layers, always the same, drawn by halving the way."""

from itertools import pairwise
from random import Random
from typing import Final

type Points = tuple[tuple[float, float], ...]

_SEED: Final = 20130701
_N_HALVINGS: Final = 4
_LAYERS: Final = (
    # Corner heights in shares of the page, far to near; the near one carries the foot.
    ((0.655, 0.605, 0.618, 0.588, 0.600, 0.572, 0.632, 0.590, 0.606, 0.625), 0.013),
    ((0.700, 0.690, 0.664, 0.636, 0.646, 0.655, 0.641, 0.648, 0.688, 0.680), 0.010),
    ((0.752, 0.742, 0.708, 0.688, 0.694, 0.724, 0.706, 0.702, 0.704, 0.722), 0.008),
)


def ridge_layers() -> tuple[Points, Points, Points]:
    """Return the three outlines as (x, y) shares of the page, from left to right."""
    first, second, third = (_outline(*layer, seed=_SEED + i) for i, layer in enumerate(_LAYERS))
    return first, second, third


def _outline(corners: tuple[float, ...], roughness: float, *, seed: int) -> Points:
    random = Random(seed)  # noqa: S311 - a picture, not a secret
    heights = list(corners)
    for _ in range(_N_HALVINGS):
        heights = _halved(heights, roughness, random)
        roughness *= 0.66
    last = len(heights) - 1
    return tuple((round(i / last, 4), round(y, 4)) for i, y in enumerate(heights))


def _halved(heights: list[float], roughness: float, random: Random) -> list[float]:
    out = [heights[0]]
    for left, right in pairwise(heights):
        out += [(left + right) / 2 + random.uniform(-roughness, roughness) / 2, right]
    return out
