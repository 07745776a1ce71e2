import re

import pytest

from alpclusters.platform.policy.domain.actions import add_action
from alpclusters.platform.policy.domain.plans import create_plan
from alpclusters.platform.policy.domain.recommendations import derive_recommendations
from alpclusters.platform.policy.models import ActionPlan
from alpclusters.www.truth.numbers import Site, check_numbers
from tests.factories.evaluation import NOW, VARIED, fill, make_cafe, make_snapshot
from tests.factories.organisations import make_organisation, make_profile
from tests.factories.partners import make_partner
from tests.factories.partnership import make_project
from tests.factories.policy import COMPLETE, PLAN_TEXTS
from tests.factories.territory import make_area, make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


@pytest.mark.usefixtures("facts")
def test_areas_can_be_chosen_and_say_whether_they_are_verified(client):
    newest = client.get("/en/regions/")
    oldest = client.get("/en/regions/?area=alpine-space-2007-2013")

    assert (newest.context["page"].claim, newest.context["page"].status) == (
        "Alpine Space 2021–2027: 42 regions",
        "unverified",
    )
    assert (oldest.context["page"].claim, oldest.context["page"].status) == (
        "Alpine Space 2007–2013: 35 regions",
        "verified",
    )


@pytest.mark.usefixtures("facts")
def test_tile_says_in_words_whether_it_belongs(client):
    page = client.get("/en/regions/?area=alpine-space-2007-2013").content.decode()

    assert 'aria-label="Sbg • Salzburg (AT32): belongs to it, verified"' in page
    assert 'aria-label="Stu Stuttgart (DE11): not in this area"' in page


def test_page_of_regions_works_before_anything_is_loaded(client):
    assert client.get("/de/regions/").status_code == 200


@pytest.mark.usefixtures("facts")
def test_region_shows_its_code_in_all_vintages(client):
    page = client.get("/en/regions/FRK2/").context["page"]

    codes = {row[0]: getattr(row[1], "text", row[1]) for row in page.codes.rows}
    assert (codes["2006"], codes["2016"], codes["2021"]) == ("FR71", "FRK2", "FRK2")


@pytest.mark.usefixtures("facts")
def test_region_names_its_areas_with_source_and_status(client):
    page = client.get("/en/regions/FRK2/").context["page"]

    areas = {fact.label: fact for fact in page.areas}
    assert {key: (fact.value, fact.state) for key, fact in areas.items()} == {
        "Alpine Space 2007–2013": ("belongs to it", "verified"),
        "Alpine Space 2014–2020": ("belongs to it", "verified"),
        "Alpine Space 2021–2027": ("belongs to it", "unverified"),
        "EU Strategy for the Alpine Region (EUSALP)": ("belongs to it", "unverified"),
    }
    assert "alpine-space.eu" in areas["Alpine Space 2007–2013"].source


@pytest.mark.usefixtures("facts")
def test_older_code_says_that_it_is_not_valid_today(client):
    page = client.get("/en/regions/FR71/")

    assert "This code is not valid in NUTS 2021" in text_of(page)


@pytest.mark.usefixtures("facts")
def test_region_lists_the_partners_that_answer_for_it(client):
    page = text_of(client.get("/en/regions/ITC1/"))

    assert "Piedmont Region, Directorate of Industry" in page
    assert "Consortium for the Promotion of the Plastic Culture" in page


def test_hidden_projects_are_not_listed(client):
    project = make_project(is_public=False)
    make_partner(project, name="Secret", region=make_region("AT32"))

    assert "Secret" not in client.get("/en/regions/AT32/").content.decode()


@pytest.mark.usefixtures("facts")
def test_unknown_code_is_not_found_and_small_letters_are_turned_round(client):
    assert client.get("/de/regions/XX99/").status_code == 404
    assert client.get("/de/regions/at32/").headers["Location"] == "/de/regions/AT32/"


@pytest.mark.parametrize(
    ("code", "start", "end", "claim", "candidates"),
    [
        (
            "FR71",
            2006,
            2021,
            "FR71 (NUTS 2006) is exactly FRK2 in NUTS 2021.",
            ["FRK2 Rhône-Alpes"],
        ),
        ("AT32", 2006, 2024, "AT32 (NUTS 2006) is also AT32 in NUTS 2024.", ["AT32 Salzburg"]),
        ("ZZ1", 2006, 2021, "ZZ1 is not a code of NUTS 2006 in our tables.", []),
    ],
)
@pytest.mark.usefixtures("facts")
def test_recoding_answers_in_a_sentence(client, code, start, end, claim, candidates):
    query = {"code": code, "from_vintage": start, "to_vintage": end}

    answer = client.get("/en/regions/recode/", query).context["answer"]

    assert answer.claim == claim
    assert [c.text for c in answer.candidates] == candidates


