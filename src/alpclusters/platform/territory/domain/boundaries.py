"""Boundaries of regions on this machine: cut to the Alps, made small, kept outside the database.

They belong to EuroGeographics and must not be used commercially, so that no package, database
copy or test of the project holds them: `./alpclusters fetch boundaries` brings them.
"""

import gzip
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

from alpclusters.analysis.errors import FileFormatError, Where
from alpclusters.platform.languages.catalogues import gettext_noop
from alpclusters.platform.territory.domain.lookups import current_recoder
from alpclusters.platform.territory.domain.recoding import RELIABLE
from alpclusters.platform.territory.domain.tiles import tile_codes
from alpclusters.platform.territory.models import CURRENT_VINTAGE, ProgrammeAreaRegion
from alpclusters.sources.boundaries import (
    LICENCE,
    Boundary,
    read_boundaries,
    simplify,
    write_geojson,
)

LEVELS: Final = (2, 3)
NUTS_2_LENGTH: Final = 4
# Translators: the words EuroGeographics prescribes; shown wherever the boundaries are.
ATTRIBUTION: Final = gettext_noop("© EuroGeographics for the administrative boundaries")
_MOST_NAMED: Final = 10


@dataclass(frozen=True, slots=True)
class Shapes:
    """A file of boundaries as it is sent to browsers.

    Attributes
    ----------
    text, packed : bytes
        GeoJSON, plain and gzipped.
    etag : str
        Of the text, with its quotation marks.
    """

    text: bytes
    packed: bytes
    etag: str


@dataclass(frozen=True, slots=True)
class StoredBoundaries:
    """What storing one level did.

    Attributes
    ----------
    level, n_regions : int
    n_points_read, n_points : int
        Of the outlines before and after.
    n_bytes, n_bytes_packed : int
        Of the file, plain and gzipped.
    """

    level: int
    n_regions: int
    n_points_read: int
    n_points: int
    n_bytes: int
    n_bytes_packed: int


def boundaries(level: int, vintage: int = CURRENT_VINTAGE) -> str | None:
    """Return the boundaries of a level as GeoJSON; None if nobody fetched them.

    The member ``attribution`` of the text has to be shown wherever they are.
    """
    shapes = read_shapes(level, vintage)
    return shapes.text.decode() if shapes else None


def read_shapes(level: int, vintage: int = CURRENT_VINTAGE) -> Shapes | None:
    """Return what is sent to browsers; the file is read again when it changed."""
    path = shapes_path(level, vintage)
    try:
        state = path.stat()
    except OSError:
        return None
    return _shapes(path, state.st_mtime_ns, state.st_size)


def has_boundaries(vintage: int = CURRENT_VINTAGE) -> bool:
    """Say whether all levels were fetched on this machine."""
    return all(shapes_path(level, vintage).is_file() for level in LEVELS)


def shapes_path(level: int, vintage: int) -> Path:
    """Return where the boundaries of a level lie in the data directory."""
    home: Path = settings.CONFIGURATION.home
    return home / "boundaries" / f"nuts-{vintage}-{level}.geojson"


@lru_cache(maxsize=4)
def _shapes(path: Path, changed: int, size: int) -> Shapes:  # noqa: ARG001 - both are the key of the cache
    text = path.read_bytes()
    digest = hashlib.sha256(text).hexdigest()[:32]
    return Shapes(text, gzip.compress(text, compresslevel=9, mtime=0), f'"{digest}"')


def store_boundaries(paths: Sequence[Path], *, vintage: int) -> list[StoredBoundaries]:
    """Read GISCO's files of levels 2 and 3, check, cut and keep them; all or none.

    Parameters
    ----------
    paths : sequence of Path
        One file for each of `LEVELS`, in that order.
    vintage : int
        Of the files.

    Raises
    ------
    FileFormatError
        A file is no GeoJSON of regions, or regions of a programme area are missing in it.
    """
    made = [_made(path, level, vintage) for path, level in zip(paths, LEVELS, strict=True)]
    for text, stored in made:
        _write(shapes_path(stored.level, vintage), text)
    return [stored for _text, stored in made]


def _made(path: Path, level: int, vintage: int) -> tuple[bytes, StoredBoundaries]:
    read = read_boundaries(path, level=level)
    _check_complete(read, level=level, vintage=vintage, file=path.name)
    shown = wanted_codes(vintage)
    kept = [boundary for boundary in read if boundary.code[:NUTS_2_LENGTH] in shown]
    small = simplify(kept)
    text = write_geojson(small, attribution=LICENCE.attribution).encode()
    return text, StoredBoundaries(
        level=level,
        n_regions=len(small),
        n_points_read=sum(boundary.n_points for boundary in kept),
        n_points=sum(boundary.n_points for boundary in small),
        n_bytes=len(text),
        n_bytes_packed=len(gzip.compress(text, compresslevel=9, mtime=0)),
    )


def wanted_codes(vintage: int) -> frozenset[str]:
    """Return the NUTS 2 codes of a vintage that are shown: all tiles and all programme areas."""
    recoder = current_recoder()
    found = set()
    for code, year in [*_area_codes(), *((code, CURRENT_VINTAGE) for code in tile_codes())]:
        recoding = recoder.recode(code, from_vintage=year, to_vintage=vintage)
        if recoding.status in RELIABLE and recoding.code:
            found.add(recoding.code)
    return frozenset(found)


def _area_codes() -> list[tuple[str, int]]:
    rows = ProgrammeAreaRegion.objects.values_list("code", "area__nuts_vintage").distinct()
    return [(code, year) for code, year in rows.order_by() if len(code) == NUTS_2_LENGTH]


def _check_complete(read: Sequence[Boundary], *, level: int, vintage: int, file: str) -> None:
    """Refuse a file in which a region of a programme area is missing, or a part of one."""
    there = {boundary.code[:NUTS_2_LENGTH] for boundary in read}
    missing = sorted(wanted_codes(vintage) - there)
    if missing:
        found = ", ".join(missing[:_MOST_NAMED])
        values = {"n": len(missing), "level": level, "vintage": vintage}
        raise FileFormatError(
            "boundaries.incomplete", where=Where(file=file), found=found, values=values
        )


def _write(path: Path, text: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(text)
    part.replace(path)
