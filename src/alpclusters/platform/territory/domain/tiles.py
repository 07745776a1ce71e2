"""Where a region lies on the schematic tile map, and in which programme areas."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from alpclusters.platform.seed_rows import Row, read_rows

SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds"
NUTS_2_LENGTH: Final = 4
AREAS: Final = (
    "alpine-space-2007-2013",
    "alpine-space-2014-2020",
    "alpine-space-2021-2027",
    "eusalp",
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One region of NUTS 2 (2021) on the grid; column 0 is west, row 0 north.

    ``areas`` are the keys of the programme areas it belongs to, codes of older areas carried
    over to 2021; in ``unverified_areas`` nobody has confirmed it.
    """

    code: str
    short: str
    name: str
    country: str
    column: int
    row: int
    group: str
    areas: frozenset[str]
    unverified_areas: frozenset[str]


@cache
def tiles() -> tuple[Tile, ...]:
    """Return the tiles row by row, as a reader meets them."""
    found = [_tile(row) for row in read_rows(SEEDS / "tiles.csv")]
    return tuple(sorted(found, key=lambda t: (t.row, t.column)))


@cache
def tile_codes() -> frozenset[str]:
    """Return the codes that have a tile."""
    return frozenset(t.code for t in tiles())


def tile_of(code: str) -> str | None:
    """Return the tile a code of 2021 lies on; None for coarser codes and outside the map."""
    cut = code[:NUTS_2_LENGTH]
    return cut if len(code) >= NUTS_2_LENGTH and cut in tile_codes() else None


def _tile(row: Row) -> Tile:
    return Tile(
        code=row["code"],
        short=row["short"],
        name=row.get("name", ""),
        country=row["country"],
        column=int(row["column"]),
        row=int(row["row"]),
        group=row.get("group", ""),
        areas=_areas(row, "yes"),
        unverified_areas=_areas(row, "yes (unverified)"),
    )


def _areas(row: Row, prefix: str) -> frozenset[str]:
    columns = {area: row.get(area.replace("-", "_"), "") for area in AREAS}
    return frozenset(area for area, text in columns.items() if text.startswith(prefix))
