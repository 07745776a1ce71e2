import pytest

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.actors.models import Partner
from alpclusters.platform.partnership.models import Project
from tests.factories.accounts import make_user, make_user_with
from tests.factories.mixes import make_case
from tests.factories.partners import make_partner
from tests.factories.partnership import make_project
from tests.factories.policy import make_plan
from tests.factories.territory import make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def filled(**changes):
    return {"acronym": "AlpHolz", "name_en": "Timber of the Alps", "is_public": "on", **changes}


def edit_url(project):
    return f"/en/workspace/projects/{project.slug}/edit/"


def partner(**changes):
    return {"organisation": "Holzcluster", "role": "partner", "status": "unverified", **changes}


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.PARTNER_COORDINATOR, 200),
        (Role.FACILITATOR, 403),
        (Role.EVIDENCE_CODER, 403),
        (Role.MEMBER, 403),
    ],
)
def test_who_of_the_project_may_edit_it(client, role, status):
    project = make_project()
    client.force_login(make_user_with(role, project=project))

    assert client.get(edit_url(project)).status_code == status


def test_others_may_not_edit_and_do_not_see_hidden_projects(client):
    project, hidden = make_project(), make_project(is_public=False)
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=make_project()))

    assert client.get(edit_url(project)).status_code == 403
    assert client.get(edit_url(hidden)).status_code == 404
    client.force_login(make_user_with(Role.ADMINISTRATOR))
    assert client.get(edit_url(hidden)).status_code == 200


def test_visitor_is_asked_to_sign_in(client):
    project = make_project()

    for url in ("/en/workspace/projects/", "/en/workspace/projects/new/", edit_url(project)):
        assert client.get(url).status_code == 302


def test_only_administrators_make_projects(client):
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=make_project()))
    assert client.post("/en/workspace/projects/new/", filled()).status_code == 403

    client.force_login(make_user_with(Role.ADMINISTRATOR))
    answer = client.post("/en/workspace/projects/new/", filled())
    assert answer.headers["Location"] == "/en/workspace/projects/alpholz/edit/"
    assert Project.objects.get(slug="alpholz").name.inside("en") == "Timber of the Alps"


@pytest.mark.parametrize("language", ["de", "sl"])
def test_a_project_needs_its_name_in_one_language_only(client, language):
    client.force_login(make_user_with(Role.ADMINISTRATOR))
    address = f"/{language}/workspace/projects/new/"

    refused = client.post(address, filled(name_en=""))
    made = client.post(address, filled(name_en="", **{f"name_{language}": "Holz"}))

    assert refused.status_code == 422
    form = refused.context["form"]
    assert [code for code, one in form["name"].parts.items() if one.errors] == [language]
    error = {"de": "Schreiben Sie das in einer Sprache", "sl": "Napišite to v enem jeziku"}
    assert error[language] in refused.content.decode()
    assert made.status_code == 302
    assert Project.objects.get(slug="alpholz").name == "Holz"


def test_audience_and_beneficiaries_come_back_into_their_own_fields(client):
    project = make_project()
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=project))
    texts = {"target_group": "Clusterorganisationen", "beneficiary": "KMU"}

    client.post(edit_url(project), filled(**{f"{name}_de": text for name, text in texts.items()}))

    form = client.get(edit_url(project)).context["form"]
    assert {name: form[name].parts["de"].value() for name in texts} == texts
    page = client.get(f"/de/projects/{project.slug}/").context["page"]
    assert [f.value for f in page.sections["target_group"].facts] == ["Clusterorganisationen"]
    assert [f.value for f in page.sections["beneficiary"].facts] == ["KMU"]


def test_end_before_start_is_answered_with_422_and_kept(client):
    project = make_project()
    client.force_login(make_user_with(Role.ADMINISTRATOR))

    page = client.post(edit_url(project), filled(starts_on="2026-05-01", ends_on="2026-04-01"))

    assert page.status_code == 422
    assert "The end lies before the start" in page.content.decode()
    assert 'value="2026-05-01"' in page.content.decode()


