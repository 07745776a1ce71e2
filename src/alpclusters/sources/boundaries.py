"""Boundaries of regions from GISCO: read, checked, made smaller without gaps, written again.

Two neighbours share their border point by point. It is therefore simplified once, as an arc
between the points where three outlines meet, and both get the same result.
"""

import json
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from alpclusters.analysis.errors import FileFormatError, Where
from alpclusters.sources.records import Licence
from alpclusters.sources.texts import read_bytes

MAX_BYTES: Final = 60_000_000
DECIMALS: Final = 3  # about 100 m
TOLERANCE: Final = 0.004  # degrees, about 400 m: less than a pixel where the whole Alps are shown
LICENCE: Final = Licence(
    key="",
    attribution="© EuroGeographics for the administrative boundaries",
    address="https://ec.europa.eu/eurostat/web/gisco/geodata/statistical-units",
    holder="EuroGeographics",
)
_SMALLEST_RING: Final = 4
_LONGITUDES: Final = 180
_LATITUDES: Final = 90

type Point = tuple[float, float]
type Ring = tuple[Point, ...]
type Polygon = tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Boundary:
    """The outline of one region.

    Attributes
    ----------
    code : str
        NUTS code.
    level : int
    polygons : tuple of polygons
        Each an outer ring and its holes, closed, in degrees (longitude, latitude).
    """

    code: str
    level: int
    polygons: tuple[Polygon, ...]

    @property
    def n_points(self) -> int:
        """How many points its rings have."""
        return sum(len(ring) for polygon in self.polygons for ring in polygon)


def read_boundaries(path: Path, *, level: int) -> list[Boundary]:
    """Read the regions of one level from a file of GISCO.

    Parameters
    ----------
    path : Path
        GeoJSON with the properties NUTS_ID and LEVL_CODE, in degrees (EPSG:4326).
    level : int
        0 to 3; regions of other levels are passed over.

    Raises
    ------
    FileFormatError
        No GeoJSON, a property or geometry is missing, or other units than degrees.
    """
    name = path.name
    try:
        content = json.loads(read_bytes(path, max_bytes=MAX_BYTES))
    except ValueError as error:
        raise _wrong(name, found=str(error)) from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list):
        raise _wrong(name, found="no features")
    found = [_boundary(f, name, number) for number, f in enumerate(features)]
    return [boundary for boundary in found if boundary and boundary.level == level]


def _boundary(feature: Any, file: str, number: int) -> Boundary | None:
    path = f"/features/{number}"
    try:
        properties, geometry = feature["properties"], feature["geometry"]
        code, level = str(properties["NUTS_ID"]), int(properties["LEVL_CODE"])
        if geometry is None:  # extra-regio units have none
            return None
        return Boundary(code, level, _polygons(geometry))
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise _wrong(file, found=f"{type(error).__name__}: {error}", path=path) from error


def _polygons(geometry: dict[str, Any]) -> tuple[Polygon, ...]:
    kinds = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}
    return tuple(tuple(_ring(ring) for ring in polygon) for polygon in kinds[geometry["type"]])


def _ring(points: Sequence[Sequence[float]]) -> Ring:
    ring = tuple((float(p[0]), float(p[1])) for p in points)
    if any(abs(x) > _LONGITUDES or abs(y) > _LATITUDES for x, y in ring):
        message = "not in degrees"
        raise ValueError(message)
    return ring


def _wrong(file: str, *, found: str, path: str | None = None) -> FileFormatError:
    return FileFormatError("boundaries.wrong_file", where=Where(file=file, path=path), found=found)


# --- smaller, without gaps ----------------------------------------------------------------------


def simplify(
    boundaries: Iterable[Boundary], *, tolerance: float = TOLERANCE, decimals: int = DECIMALS
) -> list[Boundary]:
    """Round and thin out outlines so that neighbours still touch.

    Parameters
    ----------
    boundaries : iterable of Boundary
        All that are shown together.
    tolerance : float
        Greatest distance in degrees of a left-out point from the line that remains.
    decimals : int
        Of the coordinates.

    Returns
    -------
    list of Boundary
        Outer rings counter-clockwise, holes clockwise (RFC 7946). Rings that shrink to nothing
        are dropped, unless the region would vanish.

    Notes
    -----
    Ramer-Douglas-Peucker on each arc between two points at which more than two neighbours of a
    point are known; a ring without such a point is cut at its smallest point and at the one
    farthest from it.
    """
    rounded = [_rounded(boundary, decimals) for boundary in boundaries]
    nodes = _nodes(rounded)
    thinner = _Thinner(tolerance)
    return [_mapped(boundary, nodes, thinner) for boundary in rounded]


def _rounded(boundary: Boundary, decimals: int) -> Boundary:
    polygons = tuple(
        tuple(_without_repeats(ring, decimals) for ring in polygon) for polygon in boundary.polygons
    )
    kept = tuple(
        tuple(ring for ring in polygon if len(ring) >= _SMALLEST_RING)
        for polygon in polygons
        if len(polygon[0]) >= _SMALLEST_RING
    )
    return replace(boundary, polygons=kept or boundary.polygons)


