import re

import pytest
from django.utils import translation

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.evaluation.domain.snapshots import headline
from alpclusters.platform.evidence.domain.grading import regrade
from alpclusters.www.public.cafes.events import public_cafes
from alpclusters.www.truth.marks import read_marks
from alpclusters.www.truth.numbers import Site, check_numbers, visitor
from tests.factories.accounts import make_user, make_user_with
from tests.factories.evaluation import VARIED, fill, make_cafe, make_snapshot
from tests.factories.evidence import (
    NOW,
    make_activity,
    make_bearing,
    make_initiative,
    make_lesson,
    make_suggestion,
)
from tests.factories.measures import make_measure
from tests.factories.partnership import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def cards_on(page):
    return [card.name for card in page.context["page"].cards]


@pytest.mark.usefixtures("facts")
def test_list_shows_all_26_types(client):
    page = client.get("/de/measures/")

    assert len(cards_on(page)) == 26
    assert "Pilotaktion mit KMU" in cards_on(page)


@pytest.mark.usefixtures("facts")
def test_filters_narrow_the_list_and_count_what_each_would_leave(client):
    page = client.get("/de/measures/?phase=lasting&phase=entry&mode=policy")

    facets = {f.name: {o.value: o.count for o in f.options} for f in page.context["page"].facets}
    assert cards_on(page) == [
        "Kooperationsvereinbarung zwischen Clustern",
        "Dauerhafter Metacluster mit eigenem Träger",
        "Koordinierung der Clusterpolitiken",
    ]
    assert facets["phase"] == {
        "preparation": 0, "exploration": 0, "entry": 1, "deepening": 0, "lasting": 2
    }  # fmt: skip
    assert facets["mode"]["infrastructure"] == 2


@pytest.mark.usefixtures("facts")
def test_unknown_filter_values_are_ignored(client):
    assert len(cards_on(client.get("/de/measures/?phase=nonsense&colour=red"))) == 26


@pytest.mark.usefixtures("facts")
def test_filters_without_a_hit_say_so(client):
    page = client.get("/en/measures/?phase=preparation&mode=finance")

    assert "No measure fits all filters" in text_of(page)


@pytest.mark.usefixtures("facts")
def test_reported_measure_says_that_nobody_verified_it(client):
    page = text_of(client.get("/de/measures/sme_pilot/"))

    assert "Rang 1 der fünf Instrumente" in page
    assert "ungeprüft" in page
    assert "Noch keine freigegebene Auswertung" in page


def test_measure_shows_released_ratings_with_n_and_interval(client):
    cafe = make_cafe()
    fill(cafe, {"AT32": VARIED})
    make_snapshot(cafe=cafe, released=True)

    page = client.get("/en/measures/fair/")

    rating = page.context["page"].ratings[0]
    assert list(rating.table.rows[0][2:]) == ["4", "3–4", "n\u00a0=\u00a016", "0%"]
    assert rating.claim.startswith("At least half of the people chose")
    assert rating.figures[0].label == "Median"


def test_figures_of_one_alpcafe_lead_to_the_answers_they_rest_on(client):
    cafe = make_cafe()
    fill(cafe, {"AT32": VARIED})
    make_snapshot(cafe=cafe, released=True)
    page = "/de/measures/fair/"

    figures = read_marks(client.get(page).content.decode()).figures
    found = {mark.key: mark for mark in figures if mark.rests}

    assert [(key, mark.rests.partition(".")[0], mark.rows) for key, mark in found.items()] == [
        ("median", "answers", "16"),
        ("median-interval", "answers", "16"),
        ("cannot-judge", "cannot-judge", "0"),
    ]
    assert all("?criterion=effectiveness#answers" in mark.href for mark in found.values())
    assert check_numbers(Site(visitor()), [page]).mismatches == ()


@pytest.mark.parametrize(
    ("n", "said"),
    [(3, "Rated, but by fewer than five people"), (7, "Rated, but by fewer than ten people")],
)
def test_measure_rated_by_few_says_that_it_was_rated_and_why_no_median_is_shown(client, n, said):
    cafe = make_cafe()
    fill(cafe, {"AT32": VARIED[:n]})
    make_snapshot(cafe=cafe, released=True)

    page = client.get("/en/measures/fair/")

    assert page.context["page"].ratings[0].claim.startswith(said)
    assert "No ratings yet" not in text_of(page)
    assert "fewer than 5 people, not shown" not in text_of(page)


