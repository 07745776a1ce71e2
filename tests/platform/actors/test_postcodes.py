"""Postcode proposals: several where it is not clear, carried over, with their source."""

import pytest

from alpclusters.platform.actors.domain.postcodes import (
    NO_PROPOSALS,
    ProposalSource,
    propose,
    store_postcodes,
    town_key,
)
from alpclusters.platform.actors.models import PostalPoint
from alpclusters.platform.territory.models import RegionChange
from alpclusters.sources.postcodes import PostalCode
from tests.factories.territory import make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def code(country: str, postcode: str, nuts3: str, town: str = "", vintage: int = 2024):
    return PostalCode(country, postcode, nuts3, vintage, town)


@pytest.fixture
def points():
    """Made-up points in the shape of the real ones."""
    for region in ("AT323", "AT322", "FRK26", "DE111"):
        make_region(region)
    make_region("DEZ01", first_vintage=2024)
    store_postcodes(
        [
            code("AT", "5020", "AT323", "Salzburg"),
            code("AT", "5500", "AT322", "Bischofshofen"),
            code("AT", "5500", "AT323", "Werfen"),
            code("FR", "69003", "FRK26", "Lyon"),
            code("DE", "70173", "DEZ01", "Stuttgart"),
            code("GR", "10431", "EL303", "Athina"),
        ]
    )


def codes(*asked: str) -> list[str]:
    return [region.code for region in propose(*asked).regions]


def test_without_points_nothing_is_proposed():
    assert propose("AT", "5020") == NO_PROPOSALS


@pytest.mark.usefixtures("points")
def test_postcode_proposes_its_region_and_says_so():
    found = propose("at", "A-5020")

    assert [region.code for region in found.regions] == ["AT323"]
    assert (found.source, found.is_recoded) == (ProposalSource.POSTCODE, False)


@pytest.mark.usefixtures("points")
def test_postcode_in_several_regions_gives_several_proposals():
    assert codes("AT", "5500") == ["AT322", "AT323"]


@pytest.mark.usefixtures("points")
def test_unknown_postcode_falls_back_to_the_town():
    found = propose("FR", "69429", "LYON CEDEX 03")

    assert [region.code for region in found.regions] == ["FRK26"]
    assert found.source is ProposalSource.TOWN


@pytest.mark.usefixtures("points")
def test_code_of_a_newer_vintage_is_carried_over():
    RegionChange.objects.create(
        from_vintage=2021, to_vintage=2024, level=3, from_code="DE111", to_code="DEZ01",
        relation="recoded", is_exact=True,
    )  # fmt: skip

    found = propose("DE", "70173")

    assert [region.code for region in found.regions] == ["DE111"]
    assert found.is_recoded


@pytest.mark.usefixtures("points")
def test_region_that_is_not_loaded_is_not_proposed():
    assert propose("GR", "10431") == NO_PROPOSALS


@pytest.mark.usefixtures("points")
def test_wrong_country_or_nothing_typed_proposes_nothing():
    assert codes("DE", "5020") == codes("AT", "") == codes("", "") == []


@pytest.mark.usefixtures("points")
def test_without_a_country_all_are_asked():
    assert codes("", "5020") == ["AT323"]
    assert codes("", "", "Lyon") == ["FRK26"]


@pytest.mark.usefixtures("points")
def test_storing_again_replaces_and_repeats_count_once():
    stored = store_postcodes([code("AT", "5020", "AT323")] * 3)

    assert (stored.n_points, stored.vintage) == (1, 2024)
    assert PostalPoint.objects.count() == 1


@pytest.mark.parametrize(
    ("town", "key"),
    [("Grenoble Cedex 9", "grenoble"), ("Škofja Loka", "skofja loka"), ("Mainz, Stadt", "mainz")],
)
def test_towns_are_compared_without_what_is_not_theirs(town, key):
    assert town_key(town) == key
