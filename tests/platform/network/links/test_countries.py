import pytest

from alpclusters.platform.network.domain.links.survival import country_of
from tests.factories.links import make_body
from tests.factories.territory import make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_greece_and_the_kingdom_are_one_country_under_two_codes():
    bodies = [make_body(country=code) for code in ("EL", "GR", "UK", "AT")]

    assert [country_of(body) for body in bodies] == ["GR", "GR", "GB", "AT"]


def test_country_of_the_region_stands_in():
    region = make_region("SI03")

    assert country_of(make_body(country="", region=region)) == "SI"
    assert country_of(make_body(country="")) == ""