def _without_repeats(ring: Ring, decimals: int) -> Ring:
    points = [(round(x, decimals), round(y, decimals)) for x, y in ring]
    return (points[0], *(after for before, after in pairwise(points) if after != before))


def _nodes(boundaries: Iterable[Boundary]) -> frozenset[Point]:
    """Return the points at which outlines meet or part."""
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for ring in _rings(boundaries):
        for before, after in pairwise(ring):
            neighbours[before].add(after)
            neighbours[after].add(before)
    return frozenset(point for point, others in neighbours.items() if len(others) > 2)  # noqa: PLR2004 - two is a line


def _rings(boundaries: Iterable[Boundary]) -> Iterator[Ring]:
    for boundary in boundaries:
        for polygon in boundary.polygons:
            yield from polygon


def _mapped(boundary: Boundary, nodes: frozenset[Point], thinner: "_Thinner") -> Boundary:
    polygons = []
    for polygon in boundary.polygons:
        rings = [_thinned(ring, nodes, thinner) for ring in polygon]
        if len(rings[0]) >= _SMALLEST_RING:
            holes = [_turned(r, clockwise=True) for r in rings[1:] if len(r) >= _SMALLEST_RING]
            polygons.append((_turned(rings[0], clockwise=False), *holes))
    if polygons:
        return replace(boundary, polygons=tuple(polygons))
    largest = max(boundary.polygons, key=lambda p: abs(_area(p[0])))
    return replace(boundary, polygons=((_turned(largest[0], clockwise=False),),))


def _thinned(ring: Ring, nodes: frozenset[Point], thinner: "_Thinner") -> Ring:
    found: list[Point] = []
    for arc in _arcs(ring, nodes):
        found.extend(thinner.thin(arc)[:-1])
    return (*found, found[0])


def _arcs(ring: Ring, nodes: frozenset[Point]) -> list[Ring]:
    """Cut a closed ring at the nodes; without any, at two points that both sides would choose."""
    points = ring[:-1]
    cuts = [i for i, point in enumerate(points) if point in nodes]
    if len(cuts) < 2:  # noqa: PLR2004 - a ring needs two ends
        first = cuts[0] if cuts else points.index(min(points))
        far = max(
            range(len(points)), key=lambda i: (math.dist(points[i], points[first]), points[i])
        )
        cuts = sorted({first, far})
    turned = points[cuts[0] :] + points[: cuts[0]]
    ends = [cut - cuts[0] for cut in cuts] + [len(points)]
    closed = (*turned, turned[0])
    return [closed[a : b + 1] for a, b in pairwise(ends)]


class _Thinner:
    """Thins each arc once, whichever way it is walked."""

    def __init__(self, tolerance: float) -> None:
        self._tolerance = tolerance
        self._known: dict[Ring, Ring] = {}

    def thin(self, arc: Ring) -> Ring:
        backwards = arc[::-1]
        key = min(arc, backwards)
        if key not in self._known:
            self._known[key] = _douglas_peucker(key, self._tolerance)
        found = self._known[key]
        return found if key == arc else found[::-1]


def _douglas_peucker(arc: Ring, tolerance: float) -> Ring:
    keep, waiting = {0, len(arc) - 1}, [(0, len(arc) - 1)]
    while waiting:
        start, end = waiting.pop()
        if end - start < 2:  # noqa: PLR2004 - nothing between them
            continue
        spans = [(_distance(arc[i], arc[start], arc[end]), i) for i in range(start + 1, end)]
        farthest, place = max(spans)
        if farthest > tolerance:
            keep.add(place)
            waiting += [(start, place), (place, end)]
    return tuple(arc[i] for i in sorted(keep))


def _distance(point: Point, start: Point, end: Point) -> float:
    """Return the distance of a point from a stretch, longitudes shortened as at 46.5 degrees."""
    shrink = 0.688
    (x, y), (x1, y1), (x2, y2) = ((p[0] * shrink, p[1]) for p in (point, start, end))
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    along = 0.0 if not length else max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / length))
    return math.hypot(x - x1 - along * dx, y - y1 - along * dy)


def _area(ring: Ring) -> float:
    """Return twice the signed area; positive runs counter-clockwise."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


def _turned(ring: Ring, *, clockwise: bool) -> Ring:
    return ring[::-1] if (_area(ring) < 0) != clockwise else ring


# --- written again ------------------------------------------------------------------------------


def write_geojson(boundaries: Iterable[Boundary], *, attribution: str) -> str:
    """Return a feature collection with the codes as the only properties.

    Parameters
    ----------
    boundaries : iterable of Boundary
    attribution : str
        What must be shown wherever they are; a member of the collection.
    """
    collection = {
        "type": "FeatureCollection",
        "attribution": attribution,
        "features": [_feature(boundary) for boundary in boundaries],
    }
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":"))


def _feature(boundary: Boundary) -> dict[str, Any]:
    geometry = {"type": "MultiPolygon", "coordinates": boundary.polygons}
    return {"type": "Feature", "properties": {"code": boundary.code}, "geometry": geometry}


def only(boundaries: Iterable[Boundary], codes: Collection[str]) -> list[Boundary]:
    """Keep the boundaries of some codes."""
    return [boundary for boundary in boundaries if boundary.code in codes]
