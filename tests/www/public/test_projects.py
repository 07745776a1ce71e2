import re

import pytest

from alpclusters.platform.accounts.models import Role
from tests.factories.accounts import make_user, make_user_with
from tests.factories.partners import make_partner
from tests.factories.partnership import make_fact, make_project
from tests.factories.territory import make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
HISTORIC = "/de/projects/alpclusters-2020/"


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


@pytest.mark.usefixtures("facts")
def test_historic_project_shows_seven_partners_with_seat_and_region(client):
    page = client.get(HISTORIC)

    rows = page.context["page"].partners.rows
    assert len(rows) == 7
    sez = next(row for row in rows if "Steinbeis" in row[0])
    assert "DE111" in sez[2].text
    assert "DE1)" in sez[3].text
    assert "7 Partner, 6 Regionen" in text_of(page)


@pytest.mark.usefixtures("facts")
def test_note_on_the_number_of_partners_is_shown(client):
    page = text_of(client.get("/en/projects/alpclusters-2020/"))

    assert "seven partners from six regions of the Alpine area" in page
    assert "lists seven organisations including SEZ" in page


@pytest.mark.usefixtures("facts")
def test_tasks_nobody_knows_are_unknown(client):
    rows = client.get(HISTORIC).context["page"].partners.rows

    assert [row[4].text for row in rows].count("unbekannt") == 6


@pytest.mark.usefixtures("facts")
def test_partners_of_the_export_are_unverified(client):
    rows = client.get(HISTORIC).context["page"].partners.rows

    assert {row[5] for row in rows} == {"ungeprüft"}


@pytest.mark.usefixtures("facts")
def test_facts_are_verified_unverified_or_unknown(client):
    page = client.get(HISTORIC).context["page"]

    assert {f.state for f in page.sections["aim"].facts} == {"verified"}
    assert {f.state for f in page.sections["unknown"].facts} == {"unknown"}
    assert "Budget" in [f.label for f in page.sections["unknown"].facts]
    assert {row[3] for row in page.reported.rows} == {"ungeprüft"}


@pytest.mark.usefixtures("facts")
def test_telephone_number_of_the_description_is_nowhere(client):
    page = client.get(HISTORIC).content.decode()

    assert "Steinbeis-Europa-Zentrum" in page
    assert not re.search(r"0711|123\s*4031", page)


@pytest.mark.usefixtures("facts")
def test_months_are_shown_without_days(client):
    page = text_of(client.get(HISTORIC))

    assert "September 2013 – November 2014" in page
    assert "30. November" not in page.split("Was öffentliche Quellen berichten")[0]


@pytest.mark.usefixtures("facts")
def test_target_groups_and_beneficiaries_are_two_sections(client):
    page = client.get(HISTORIC).context["page"]

    assert len(page.sections["target_group"].facts) == 3
    assert len(page.sections["beneficiary"].facts) == 2


@pytest.mark.usefixtures("facts")
def test_historic_project_is_no_simulation(client):
    page = client.get(HISTORIC)

    assert page.context["simulated"] is False
    assert "historisch" in text_of(page)


def test_demonstration_project_says_that_it_is_simulated(client):
    make_project(slug="demo", kind="demonstration")

    assert "Beispieldaten (simuliert)" in text_of(client.get("/de/projects/demo/"))
    assert "Beispieldaten (simuliert)" in text_of(client.get("/de/projects/"))


def test_hidden_project_is_seen_by_its_people_only(client):
    project = make_project(slug="hidden", is_public=False)
    other = make_project()
    url = "/en/projects/hidden/"

    assert client.get(url).status_code == 404
    for person, status in (
        (make_user(), 404),
        (make_user_with(Role.PARTNER_COORDINATOR, project=other), 404),
        (make_user_with(Role.MEMBER, project=project), 200),
        (make_user_with(Role.ADMINISTRATOR), 200),
    ):
        client.force_login(person)
        assert client.get(url).status_code == status


def test_only_those_who_may_edit_see_the_way_to_it(client):
    project = make_project(slug="open")
    client.force_login(make_user_with(Role.MEMBER, project=project))
    assert "/workspace/projects/open/edit/" not in client.get("/en/projects/open/").content.decode()

    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=project))
    assert "/workspace/projects/open/edit/" in client.get("/en/projects/open/").content.decode()


@pytest.mark.parametrize("item_count", [1, 3])
def test_list_asks_the_same_number_of_queries_for_one_and_three(
    client, django_assert_num_queries, item_count
):
    for _ in range(item_count):
        make_partner(make_project())

    with django_assert_num_queries(1):
        client.get("/de/projects/")


@pytest.mark.parametrize("item_count", [1, 3])
def test_page_asks_the_same_number_of_queries_for_one_and_three(
    client, django_assert_num_queries, item_count
):
    project = make_project(slug="many")
    for number in range(item_count):
        make_partner(project, region=make_region(f"AT3{number}"))
        make_fact(project, "a value")

    with django_assert_num_queries(6):
        client.get("/de/projects/many/")
