"""Boundaries on this machine: cut to the Alps, complete or refused; all outlines are made up."""

import gzip
import json
from dataclasses import replace

import pytest

from alpclusters.analysis.errors import FileFormatError
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.territory.domain.boundaries import (
    boundaries,
    has_boundaries,
    read_shapes,
    shapes_path,
    store_boundaries,
    wanted_codes,
)
from alpclusters.platform.territory.domain.seeding import load_seeds
from alpclusters.platform.territory.domain.tiles import tile_codes
from alpclusters.platform.territory.models import Region
from tests.factories.shapes import collection, feature, made_up_features, square, write_made_up

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """A data directory of its own, and the regions of the tiles."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, home=tmp_path / "home")
    names = {"name": dict.fromkeys(LANGUAGE_CODES, "Region")}
    span = {"level": 2, "first_vintage": 2006, "last_vintage": 2024}
    Region.objects.bulk_create(
        Region(code=code, country=code[:2], **span, **names) for code in tile_codes()
    )
    return tmp_path


def test_nothing_is_there_before_somebody_fetched():
    assert boundaries(2) is None
    assert not has_boundaries()


def test_both_levels_are_kept_with_the_notice(home):
    stored = store_boundaries(write_made_up(home), vintage=2021)

    assert [(s.level, s.n_regions) for s in stored] == [(2, 44), (3, 88)]
    assert has_boundaries()
    found = json.loads(boundaries(3, 2021))
    assert "EuroGeographics" in found["attribution"]
    assert {f["properties"]["code"][:4] for f in found["features"]} == tile_codes()


def test_regions_outside_the_alps_are_cut_off(home):
    paths = write_made_up(home)
    overseas = feature("FRY1", square(-61, 16))
    paths[0].write_text(collection([*made_up_features(2), overseas]), encoding="utf-8")

    store_boundaries(paths, vintage=2021)

    assert "FRY1" not in boundaries(2)


def test_file_without_a_region_of_a_programme_area_is_refused_and_nothing_kept(home):
    paths = write_made_up(home)
    lacking = [f for f in made_up_features(3) if not f["properties"]["NUTS_ID"].startswith("AT32")]
    paths[1].write_text(collection(lacking), encoding="utf-8")

    with pytest.raises(FileFormatError) as caught:
        store_boundaries(paths, vintage=2021)

    assert (caught.value.code, caught.value.found) == ("boundaries.incomplete", "AT32")
    assert caught.value.values["n"] == 1
    assert not has_boundaries()


def test_what_browsers_get_is_packed_and_changes_its_etag_with_its_content(home):
    store_boundaries(write_made_up(home), vintage=2021)
    first = read_shapes(2)
    assert gzip.decompress(first.packed) == first.text

    shapes_path(2, 2021).write_bytes(first.text + b"\n")

    assert read_shapes(2).etag != first.etag


def test_codes_of_older_areas_are_wanted_under_their_newer_names():
    Region.objects.all().delete()
    load_seeds()

    assert wanted_codes(2021) >= tile_codes()
    assert "FR71" not in wanted_codes(2021)
    assert {"FRK2", "ITH3"} <= wanted_codes(2021)


def test_real_boundaries_are_complete_and_fit_into_small_files(home, shared):
    with gzip.open(shared / "data/boundaries/nuts_2024_20m_l0-3.geojson.gz") as stream:
        features = json.load(stream)["features"]
    paths = []
    for level in (2, 3):
        made = [
            feature(f["properties"]["nuts"]) | {"geometry": f["geometry"]}
            for f in features
            if f["properties"]["level"] == level
        ]
        paths.append(home / f"{level}.geojson")
        paths[-1].write_text(collection(made), encoding="utf-8")

    stored = store_boundaries(paths, vintage=2021)

    assert [s.n_regions for s in stored] == [44, 280]
    assert all(s.n_points < s.n_points_read and s.n_bytes_packed < 25_000 for s in stored)
