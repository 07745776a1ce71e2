from datetime import date

import pytest
from django.test import Client

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.actors.models import Partner
from alpclusters.platform.policy.models import Solution, SolutionBody
from tests.factories.accounts import make_user_with
from tests.factories.organisations import make_organisation
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def project():
    project = make_plan().project
    project.ends_on = date(2025, 12, 31)
    project.save()
    for name, country in (("Innosquare", "CH"), ("ecoplus", "AT")):
        body = make_organisation(name, country=country)
        Partner.objects.create(project=project, organisation=body)
    return project


@pytest.fixture
def client(project):
    client = Client()
    client.force_login(make_user_with(Role.POLICY_MAKER, project=project))
    return client


def test_each_number_comes_with_its_list_and_what_does_not_count(client, project):
    page = client.get(f"/en/workspace/projects/{project.slug}/interreg/").content.decode()

    assert "RCO87 Organisations cooperating across borders: 2" in page
    assert "<li>Innosquare</li>" in page
    assert "Plan en: Drafted by bodies of fewer than two countries (–)." in page
    assert "Swiss bodies are counted here" in page


def test_swiss_bodies_can_be_left_out(client, project):
    page = client.get(f"/en/workspace/projects/{project.slug}/interreg/?without=CH")

    text = page.content.decode()
    assert "RCO87 Organisations cooperating across borders: 1" in text
    assert "Innosquare: The programme does not count bodies of this country (CH)." in text


def test_unknown_end_is_said_and_no_zero_stands_there(client, project):
    project.ends_on = None
    project.save()

    page = client.get(f"/en/workspace/projects/{project.slug}/interreg/").content.decode()

    codes = "RCO83, RCO84, RCR79, RCR84 and RCR104"
    assert f"The end of the project is not known: {codes} cannot be counted." in page
    assert "uptake: 0" not in page


def test_solution_is_written_changed_and_removed(client, project):
    new = f"/en/workspace/projects/{project.slug}/solutions/new/"
    given = {
        "title_en": "Joint call",
        "take_up_en": "A rule-book",
        "pilot_ended_on": "2025-06-30",
        "carried_by": "ecoplus; AT\nBody; it",
        "designed_by": "ecoplus; AT",
        "taken_up_on": "2026-03-01",
        "taken_up_by": "Tyrol",
        "taken_up_in": "Strategy, page 4",
        "is_legal": "on",
    }

    client.post(new, given)

    solution = Solution.objects.get()
    bodies = set(solution.bodies.values_list("name", "country", "part"))
    assert bodies == {
        ("ecoplus", "AT", "pilot"),
        ("Body", "IT", "pilot"),
        ("ecoplus", "AT", "design"),
    }
    assert (solution.taken_up_on, solution.taken_up_by) == (date(2026, 3, 1), "Tyrol")
    assert (solution.taken_up_in, solution.is_legal) == ("Strategy, page 4", True)
    address = f"/en/workspace/solutions/{solution.pk}/"
    shown = client.get(address).content.decode()
    assert "Body; IT" in shown
    assert "Strategy, page 4" in shown
    client.post(address, {**given, "title_en": "Joint rules", "carried_by": ""})
    solution.refresh_from_db()
    assert (solution.title.inside("en"), SolutionBody.objects.count()) == ("Joint rules", 1)
    client.post(address, {"decision": "remove"})
    assert not Solution.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title_en": ""}, "Give a title in at least one language."),
        ({"carried_by": "ecoplus"}, "“ecoplus” is no body with its country."),
        ({"carried_by": "ecoplus; AUT"}, "“ecoplus; AUT” is no body with its country."),
    ],
)
def test_wrong_solution_is_refused_with_the_line(client, project, changes, words):
    new = f"/en/workspace/projects/{project.slug}/solutions/new/"

    page = client.post(new, {"title_en": "Joint call", **changes})

    assert page.status_code == 422
    assert words in page.content.decode()
    assert not Solution.objects.exists()
