import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.partnership.domain.people import Post, grant_role, withdraw_role
from alpclusters.platform.partnership.models import Project, RoleAssignment
from alpclusters.platform.partnership.roles import project_ids, visible_to
from alpclusters.platform.territory.models import Region
from tests.factories.accounts import make_user, make_user_with

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def project():
    return Project.objects.create(slug="one", acronym="One", name="One")


@pytest.fixture
def other_project():
    return Project.objects.create(slug="two", acronym="Two", name="Two")


@pytest.fixture
def region():
    return Region.objects.create(
        code="AT32", level=2, country="AT", name="Salzburg", first_vintage=2006, last_vintage=2024
    )


def test_role_counts_only_in_its_project(project, other_project):
    user = make_user_with(Role.FACILITATOR, project=project)

    assert user.has_role(Role.FACILITATOR, project_id=project.pk)
    assert not user.has_role(Role.FACILITATOR, project_id=other_project.pk)
    assert not user.has_role(Role.FACILITATOR)


def test_role_without_project_counts_everywhere(project):
    user = make_user_with(Role.ADMINISTRATOR)

    assert user.has_role(Role.ADMINISTRATOR, project_id=project.pk)


def test_role_of_a_region_does_not_count_in_another(project, region):
    user = make_user_with(Role.FACILITATOR, project=project, region=region)

    assert user.has_role(Role.FACILITATOR, project_id=project.pk, region_id=region.pk)
    assert not user.has_role(Role.FACILITATOR, project_id=project.pk, region_id=region.pk + 1)


def test_disabled_account_holds_no_role():
    user = make_user_with(Role.ADMINISTRATOR, is_active=False)

    assert not user.has_role(Role.ADMINISTRATOR)
    assert not user.has_perm("partnership.manage_installation")


def test_visitor_holds_no_role():
    assert project_ids(AnonymousUser()) == []
    assert list(visible_to(AnonymousUser())) == []


def test_same_role_cannot_be_stored_twice_even_without_project():
    user = make_user_with(Role.ADMINISTRATOR)

    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.create(user=user, role=Role.ADMINISTRATOR)


def test_granting_twice_changes_nothing_and_withdrawing_takes_it(project):
    giver, user = make_user_with(Role.ADMINISTRATOR), make_user()
    first = grant_role(user, Post(Role.MEMBER, project), by=giver)

    again = grant_role(user, Post(Role.MEMBER, project), by=giver)
    assert again == first
    withdraw_role(again, by=giver)

    assert not User.objects.get(pk=user.pk).has_role(Role.MEMBER, project_id=project.pk)


def test_coordinator_gives_roles_in_own_project_but_no_administrator(project, other_project):
    user = make_user_with(Role.PARTNER_COORDINATOR, project=project)

    def may_give(role, where):
        return user.has_perm("partnership.grant_role", RoleAssignment(role=role, project=where))

    assert may_give(Role.FACILITATOR, project)
    assert not may_give(Role.FACILITATOR, other_project)
    assert not may_give(Role.FACILITATOR, None)
    assert not may_give(Role.ADMINISTRATOR, project)


def test_coordinator_sees_the_roles_of_own_projects_only(project, other_project):
    user = make_user_with(Role.PARTNER_COORDINATOR, project=project)
    neighbour = make_user_with(Role.MEMBER, project=other_project)
    colleague = make_user_with(Role.MEMBER, project=project)

    seen = {a.user_id for a in visible_to(user)}

    assert seen == {user.pk, colleague.pk}
    assert neighbour.pk not in seen


@pytest.mark.usefixtures("project")
def test_data_protection_officer_answers_requests_and_works_in_no_project():
    user = make_user_with(Role.DATA_OFFICER)

    assert user.has_perm("trust.answer_requests")
    assert not user.has_perm("partnership.manage_installation")
    assert not user.has_perm("partnership.grant_role")
    assert project_ids(user) == []
    assert not visible_to(user).exists()


def test_only_administrators_make_a_data_protection_officer(project):
    wanted = RoleAssignment(role=Role.DATA_OFFICER, project=project)

    assert make_user_with(Role.ADMINISTRATOR).has_perm("partnership.grant_role", wanted)
    coordinator = make_user_with(Role.PARTNER_COORDINATOR, project=project)
    assert not coordinator.has_perm("partnership.grant_role", wanted)
    assert not make_user_with(Role.DATA_OFFICER).has_perm("partnership.grant_role", wanted)
