"""Regions found by code and by name in five languages."""

import pytest

from alpclusters.platform.territory.domain.finding import find_regions, resolve_region
from tests.factories.territory import make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def regions():
    make_region("AT32", name="Salzburg")
    make_region("AT323", name="Salzburg und Umgebung")
    make_region("AT13", name="Wien")
    make_region("AT130", name="Wien")
    make_region("AT21", name="Kärnten", called={"sl": "Koroška", "it": "Carinzia"})
    make_region("SI032", name="Podravska")
    make_region("SI033", name="Koroška")
    make_region("FR71", name="Rhône-Alpes", last_vintage=2013)


def codes(text: str) -> list[str]:
    return [region.code for region in find_regions(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("AT32", ["AT32", "AT323"]),
        ("at3", ["AT32", "AT323"]),
        ("Salzburg (AT323)", ["AT323"]),
        ("salz", ["AT32", "AT323"]),
        ("umgeb", ["AT323"]),
        ("karnten", ["AT21"]),
        ("kaernten", ["AT21"]),
        ("carinzia", ["AT21"]),
        ("koroska", ["AT21", "SI033"]),
        ("rhône", []),
        ("", []),
    ],
)
def test_best_fit_comes_first(text, wanted):
    assert codes(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("at32", ["AT32"]),
        ("Salzburg (AT32)", ["AT32"]),
        ("Salzburg", ["AT32"]),
        ("SALZBURG UND UMGEBUNG", ["AT323"]),
        ("Koroška", ["AT21", "SI033"]),
        ("wien", ["AT13"]),
        ("AT130", ["AT130"]),
        ("Salz", []),
        ("FR71", []),
        ("", []),
    ],
)
def test_only_a_whole_code_or_name_is_taken(text, wanted):
    assert [region.code for region in resolve_region(text)] == wanted
