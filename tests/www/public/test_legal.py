import re
from pathlib import Path

import pytest

import alpclusters

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
FIXED = ("about", "methods", "accessibility", "licences")
PAGES = (*FIXED, "privacy", "imprint")
SOURCES = Path(alpclusters.__file__).parent
# Django's own cookies, then those of the places below.
COOKIES = (
    *("session", "csrf", "messages", "language"),
    *("cafe", "cafescreen", "cafetries", "caferegister", "device"),
)
PLACES = {
    "live/cookies.py",
    "live/joining.py",
    "platform/accounts/domain/sign_ins.py",
    "www/cafe/devices.py",
    "www/cafe/joining.py",
    "www/public/cafes/registering.py",
}


@pytest.mark.parametrize("language", ["de", "en", "fr", "it", "sl"])
@pytest.mark.parametrize("name", PAGES)
def test_page_has_one_heading_in_each_language(client, name, language):
    page = client.get(f"/{language}/{name}/")

    assert len(re.findall(r"<h1", page.content.decode())) == 1


def test_privacy_names_every_cookie_the_site_sets(client):
    page = client.get("/en/privacy/").content.decode()

    assert [one for one in COOKIES if f">{one}<" not in page] == []


def test_no_other_place_of_the_program_sets_a_cookie():
    setting = {
        path.relative_to(SOURCES).as_posix()
        for path in SOURCES.rglob("*.py")
        if "set_cookie(" in path.read_text(encoding="utf-8")
    }

    assert setting == PLACES


def test_licences_name_the_sources_of_the_data(client):
    page = client.get("/en/licences/").content.decode()

    for source in ("Eurostat", "keep.eu", "Unicode CLDR", "Source Sans 3", "Lucide"):
        assert source in page


def test_legal_pages_ask_the_database_only_who_answers_for_the_site(
    client, django_assert_num_queries
):
    for name in PAGES:
        with django_assert_num_queries(0 if name in FIXED else 1):
            client.get(f"/de/{name}/")


def test_privacy_says_that_researchers_can_get_answers_and_that_they_are_named(client):
    page = client.get("/en/privacy/").content.decode()

    assert "Researchers can ask for the answers person by person" in page
    assert "no data to third parties" not in page
