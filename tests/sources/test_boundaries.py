"""Boundaries: read and refused, made smaller without gaps; all outlines here are made up."""

import itertools
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import FileFormatError
from alpclusters.sources.boundaries import (
    Boundary,
    only,
    read_boundaries,
    simplify,
    write_geojson,
)
from tests.factories.shapes import collection, feature, square

pytestmark = pytest.mark.unit


def written(tmp_path, text):
    path = tmp_path / "regions.geojson"
    path.write_text(text, encoding="utf-8")
    return path


def test_regions_of_one_level_are_read(tmp_path):
    path = written(
        tmp_path, collection([feature("AT32", square(1, 1)), feature("AT", square(0, 0))])
    )

    (found,) = read_boundaries(path, level=2)

    assert (found.code, found.level, found.n_points) == ("AT32", 2, 9)
    assert only([found], {"AT33"}) == []


def test_several_polygons_and_units_without_outline(tmp_path):
    several = feature("FRL0", square(0, 0))
    several["geometry"] = {"type": "MultiPolygon", "coordinates": [[square(0, 0)], [square(9, 9)]]}
    nowhere = feature("ATZZ") | {"geometry": None}

    (found,) = read_boundaries(written(tmp_path, collection([several, nowhere])), level=2)

    assert len(found.polygons) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no json", "Expecting value"),
        ("[]", "no features"),
        (collection([{"type": "Feature", "properties": {}, "geometry": None}]), "NUTS_ID"),
        (collection([feature("AT32", square(4_000_000, 2_500_000))]), "not in degrees"),
        (collection([feature("AT32", [])]).replace("Polygon", "Point"), "Point"),
    ],
)
def test_other_files_are_refused_with_what_was_found(tmp_path, text, said):
    with pytest.raises(FileFormatError) as caught:
        read_boundaries(written(tmp_path, text), level=2)

    assert caught.value.code == "boundaries.wrong_file"
    assert said in caught.value.found


WIGGLES = st.lists(st.floats(-0.3, 0.3, allow_nan=False), min_size=1, max_size=40)


@given(WIGGLES, st.floats(0.001, 0.2))
def test_neighbours_share_their_border_after_thinning(wiggles, tolerance):
    border = [(1 + dx, round((i + 1) / (len(wiggles) + 1), 5)) for i, dx in enumerate(wiggles)]
    left = ((0.0, 0.0), (1.0, 0.0), *border, (1.0, 1.0), (0.0, 1.0), (0.0, 0.0))
    right = ((1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0), *reversed(border), (1.0, 0.0))
    made = [Boundary("A", 2, ((left,),)), Boundary("B", 2, ((right,),))]

    first, second = simplify(made, tolerance=tolerance)

    inner = {p for p in first.polygons[0][0] if p[0] > 0} - {(2.0, 0.0), (2.0, 1.0)}
    assert inner <= set(second.polygons[0][0])
    assert first.n_points <= len(left)
    for boundary in (first, second):
        ring = boundary.polygons[0][0]
        assert ring[0] == ring[-1]


def test_left_out_points_lie_near_the_line_that_remains():
    circle = [(math.cos(i / 50), math.sin(i / 50)) for i in range(314)]
    ring = (*circle, circle[0])

    (found,) = simplify([Boundary("A", 2, ((ring,),))], tolerance=0.01)

    assert 8 < found.n_points < 60
    assert all(abs(math.hypot(x, y) - 1) < 0.002 for x, y in found.polygons[0][0])


def test_outer_rings_run_counter_clockwise_and_holes_clockwise():
    outer, hole = square(0, 0, 4, 4), square(1, 1, 1, 1)
    rings = (tuple(map(tuple, outer[::-1])), tuple(map(tuple, hole)))

    (found,) = simplify([Boundary("A", 2, (rings,))])

    def area(ring):
        return sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))

    assert area(found.polygons[0][0]) > 0
    assert area(found.polygons[0][1]) < 0


def test_tiny_region_does_not_vanish():
    ring = tuple(map(tuple, square(0, 0, 0.0001, 0.0001)))

    (found,) = simplify([Boundary("LI00", 2, ((ring,),))])

    assert found.polygons[0][0]


def test_written_file_names_codes_and_the_notice_alone():
    ring = tuple(map(tuple, square(0, 0)))

    found = json.loads(write_geojson([Boundary("AT32", 2, ((ring,),))], attribution="© us"))

    assert found["attribution"] == "© us"
    assert found["features"][0]["properties"] == {"code": "AT32"}
