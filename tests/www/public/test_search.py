import pytest

from alpclusters.www.components.marked_text import marked
from tests.factories.cafe import make_open_cafe
from tests.factories.measures import make_measure
from tests.factories.partners import make_partner
from tests.factories.partnership import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def found(client, query, language="de"):
    page = client.get(f"/{language}/search/", {"q": query})
    return [hit.candidate.title for group in page.context["found"].groups for hit in group.hits]


def test_massnahme_finds_texts_with_sharp_s(client):
    make_measure(key="one", name={"de": "Eine Maßnahme"})

    assert found(client, "massnahme") == ["Eine Maßnahme"]


def test_accents_may_be_left_out(client):
    make_partner(make_project(), name="Grozd Žilina")

    assert found(client, "zilina") == ["Grozd Žilina"]


@pytest.mark.parametrize("query", ["Kärnten", "karnten", "kaernten"])
@pytest.mark.usefixtures("facts")
def test_umlaut_is_found_in_every_spelling(client, query):
    assert "Kärnten" in found(client, query)


@pytest.mark.usefixtures("facts")
def test_word_of_another_language_is_found_and_named(client):
    page = client.get("/sl/search/", {"q": "Gutschein"})

    hit = page.context["found"].groups[0].hits[0]
    assert (hit.candidate.title, hit.foreign, hit.foreign_language) == (
        "Vavčer za prve stike",
        "Gutschein für Erstkontakte",
        "de",
    )


@pytest.mark.usefixtures("facts")
def test_code_of_a_region_is_found(client):
    assert found(client, "AT32", "en")[0] == "Salzburg"


@pytest.mark.usefixtures("facts")
def test_all_words_must_fit(client):
    assert "Pilotaktion mit KMU" in found(client, "pilotaktion kmu")
    assert found(client, "pilotaktion nirgendwo") == []


def test_title_stands_before_description(client):
    make_measure(key="second", name={"de": "Etwas"}, description={"de": "Messe im Text"})
    make_measure(key="first", name={"de": "Messe"})

    assert found(client, "messe") == ["Messe", "Etwas"]


def test_hidden_things_are_not_found(client):
    project = make_project(is_public=False, acronym="Geheimnis")
    make_partner(project, name="Geheimnis GmbH")
    make_measure(key="hidden", name={"de": "Geheimnis"}, project=project, is_published=False)
    make_open_cafe(project=project, title="Geheimnis")

    assert found(client, "geheimnis") == []


def test_public_alpcafe_and_project_are_found(client):
    project = make_project(acronym="Alpenholz")
    make_open_cafe(project=project, title="AlpCafé Alpenholz")

    assert found(client, "alpenholz") == ["Alpenholz", "AlpCafé Alpenholz"]


def test_nothing_found_says_so_and_empty_query_asks(client):
    page = client.get("/de/search/", {"q": "Qwertz"}).content.decode()

    assert "Keine Treffer für „Qwertz“" in page
    assert client.get("/de/search/").status_code == 200


def test_hit_is_marked_in_its_own_spelling():
    pieces = marked("Eine Maßnahme in Kärnten", ["massnahme", "karnten"])

    assert [p.text for p in pieces if p.is_hit] == ["Maßnahme", "Kärnten"]
    assert "".join(p.text for p in pieces) == "Eine Maßnahme in Kärnten"


@pytest.mark.parametrize("item_count", [1, 3])
def test_search_asks_one_query_per_kind(client, django_assert_num_queries, item_count):
    for number in range(item_count):
        make_measure(name={"de": f"Messe {number}"})
        make_partner(make_project(acronym=f"Messe {number}"), name=f"Messe {number}")

    client.get("/de/search/", {"q": "messe"})  # the directory indexes what is new
    # With those that ask whether there is anything simulated to show apart.
    with django_assert_num_queries(15):
        client.get("/de/search/", {"q": "messe"})
