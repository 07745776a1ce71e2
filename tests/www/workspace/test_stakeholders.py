"""The pages of the stakeholder map, as its team uses them and nobody else."""

import io
import json

import pytest
from django.test import Client
from django.urls import reverse

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.actors.models import ImportSource, Organisation, Person
from alpclusters.platform.cafe.models import Invitation
from tests.factories.accounts import make_user_with
from tests.factories.cafe import make_draft
from tests.factories.evaluation import make_project, make_region
from tests.factories.stakeholders import make_body, make_person, make_stakeholder

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def project():
    return make_project(slug="own", acronym="Own")


@pytest.fixture
def client(project):
    user = make_user_with(Role.FACILITATOR, project=project)
    client = Client(raise_request_exception=True)
    client.force_login(user)
    return client


def at(name: str, *arguments: object, query: str = "") -> str:
    return reverse(f"workspace:{name}", args=["own", *arguments]) + query


def test_the_list_narrows_by_its_address_and_compares_with_the_historic_figures(client, project):
    make_stakeholder(project, make_body("Simulated chamber", helix="intermediary"))
    make_stakeholder(project, make_body("Simulated society", helix="civil"))

    every = client.get(at("stakeholders")).content.decode()
    civil = client.get(at("stakeholders", query="?helix=civil&q=SIMULATED")).content.decode()

    assert "Simulated chamber" in every
    assert "Confidential" in every
    assert "Simulated chamber" not in civil
    assert "Simulated society" in civil


def test_a_judgement_needs_its_reason(client, project):
    one = make_stakeholder(project)
    data = {"do": "save", "helix": "civil", "influence": "3", "mapped_on": "2026-06-02"}

    refused = client.post(at("stakeholder-edit", one.pk), data)
    stored = client.post(at("stakeholder-edit", one.pk), {**data, "reason": "Said in May."})

    assert refused.status_code == 422
    assert stored.status_code == 302
    one.refresh_from_db()
    assert (one.influence, one.interest, one.reason) == (3, None, "Said in May.")
    assert one.mapped_by
    assert one.organisation.helix == "civil"


def test_nearly_the_same_name_is_asked_about_before_anything_is_made(client, project):
    known = make_body("Simulated Wood Cluster Salzburg")
    data = {"name": "Simulated Wood Cluster Salzburgg", "type": "unknown", "helix": "unknown"}

    asked = client.post(at("stakeholder-add"), data)

    assert asked.status_code == 422
    assert "Did you mean" in asked.content.decode()
    assert Organisation.objects.count() == 1
    client.post(at("stakeholder-add"), {"organisation": known.pk})
    client.post(at("stakeholder-add"), {**data, "is_other": "on"})
    assert project.stakeholders.count() == 2
    new = Organisation.objects.exclude(pk=known.pk).get()
    assert not new.is_listed
    assert new.history.first().history_user


def test_a_list_from_the_directory_is_ticked_onto_the_map(client, project):
    bodies = [make_body(f"Simulated body {n}", country="AT") for n in range(3)]
    ImportSource.objects.create(key="list", name="A list")
    make_stakeholder(project, bodies[0])

    found = client.get(at("stakeholder-import", query="?scope=all")).content.decode()
    client.post(
        at("stakeholder-import"),
        {"chosen": [body.pk for body in bodies[1:]], "audience": ["local"]},
    )

    assert "Simulated body 0" not in found
    assert "Simulated body 1" in found
    assert project.stakeholders.count() == 3
    assert project.stakeholders.last().audience == ["local"]


def test_the_grid_leads_from_each_cell_to_its_names(client, project):
    make_stakeholder(project, make_body("Simulated mover"), influence=3, interest=1, reason="x")

    page = client.get(at("stakeholder-grid")).content.decode()

    assert 'href="#cell-3-1"' in page
    assert 'id="cell-3-1"' in page
    assert "Influence high, interest low: 1" in page


