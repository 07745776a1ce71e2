"""The hits that have coordinates, as GeoJSON."""

from typing import Any, Final

from django.http import QueryDict

from alpclusters.platform.actors.domain.directory.searching import matching_ids
from alpclusters.platform.actors.domain.places import Point, points_of
from alpclusters.www.public.directory.filters import read_query
from alpclusters.www.public.map.links import profile_url

MOST: Final = 5_000


def read_points(parameters: QueryDict) -> dict[str, Any]:
    """Return the points of a search; ``left_out`` says how many more there are."""
    found, left_out = points_of(matching_ids(read_query(parameters)).tolist(), most=MOST)
    return {
        "type": "FeatureCollection",
        "left_out": left_out,
        "features": [_feature(point) for point in found],
    }


def _feature(point: Point) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [point.longitude, point.latitude]},
        "properties": {"name": point.name, "url": profile_url(point)},
    }