def test_site_with_an_evaluation_by_fewer_than_five_people_counts_none_of_them(client):
    cafe = make_cafe()
    fill(cafe, {"AT32": VARIED[:3]})
    make_snapshot(cafe=cafe, released=True)

    assert headline().n_people == 0
    assert public_cafes().get().n_people is None
    assert client.get("/en/").status_code == client.get("/en/cafes/").status_code == 200


def test_measure_hides_ratings_that_are_not_released(client):
    cafe = make_cafe()
    fill(cafe, {"AT32": VARIED})
    make_snapshot(cafe=cafe, released=False)

    page = client.get("/en/measures/fair/")

    assert page.context["page"].ratings == []


def test_draft_of_a_project_is_not_found_by_strangers(client):
    project = make_project()
    measure = make_measure(project=project, is_published=False)
    url = f"/en/measures/{measure.key}/"

    assert client.get(url).status_code == 404
    client.force_login(make_user())
    assert client.get(url).status_code == 404
    client.force_login(make_user_with(Role.MEMBER, project=project))
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("language", ["de", "en", "fr", "it", "sl"])
@pytest.mark.usefixtures("facts")
def test_names_appear_in_the_language_of_the_page(client, language):
    page = client.get(f"/{language}/measures/sme_pilot/")

    with translation.override(language):
        assert f"<h1>{page.context['measure'].name}</h1>" in page.content.decode()


@pytest.mark.parametrize("item_count", [1, 3])
def test_list_asks_the_same_number_of_queries_for_one_and_three(
    client, django_assert_num_queries, item_count
):
    for _ in range(item_count):
        make_measure()

    # With those that ask whether there is anything simulated to show apart.
    with django_assert_num_queries(3):
        client.get("/de/measures/")


@pytest.mark.parametrize("item_count", [1, 3])
def test_page_asks_the_same_number_of_queries_for_one_and_three_cafes(
    client, django_assert_num_queries, item_count
):
    project = make_project()
    for _ in range(item_count):
        cafe = make_cafe(project=project)
        fill(cafe, {"AT32": VARIED})
        make_snapshot(cafe=cafe, released=True)

    # With those that ask whether there is anything simulated to show apart.
    with django_assert_num_queries(29):
        client.get("/de/measures/fair/")


def test_evidence_for_and_against_stands_side_by_side(client):
    measure = make_measure("pilot")
    lesson = make_lesson(
        statement={"en": "Pilots last with an owner"},
        grade="B",
        answer={"en": "Where nobody owned it."},
    )
    make_suggestion(lesson, measure)
    for stance in ("supports", "contradicts"):
        done = make_activity(make_initiative(acronym=f"RIDGE {stance}"), name="Built it")
        make_bearing(done, lesson, stance)
    regrade(now=NOW)

    page = client.get("/en/measures/pilot/").content.decode()

    section = page[page.index('id="evidence"') : page.index('id="became"')]
    assert "Certainty: single case or disputed" in section
    assert section.index("RIDGE supports") < section.index("RIDGE contradicts")
    assert section.count("1 independent initiative") == 2
    assert "Where nobody owned it." in section


def test_evidence_against_a_warning_speaks_for_the_measure(client):
    lesson = make_lesson(verdict="does_not_work")
    make_suggestion(lesson, make_measure("pilot"))
    make_bearing(make_activity(make_initiative(acronym="RIDGE")), lesson, "contradicts")
    regrade(now=NOW)

    page = client.get("/en/measures/pilot/").content.decode()

    side = page[page.index("Speaks for the measure") : page.index("Speaks against it")]
    assert "RIDGE" in side
    assert "1 independent initiative" in side


def test_family_that_says_both_counts_on_neither_side(client):
    lesson = make_lesson()
    make_suggestion(lesson, make_measure("pilot"))
    initiative = make_initiative()
    for stance in ("supports", "contradicts"):
        make_bearing(make_activity(initiative), lesson, stance)
    regrade(now=NOW)

    page = client.get("/en/measures/pilot/").content.decode()

    both = page[page.index("Speaks for both") :]
    assert page.count("no initiative") == 2
    assert "1 independent initiative" in both


def test_hidden_lesson_is_not_on_the_page_of_a_measure(client):
    lesson = make_lesson(statement={"en": "Not yet for everybody"}, is_published=False)
    make_suggestion(lesson, make_measure("pilot"))

    page = client.get("/en/measures/pilot/").content.decode()

    assert "Not yet for everybody" not in page
    assert "No lesson yet, so no grade" in page
