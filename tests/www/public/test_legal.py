import re

import pytest

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
FIXED = ("about", "methods", "accessibility", "licences")
PAGES = (*FIXED, "privacy", "imprint")


@pytest.mark.parametrize("language", ["de", "en", "fr", "it", "sl"])
@pytest.mark.parametrize("name", PAGES)
def test_page_has_one_heading_in_each_language(client, name, language):
    page = client.get(f"/{language}/{name}/")

    assert len(re.findall(r"<h1", page.content.decode())) == 1


def test_privacy_names_every_cookie_the_site_sets(client):
    page = client.get("/en/privacy/").content.decode()

    for cookie in ("session", "csrf", "cafe", "language"):
        assert f">{cookie}<" in page


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