def test_partner_is_added_with_seat_and_region(client):
    project, seat, region = make_project(), make_region("AT323"), make_region("AT32")
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=project))

    url = f"/en/workspace/projects/{project.slug}/partners/new/"
    answer = client.post(
        url, partner(seat_code="at323", region_code="AT32", tasks_de="Koordination")
    )

    assert answer.status_code == 302
    added = project.partners.get()
    assert (added.seat, added.region, added.tasks.inside("de")) == (seat, region, "Koordination")


def test_unknown_code_and_double_partner_are_refused(client):
    project = make_project()
    make_partner(project, name="Holzcluster")
    client.force_login(make_user_with(Role.ADMINISTRATOR))
    url = f"/en/workspace/projects/{project.slug}/partners/new/"

    page = client.post(url, partner(region_code="XX99"))

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"region_code", "organisation"}


def test_older_code_of_a_partner_stays_when_it_is_edited(client):
    project = make_project()
    older = make_region("FR71", last_vintage=2013)
    known = make_partner(project, region=older)
    client.force_login(make_user_with(Role.ADMINISTRATOR))

    url = f"/en/workspace/partners/{known.pk}/edit/"
    answer = client.post(url, partner(region_code="FR71", tasks_en="Something"))

    assert answer.status_code == 302
    known.refresh_from_db()
    assert (known.region, known.tasks.inside("en")) == (older, "Something")


def test_partner_is_removed_by_post_of_the_coordination_only(client):
    project = make_project()
    known = make_partner(project)
    url = f"/en/workspace/partners/{known.pk}/remove/"
    client.force_login(make_user_with(Role.MEMBER, project=project))
    assert client.post(url).status_code == 403

    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=project))
    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 302
    assert not Partner.objects.exists()


def test_partner_of_a_hidden_project_is_not_found(client):
    known = make_partner(make_project(is_public=False))
    client.force_login(make_user())

    assert client.get(f"/en/workspace/partners/{known.pk}/edit/").status_code == 404


def test_list_shows_own_projects_and_who_may_edit(client):
    own, seen = make_project(acronym="Own"), make_project(acronym="Seen")
    make_project(acronym="Foreign")
    person = make_user_with(Role.PARTNER_COORDINATOR, project=own)
    person.role_assignments.create(role=Role.MEMBER, project=seen)
    client.force_login(person)

    rows = client.get("/en/workspace/projects/").context["rows"]

    assert {row.project.acronym: row.may_edit for row in rows} == {"Own": True, "Seen": False}


@pytest.mark.parametrize("item_count", [1, 3])
def test_list_asks_the_same_number_of_queries_for_one_and_three(
    client, django_assert_num_queries, item_count
):
    for _ in range(item_count):
        make_partner(make_project())
    client.force_login(make_user_with(Role.ADMINISTRATOR))

    with django_assert_num_queries(4):
        client.get("/en/workspace/projects/")


def test_new_project_is_led_from_partners_over_a_plan_to_its_funding(client):
    project = make_project()
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=project))
    public = f"/en/projects/{project.slug}/"
    led = []

    def follow():
        step = client.get(edit_url(project)).context["step"]
        assert f'href="{step.url}"' in client.get(public).text
        assert client.get(step.url).status_code == 200
        led.append(step.url.removeprefix("/en/workspace/"))

    follow()
    make_partner(project)
    follow()
    plan = make_plan(project=project)
    follow()
    case = make_case(project)
    follow()

    assert led == [
        f"projects/{project.slug}/partners/new/",
        f"projects/{project.slug}/plans/new/",
        f"plans/{plan.pk}/",
        f"funding/cases/{case.pk}/",
    ]


def test_visitor_and_member_are_led_nowhere(client):
    project = make_project()
    url = f"/en/projects/{project.slug}/"

    assert client.get(url).context["page"].step is None
    client.force_login(make_user_with(Role.MEMBER, project=project))
    assert client.get(url).context["page"].step is None


def test_who_plans_funding_but_writes_no_plan_is_led_to_funding(client):
    project = make_project()
    client.force_login(make_user_with(Role.CLUSTER_MANAGER, project=project))

    step = client.get(f"/en/projects/{project.slug}/").context["page"].step

    assert step.url == f"/en/workspace/funding/cases/new/?project={project.slug}"
