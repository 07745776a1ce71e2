import json

import pytest
from django.core import mail
from django.urls import reverse

from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.partnership.models import RoleAssignment
from tests.factories.accounts import make_user, make_user_with
from tests.factories.partnership import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def project():
    return make_project()


def invitation(target, **changes) -> dict:
    data = {
        "email": "new@example.org",
        "name": "New",
        "language": "sl",
        "role": "facilitator",
        "project": target.pk,
        "region": "",
    }
    return data | changes


def test_coordinator_invites_into_own_project_and_a_mail_goes_out(client, project):
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=project))

    answer = client.post(reverse("workspace:person_invite"), invitation(project))

    assert answer.status_code == 302
    user = User.objects.get(email="new@example.org")
    assert user.has_role(Role.FACILITATOR, project_id=project.pk)
    assert not user.has_usable_password()
    (letter,) = mail.outbox
    assert letter.to == ["new@example.org"]
    assert letter.subject == "Vabilo v AlpClusters"
    assert reverse("account_request_login_code") in letter.body


@pytest.mark.parametrize("change", [{"role": "administrator"}, {"project": ""}])
def test_coordinator_cannot_give_what_reaches_beyond_the_project(client, project, change):
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=project))

    answer = client.post(reverse("workspace:person_invite"), invitation(project, **change))

    assert answer.status_code == 422
    assert not User.objects.filter(email="new@example.org").exists()
    assert mail.outbox == []


def test_project_of_others_is_not_offered(client, project):
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=project))
    foreign = make_project()

    answer = client.post(reverse("workspace:person_invite"), invitation(foreign))

    assert answer.status_code == 422
    assert b"new@example.org" in answer.content


def test_member_sees_no_list_of_people(client, project):
    client.force_login(make_user_with(Role.MEMBER, project=project))

    assert client.get(reverse("workspace:people")).status_code == 403


def test_list_shows_the_people_of_own_projects_only(client, project):
    coordinator = make_user_with(Role.PARTNER_COORDINATOR, project=project)
    make_user_with(Role.MEMBER, project=project, name="Colleague Canary")
    make_user_with(Role.MEMBER, project=make_project(), name="Stranger Canary")
    client.force_login(coordinator)

    page = client.get(reverse("workspace:people")).content.decode()

    assert "Colleague Canary" in page
    assert "Stranger Canary" not in page


def test_role_is_withdrawn_only_where_it_may_be_given(client, project):
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=project))
    own = RoleAssignment.objects.create(user=make_user(), role=Role.MEMBER, project=project)
    foreign = RoleAssignment.objects.create(
        user=make_user(), role=Role.MEMBER, project=make_project()
    )

    first = client.post(reverse("workspace:role_withdraw", args=[own.pk]))
    second = client.post(reverse("workspace:role_withdraw", args=[foreign.pk]))

    assert (first.status_code, second.status_code) == (302, 404)
    assert set(RoleAssignment.objects.filter(role=Role.MEMBER)) == {foreign}


def test_own_data_come_as_one_file(client, project):
    user = make_user_with(Role.MEMBER, project=project, name="Canary Name")
    client.force_login(user)

    answer = client.post(reverse("workspace:my_data_export"))

    assert answer["Content-Disposition"].startswith("attachment")
    data = json.loads(answer.content)
    assert data["account"]["email"] == user.email
    assert [role["project"] for role in data["roles"]] == [project.slug]


def test_account_is_erased_only_after_the_address_was_typed_again(client):
    user = make_user(name="Canary Name")
    client.force_login(user)

    wrong = client.post(reverse("workspace:my_data_erase"), {"email": "other@example.org"})
    assert wrong.status_code == 422
    right = client.post(reverse("workspace:my_data_erase"), {"email": user.email})

    assert right.status_code == 302
    erased = User.objects.get(pk=user.pk)
    assert (erased.name, erased.is_active) == ("", False)
    assert "_auth_user_id" not in client.session


def test_a_data_protection_officer_counts_everywhere_whatever_project_was_chosen(client, project):
    client.force_login(make_user_with(Role.ADMINISTRATOR))

    client.post(reverse("workspace:person_invite"), invitation(project, role="data_officer"))

    made = RoleAssignment.objects.get(role=Role.DATA_OFFICER)
    assert (made.project, made.region) == (None, None)
    client.force_login(made.user)
    page = client.get(reverse("workspace:dashboard")).content.decode()
    assert reverse("workspace:desk") in page
    assert reverse("workspace:security_log") in page
    assert reverse("workspace:imprint") not in page
