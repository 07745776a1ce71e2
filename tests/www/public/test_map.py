"""The map of the directory: counts by region, small print, boundaries and points."""

import json
import re
from dataclasses import replace

import pytest
from django.urls import reverse

from alpclusters.platform.territory.domain.boundaries import store_boundaries
from alpclusters.www.public.map.counts import class_of, limits_for, words_of_classes
from tests.factories.organisations import make_organisation, make_profile
from tests.factories.shapes import write_made_up
from tests.factories.territory import make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ADDRESS = "/en/directory/map/"


@pytest.fixture
def profiles():
    """Wood in Salzburg (two) and Carinthia (one), none in Tyrol, one in all Bavaria."""
    salzburg = make_region("AT32", name="Salzburg")
    tennengau = make_region("AT323", name="Salzburg und Umgebung")
    carinthia, tyrol = make_region("AT21", name="Kärnten"), make_region("AT33", name="Tirol")
    make_region("AT31", name="Oberösterreich")
    bavaria = make_region("DE2", name="Bayern")
    make_profile("Wood one", slug="wood-one", body_region=salzburg)
    make_profile("Wood two", body_region=tennengau, body_latitude=47.8, body_longitude=13.04)
    make_profile("Wood three", body_region=carinthia)
    make_profile("Metal", body_region=tyrol)
    make_profile("Wood of Bavaria", body_region=bavaria)
    make_profile("Wood nowhere")
    make_organisation("Wood firm", region=tyrol, is_simulated=True)


@pytest.fixture
def shapes(settings, tmp_path):
    """Boundaries made up, in a data directory of their own."""
    for code in ("AT11", "ITH1"):
        make_region(code)
    settings.CONFIGURATION = replace(settings.CONFIGURATION, home=tmp_path / "home")
    store_boundaries(write_made_up(tmp_path), vintage=2021)


def rows(page) -> list[tuple[str, str]]:
    return [(row[0].text, row[1]) for row in page.context["page"].table.rows]


@pytest.mark.usefixtures("profiles")
def test_hits_are_counted_by_region_and_zero_is_not_nothing(client):
    page = client.get(ADDRESS, {"q": "wood"})

    assert rows(page) == [("Salzburg (AT32)", "2"), ("Kärnten (AT21)", "1"), ("Tirol (AT33)", "0")]
    html = page.content.decode()
    assert "Tir 0 Tirol (AT33): Cluster organisations: 0" in html
    assert "OÖ Oberösterreich (AT31): no entry in the directory" in html


@pytest.mark.usefixtures("profiles")
def test_small_print_says_what_is_counted_and_what_is_left_out(client):
    page = client.get(ADDRESS, {"q": "wood"})

    assert page.context["page"].small_print == [
        "Counted is each organisation once, in the region of its seat: n = 3 of 5.",
        "1 is known only by a larger area and is not on the map.",
        "1 has no region.",
        "5 are unverified.",
    ]


@pytest.mark.usefixtures("profiles")
def test_smaller_regions_have_their_own_counts_and_lead_to_their_pages(client):
    page = client.get(ADDRESS, {"level": "3"})

    assert rows(page) == [("Salzburg und Umgebung (AT323)", "1")]
    assert page.context["page"].table.rows[0][0].url == "/en/regions/AT323/"


@pytest.mark.usefixtures("profiles")
def test_list_and_map_share_the_search_in_their_addresses(client):
    page = client.get(ADDRESS, {"q": "wood", "country": "AT", "level": "3"}).context["page"]

    assert page.list_url == "/en/directory/?q=wood&country=AT"
    assert [tab.url for tab in page.tabs] == [
        "/en/directory/map/?q=wood&country=AT",
        "/en/directory/map/?q=wood&country=AT&level=3",
    ]
    salzburg = client.get(ADDRESS, {"q": "wood"}).context["page"].table.rows[0][0]
    assert salzburg.url == "/en/directory/?q=wood&region=AT32"


@pytest.mark.usefixtures("profiles")
def test_simulated_entries_are_said_on_the_page(client):
    assert not client.get(ADDRESS).context["simulated"]
    assert client.get(ADDRESS, {"simulated": "1"}).context["simulated"]


@pytest.mark.usefixtures("profiles")
def test_without_boundaries_only_the_schematic_map_is_offered(client):
    page = client.get(ADDRESS, {"detailed": "1"})

    assert not page.context["page"].is_offered
    assert "maplibre" not in page.content.decode()
    assert client.get(reverse("public:directory-shapes")).status_code == 404


@pytest.mark.usefixtures("profiles", "shapes")
def test_detailed_map_is_loaded_on_request_alone(client):
    assert "maplibre" not in client.get(ADDRESS).content.decode()

    html = client.get(ADDRESS, {"detailed": "1", "q": "wood"}).content.decode()

    assert "© EuroGeographics for the administrative boundaries" in html
    data = json.loads(re.search(r'<script id="map-data"[^>]*>(.*?)</script>', html)[1])
    assert data["regions"]["AT32"] == {
        "name": "Salzburg",
        "n": 2,
        "class": 2,
        "url": "/en/directory/?q=wood&region=AT32",
    }
    assert (data["regions"]["AT33"]["n"], data["regions"]["AT31"]["n"]) == (0, None)


@pytest.mark.usefixtures("shapes")
def test_boundaries_are_packed_and_not_sent_twice(client):
    address = reverse("public:directory-shapes")

    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    plain = client.get(address)
    again = client.get(address, headers={"If-None-Match": packed.headers["ETag"]})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content)
    assert json.loads(plain.content)["attribution"].startswith("© EuroGeographics")
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address, {"level": "1"}).status_code == 404


@pytest.mark.usefixtures("profiles")
def test_points_are_the_hits_with_coordinates(client):
    found = client.get(reverse("public:directory-points"), {"q": "wood"}).json()

    (point,) = found["features"]
    assert point["geometry"]["coordinates"] == [13.04, 47.8]
    assert point["properties"]["name"] == "Wood two"
    assert client.get(point["properties"]["url"]).status_code == 200
    assert client.get(reverse("public:directory-points"), {"q": "metal"}).json()["features"] == []


@pytest.mark.parametrize(
    ("highest", "words"),
    [
        (0, ("1", "2", "3–4", "5–6", "7–9", "≥\u00a010")),
        (20, ("1", "2", "3–4", "5–6", "7–9", "≥\u00a010")),
        (4500, ("1–99", "100–199", "200–499", "500–999", "1,000–1,999", "≥\u00a02,000")),
    ],
)
def test_classes_are_stated_and_grow_with_the_counts(highest, words):
    assert words_of_classes(limits_for(highest), "en") == words


def test_zero_and_no_entry_are_no_class_of_the_scale():
    assert [class_of(n, limits_for(9)) for n in (None, 0, 1, 10)] == [None, 0, 1, 6]
