"""What people say of projects, partners, persons and stakeholders stands where its column says."""

import csv
import io
from datetime import date

import pytest
from django.utils.translation import override

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.actors.models import (
    Partner,
    Person,
    SavedSearch,
    Stakeholder,
)
from alpclusters.platform.fields import fields_of, label_of, length_of
from alpclusters.platform.partnership.models import Project, ProjectFact
from tests.factories.accounts import make_user, make_user_with
from tests.factories.columns import another
from tests.factories.organisations import make_profile
from tests.factories.partners import make_partner
from tests.factories.partnership import make_fact, make_project
from tests.factories.stakeholders import make_person, make_stakeholder
from tests.factories.territory import make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def public(model):
    return [column.name for column in fields_of(model, lambda one: one.public)]


@pytest.fixture
def of_a_page():
    """Return for a model a row and the address of the public page it stands on."""

    def partner():
        project = make_project(slug="own")
        return make_partner(project), "/en/projects/own/"

    def person():
        profile = make_profile("Test", slug="test", body_is_listed=True)
        return make_person(profile.organisation, purposes=("directory",)), "/en/directory/test/"

    def project():
        days = {"starts_on": date(2019, 1, 1), "ends_on": date(2029, 12, 31)}
        return make_project(slug="own", contact_name="Office", **days), "/en/projects/own/"

    def statement():
        fact = make_fact(make_project(slug="own"), "Before")
        return fact, "/en/projects/own/"

    return {Partner: partner, Person: person, Project: project, ProjectFact: statement}


@pytest.mark.parametrize(
    ("model", "name"),
    [(model, name) for model in (Partner, Person, Project, ProjectFact) for name in public(model)],
)
def test_what_is_public_is_read_on_the_page(client, model, name, of_a_page):
    row, address = of_a_page[model]()
    before = client.get(address).content
    column = model._meta.get_field(name)
    value = another(row, column, 1890, None, make_region("AT31") if column.is_relation else None)
    model.objects.filter(pk=row.pk).update(**{name: value})

    assert client.get(address).content != before


def test_the_heads_of_the_partners_of_a_project_are_their_columns(client):
    make_partner(make_project(slug="own"))
    heads = [one.label for one in client.get("/de/projects/own/").context["page"].partners.columns]

    with override("de"):
        # A note stands with the tasks, sources below the table.
        shown = [name for name in public(Partner) if name not in {"note", "source"}]
        assert heads[1:] == [label_of(Partner, name) for name in shown]


@pytest.fixture
def team(client):
    project = make_project(slug="own")
    client.force_login(make_user_with(Role.FACILITATOR, project=project))
    return project


def test_the_confidential_list_brings_every_column_under_its_label(client, team):
    one = make_stakeholder(team)
    one.person = make_person(one.organisation, name="Ana")
    for name in ("influence", "interest"):
        setattr(one, name, 3)
    one.audience, one.benefits_from_results, one.reason = ["local"], True, "Said in May."
    one.save()

    text = client.get("/de/workspace/projects/own/stakeholders/export.csv").content.decode(
        "utf-8-sig"
    )
    [row] = csv.DictReader(io.StringIO(text.partition("\r\n")[2], newline=""), delimiter=";")

    with override("de"):
        labels = [label_of(Stakeholder, column.name) for column in fields_of(Stakeholder)]
    assert [label for label in labels if not row[label]] == []


@pytest.mark.parametrize(
    ("address", "model", "names"),
    [
        ("", Stakeholder, ["organisation", "influence", "interest", "audience"]),
        ("people/", Person, ["name", "organisation", "email", "languages"]),
    ],
)
def test_a_list_of_the_team_is_headed_by_the_labels(client, team, address, model, names):
    make_person(make_stakeholder(team).organisation)
    page = client.get(f"/de/workspace/projects/own/stakeholders/{address}").content.decode()

    with override("de"):
        for label in (label_of(model, name) for name in names):
            assert f'<th scope="col">{label}</th>' in page


def test_the_name_of_a_kept_search_is_called_and_limited_as_its_column_is(client):
    client.force_login(make_user())
    page = client.get("/de/directory/").content.decode()

    with override("de"):
        assert f'<label for="search-name">{label_of(SavedSearch, "name")}</label>' in page
    assert f'name="name" maxlength="{length_of(SavedSearch, "name")}"' in page
