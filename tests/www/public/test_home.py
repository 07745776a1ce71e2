import re

import pytest

from tests.factories.cafe import make_open_cafe
from tests.factories.evaluation import VARIED, fill, make_cafe, make_snapshot
from tests.factories.evidence import make_activity, make_document, make_initiative, make_lesson
from tests.factories.partners import make_partner
from tests.factories.partnership import make_project
from tests.factories.policy import make_plan
from tests.factories.territory import make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def counts_of(page):
    return {str(s.name): str(s.count) for s in page.context["page"].trail if s.count}


def test_home_page_works_before_anything_is_loaded(client):
    page = client.get("/de/")

    assert page.status_code == 200
    assert counts_of(page) == {"Aktion": "noch offen"}


@pytest.mark.usefixtures("facts")
def test_home_page_counts_what_there_is(client):
    initiative = make_initiative()
    make_document(initiatives=[initiative])
    make_activity(initiative)
    make_lesson()

    page = client.get("/en/")

    assert counts_of(page)["Measure"] == "26"
    assert counts_of(page)["Source"] == "1 document"
    assert (counts_of(page)["Activity"], counts_of(page)["Lesson"]) == ("1", "1")
    assert "7 partners, 1 project" in text_of(page)
    assert "No action plan is published yet" in text_of(page)


def test_code_is_posted_to_the_door_of_the_alpcafe(client):
    page = client.get("/de/").content.decode()

    form = re.search(r'<form action="(/cafe/[^"]*)" method="post">(.*?)</form>', page, re.DOTALL)
    assert form
    assert "csrfmiddlewaretoken" in form[2]
    assert 'name="code"' in form[2]


def test_newest_finding_stands_with_n_interval_and_cannot_judge(client):
    cafe = make_cafe()
    fill(cafe, {"AT32": VARIED})
    make_snapshot(cafe=cafe, released=True)

    page = text_of(client.get("/en/"))

    assert "Matchmaking fair: at least half of the people chose" in page
    assert "Median 4 of 5, 90% interval 3–4, n = 16, cannot judge: 0%" in page


def test_published_plan_is_shown_with_its_size(client):
    make_plan(published=True)

    assert "1 action, 1 level, one plan" in text_of(client.get("/en/"))


def test_hidden_projects_leave_no_trace(client):
    project = make_project(is_public=False, acronym="Secret")
    make_partner(project, name="Secret partner", region=make_region("AT31"))
    make_open_cafe(project=project, title="Secret AlpCafé")

    page = text_of(client.get("/de/"))

    assert "Secret" not in page
    assert "0 Partner" in page


@pytest.mark.usefixtures("facts")
def test_tile_is_a_link_with_its_value_in_its_name(client):
    page = client.get("/en/").content.decode()

    assert 'href="/en/regions/ITC1/"' in page
    assert 'aria-label="Pie 2 Piedmont (ITC1): partners: 2"' in page


@pytest.mark.usefixtures("facts")
def test_coarse_region_is_named_as_left_out(client):
    assert "1 entry has a code of a larger area" in text_of(client.get("/en/"))


@pytest.mark.parametrize("item_count", [1, 3])
def test_home_asks_the_same_number_of_queries_for_one_and_three(
    client, django_assert_num_queries, item_count
):
    make_region("AT31")
    for number in range(item_count):
        project = make_project()
        make_partner(project, region=make_region(f"IT{number}"))
        cafe = make_cafe(project=project)
        fill(cafe, {"AT32": VARIED})
        make_snapshot(cafe=cafe, released=True)

    # With those that ask whether there is anything simulated to show apart.
    with django_assert_num_queries(20):
        client.get("/de/")
