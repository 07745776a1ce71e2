import pytest

from alpclusters.platform.territory.domain.lookups import codes_in_all_vintages, current_recoder
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.domain.seeding import load_seeds
from alpclusters.platform.territory.domain.tiles import tile_of, tiles
from alpclusters.platform.territory.models import (
    ProgrammeArea,
    ProgrammeAreaRegion,
    Region,
    RegionChange,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
TABLES = (Region, RegionChange, ProgrammeArea, ProgrammeAreaRegion)


def rows():
    return {t.__name__: list(t.objects.order_by("pk").values()) for t in TABLES}


def test_loading_twice_gives_the_same_rows():
    load_seeds()
    first = rows()

    load_seeds()

    assert rows() == first
    assert all(first.values())


def test_loading_asks_in_tables_and_not_in_rows(django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        load_seeds()


def test_every_tile_is_a_region_of_2021_with_five_names():
    load_seeds()

    current = {r.code: r for r in Region.objects.current()}

    assert {t.code for t in tiles()} <= set(current)
    assert [t.code for t in tiles() if not current[t.code].name.inside("sl")] == []


def test_each_area_has_the_regions_its_tiles_say():
    load_seeds()

    counts = {a.key: a.area_regions.count() for a in ProgrammeArea.objects.all()}
    on_map = {key: sum(key in t.areas for t in tiles()) for key in counts}

    assert (
        counts
        == on_map
        == {
            "alpine-space-2007-2013": 35,
            "alpine-space-2014-2020": 35,
            "alpine-space-2021-2027": 42,
            "eusalp": 43,
        }
    )


def test_code_is_followed_through_the_vintages():
    load_seeds()

    assert dict(codes_in_all_vintages("FR71", vintage=2006))[2021] == ("FRK2",)
    assert current_recoder() is current_recoder()


def test_new_facts_make_a_new_recoder():
    load_seeds()
    before = current_recoder()

    Region.objects.create(
        code="XX1", level=1, country="XX", name={"en": "New"}, first_vintage=2021, last_vintage=2024
    )

    assert current_recoder() is not before


def test_coarse_code_has_no_tile_and_a_small_one_has_its_regions():
    assert tile_of("DE1") is None
    assert tile_of("CH022") == "CH02"
    assert tile_of("AT32") == "AT32"
    assert tile_of("DE30") is None


def test_country_has_a_name_in_each_language():
    assert country_name("SI", "sl") == "Slovenija"
    assert country_name("AT", "fr") == "Autriche"
    assert country_name("XX", "de") == "XX"