def test_who_is_missing_is_said_in_sentences_and_the_aims_are_stored(client, project):
    make_draft(project=project, region=make_region("AT32", "Salzburg"))
    make_stakeholder(project, region=make_region("AT32"), helix="civil")
    aims = {
        "least_helixes": 4, "least_share": 5, "least_levels": 3,
        "least_of_region": 6, "least_of_cell": 2,
    }  # fmt: skip

    page = client.get(at("stakeholder-coverage")).content.decode()
    stored = client.post(at("stakeholder-coverage"), aims)
    wrong = client.post(at("stakeholder-coverage"), {**aims, "least_helixes": 5})

    assert "Salzburg, Civil society: 1 organisation is on the map, nobody is invited yet." in page
    assert "Salzburg, Public sector: nobody is on the map. Find an organisation first." in page
    assert (stored.status_code, wrong.status_code) == (302, 422)
    project.refresh_from_db()
    assert project.coverage_target.least_helixes == 4


def test_a_person_is_kept_exported_and_erased_on_request(client, project):
    one = make_stakeholder(project)
    data = {"name": "Ana Simulated", "email": "ana@example.org", "languages": ["sl"]}
    without = client.post(at("stakeholder-person-add", one.pk), data)
    agreed = {**data, "purposes": ["invitations"], "how": "signed form"}
    client.post(at("stakeholder-person-add", one.pk), agreed)
    person = Person.objects.get()

    given = json.loads(client.get(at("stakeholder-person-export", person.pk)).content)
    listed = client.get(at("stakeholder-people")).content.decode()

    assert without.status_code == 422
    assert given["consents"][0]["how"] == "signed form"
    assert "ana@example.org" in listed
    client.post(at("stakeholder-person", person.pk), {"do": "erase"})
    assert not Person.objects.exists()


def test_taking_a_consent_back_empties_the_contact(client, project):
    person = make_person(make_stakeholder(project).organisation)
    consent = person.consents.get()

    client.post(at("stakeholder-person", person.pk), {"do": f"withdraw-{consent.pk}"})

    person.refresh_from_db()
    assert person.email == ""
    again = client.post(at("stakeholder-person", person.pk), {"do": f"withdraw-{consent.pk}"})
    assert again.status_code == 404


def test_every_copy_of_the_list_says_that_it_is_confidential(client, project):
    from openpyxl import load_workbook

    make_stakeholder(project, make_body("=Simulated()"), influence=2, reason="+1")

    table = client.get(at("stakeholder-export", "csv"))
    book = load_workbook(io.BytesIO(client.get(at("stakeholder-export", "xlsx")).content))

    lines = table.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Confidential: judgements about people")
    assert "'=Simulated()" in lines[2]
    assert "confidential" in table.headers["Content-Disposition"]
    assert table.headers["Cache-Control"] == "no-store"
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(text.startswith("Confidential: judgements") for text in texts)
    assert client.get(at("stakeholder-export", "pdf")).status_code == 404


def test_stakeholders_come_onto_the_list_of_an_alpcafe_with_reasons(client, project):
    region = make_region("AT32")
    cafe = make_draft(project=project, region=region)
    one = make_stakeholder(project, region=region, helix="civil")
    address = reverse("workspace:cafe_stakeholders", args=[cafe.pk])

    page = client.get(address).content.decode()
    client.post(address, {"chosen": [one.pk]})

    assert "fills an empty place of region and sector" in page
    assert Invitation.objects.get(cafe=cafe).organisation == one.organisation
    assert one.organisation.name not in client.get(address).content.decode()


def test_a_stakeholder_of_another_project_is_not_found(client):
    other = make_stakeholder(make_project(slug="other"))
    person = make_person(other.organisation)

    assert client.get(at("stakeholder-edit", other.pk)).status_code == 404
    assert client.get(at("stakeholder-person", person.pk)).status_code == 404
    theirs = reverse("workspace:stakeholders", args=["other"])
    assert client.get(theirs).status_code == 403


def test_no_public_page_says_what_the_team_thinks(client, project):
    body = make_body("Simulated agency", is_listed=True)
    make_stakeholder(project, body, influence=1, interest=1, reason="Hardly moves anything.")
    person = make_person(body)
    shown = [
        reverse("public:project", args=["own"]),
        reverse("public:organisation", args=[body.pk]),
        reverse("public:directory"),
    ]

    pages = [Client().get(path).content.decode() for path in shown]

    assert "Simulated agency" in pages[1]
    assert not any("Hardly moves" in page or person.email in page for page in pages)
    assert Client().get(at("stakeholders")).status_code == 302
    assert client.get(at("stakeholders")).status_code == 200