@pytest.mark.usefixtures("facts")
def test_ambiguous_code_lists_all_candidates(client):
    query = {"code": "DED3", "from_vintage": 2006, "to_vintage": 2010}

    answer = client.get("/en/regions/recode/", query).context["answer"]

    assert answer.claim == "DED3 (NUTS 2006) has several possible codes in NUTS 2010."
    assert [c.text[:4] for c in answer.candidates] == ["DED4", "DED5"]
    assert answer.steps.rows[0][1:3] == ["DED3", "DED4, DED5"]


@pytest.mark.usefixtures("facts")
def test_what_is_no_code_is_answered_with_422_and_kept(client):
    page = client.get(
        "/en/regions/recode/", {"code": "12", "from_vintage": 2006, "to_vintage": 2021}
    )

    assert page.status_code == 422
    assert 'value="12"' in page.content.decode()
    assert "two letters" in text_of(page)


@pytest.mark.parametrize("item_count", [1, 3])
def test_region_asks_the_same_number_of_queries_for_one_and_three(
    client, django_assert_num_queries, item_count
):
    region = make_region("AT32")
    make_area("AT32")
    for _ in range(item_count):
        make_partner(make_project(), region=region)
    client.get("/de/regions/AT32/")

    # With those that ask whether there is anything simulated to show apart.
    with django_assert_num_queries(22):
        client.get("/de/regions/AT32/")


def test_region_lists_its_cluster_organisations_and_those_of_its_parts(client):
    make_profile("In the part", slug="part", body_region=make_region("AT323"))
    make_profile("In the region", slug="here", body_region=make_region("AT32"))
    make_profile("Elsewhere", slug="there", body_region=make_region("AT31"))
    make_profile("Not listed", body_region=make_region("AT32b"), body_is_listed=False)
    make_organisation(region=make_region("AT321"))
    make_region("AT", level=0)

    pages = {code: client.get(f"/en/regions/{code}/").context["page"] for code in ("AT32", "AT")}

    found = {code: [b.name for b in page.bodies.shown] for code, page in pages.items()}
    assert found == {
        "AT32": ["In the part", "In the region"],
        "AT": ["Elsewhere", "In the part", "In the region"],
    }
    assert pages["AT32"].bodies.clusters.value == "2 cluster organisations have their seat here."
    assert pages["AT32"].bodies.url == "/en/directory/?region=AT32"
    assert pages["AT"].bodies.url == "/en/directory/?country=AT"


@pytest.mark.parametrize("n", [2, 13])
def test_numbers_of_organisations_stand_in_the_directory_too(client, n):
    region = make_region("AT32")
    for number in range(n):
        make_profile(f"Body {number}", slug=f"body-{number}", body_region=region)
    make_organisation(region=region)

    checked = follow(client, "/en/regions/AT32/")

    assert checked.mismatches == ()
    assert checked.n == 2


@pytest.mark.usefixtures("facts")
def test_number_of_regions_of_an_area_opens_the_list_of_these_regions(client):
    found = client.get("/en/regions/?area=eusalp&in=AT").context["page"]

    assert follow(client, "/en/regions/", "/en/regions/AT/").mismatches == ()
    assert (found.claim, found.n_regions, len(found.table.rows)) == (
        "EU Strategy for the Alpine Region (EUSALP), Austria: 9 regions",
        9,
        9,
    )


def follow(client, *addresses):
    """Follow the numbers of some pages."""
    return check_numbers(Site(lambda a: client.get(a).content.decode()), addresses)


def test_region_shows_how_its_people_rated_and_withholds_few(client):
    cafe = make_cafe(region="AT32", measures=("fair", "pilot"), criteria=("effectiveness",))
    fill(cafe, {"AT32": VARIED, "ITC4": VARIED, "ITH1": VARIED[:3]}, measures=("fair",))
    make_snapshot(cafe=cafe, released=True)

    page = client.get("/en/regions/AT32/").context["page"]
    hidden = client.get("/en/regions/ITH1/").context["page"]

    [view] = page.rated.views
    assert len(view.table.rows) >= 1
    assert all("n" in str(row[3]) for row in view.table.rows if isinstance(row[1], str))
    assert [row for view in hidden.rated.views for row in view.table.rows] == []


def test_region_shows_published_recommendations_of_its_projects(client):
    snapshot = make_snapshot(released=True)
    project, region = snapshot.cafe.project, snapshot.cafe.region
    measures = list(snapshot.cafe.measures.all())
    derive_recommendations(snapshot, measures, by=None, now=NOW)

    before = client.get(f"/en/regions/{region.code}/").context["page"].policy
    publish(project)
    after = client.get(f"/en/regions/{region.code}/").context["page"].policy

    assert (list(before.recommendations), list(before.actions)) == ([], [])
    assert [r.project for r in after.recommendations] == [project]
    assert [a.plan.project for a in after.actions] == [project]


def publish(project):
    """Publish a plan with an action for the first recommendation."""
    plan = create_plan(project, texts=PLAN_TEXTS, by=None)
    add_action(plan, [project.recommendations.first()], changes=COMPLETE, by=None, now=NOW)
    ActionPlan.objects.filter(pk=plan.pk).update(state="published", published_at=NOW)
