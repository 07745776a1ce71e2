import pytest

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.partnership.domain.projects import (
    change_project,
    change_statements,
    create_project,
    free_slug,
)
from tests.factories.accounts import make_user
from tests.factories.partnership import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_who_makes_a_project_coordinates_it():
    maker = make_user()

    project = create_project(
        fields={"acronym": "Čista Moč", "name": {"en": "Clean power"}}, by=maker
    )

    assert project.slug == "cista-moc"
    assert maker.has_role(Role.PARTNER_COORDINATOR, project_id=project.pk)
    assert project.history.get().history_user == maker


def test_address_of_a_second_project_with_the_same_name_is_another():
    make_project(slug="alpenholz")

    assert free_slug("Alpenholz") == "alpenholz-2"


def test_change_names_its_author():
    project, editor = make_project(), make_user()

    assert change_project(
        project, fields={"name": project.name.put({"de": "Neuer Name"})}, by=editor
    )

    newest = project.history.first()
    assert (newest.name.inside("de"), newest.history_user) == ("Neuer Name", editor)


def test_change_without_difference_makes_no_version():
    project = make_project()
    before = project.history.count()

    assert not change_project(project, fields={"name": project.name.by_language}, by=make_user())

    assert project.history.count() == before


def test_target_groups_and_beneficiaries_are_two_facts():
    project, editor = make_project(), make_user()
    texts = {"target_group": {"de": "Clusterorganisationen"}, "beneficiary": {"de": "KMU"}}

    change_statements(project, texts=texts, by=editor)

    found = {f.section: f.value.inside("de") for f in project.facts.all()}
    assert found == {"target_group": "Clusterorganisationen", "beneficiary": "KMU"}


def test_emptied_statement_goes():
    project, editor = make_project(), make_user()
    change_statements(project, texts={"aim": {"de": "Ein Ziel"}}, by=editor)

    change_statements(project, texts={"aim": {"de": ""}}, by=editor)

    assert not project.facts.exists()
