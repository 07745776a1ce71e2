"""Boundaries made up for tests: every tile a square where it lies on the grid, in GISCO's form.

The real ones are not for commercial use and stay out of the repository.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from alpclusters.platform.territory.domain.tiles import tiles

WIDTH, HEIGHT = 1.2, 0.8


def square(west: float, south: float, width: float = WIDTH, height: float = HEIGHT) -> list:
    """Return a ring with two points on each side."""
    east, north, half = west + width, south + height, height / 2
    return [
        [west, south], [west + width / 2, south], [east, south], [east, south + half],
        [east, north], [west + width / 2, north], [west, north], [west, south + half],
        [west, south],
    ]  # fmt: skip


def feature(code: str, *rings: list, **properties: object) -> dict:
    """Return a region as GISCO writes it."""
    return {
        "type": "Feature",
        "properties": {"NUTS_ID": code, "LEVL_CODE": len(code) - 2, **properties},
        "geometry": {"type": "Polygon", "coordinates": list(rings)},
    }


def made_up_features(level: int) -> Iterable[dict]:
    """Yield a square for each tile, or its two halves as regions of level 3."""
    for tile in tiles():
        west, south = 4 + tile.column * WIDTH, 49 - tile.row * HEIGHT
        if level == 2:
            yield feature(tile.code, square(west, south))
        else:
            half = WIDTH / 2
            yield feature(f"{tile.code}1", square(west, south, half))
            yield feature(f"{tile.code}2", square(west + half, south, half))


def collection(features: Iterable[dict]) -> str:
    """Write a feature collection."""
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def write_made_up(folder: Path, *, scale: str = "20M", vintage: int = 2021) -> list[Path]:
    """Write the files of levels 2 and 3 under GISCO's names."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for level in (2, 3):
        path = folder / f"NUTS_RG_{scale}_{vintage}_4326_LEVL_{level}.geojson"
        path.write_text(collection(made_up_features(level)), encoding="utf-8")
        paths.append(path)
    return paths
