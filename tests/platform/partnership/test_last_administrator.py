"""Somebody must be able to let others in: the last administrator cannot go."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.urls import reverse

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.domain.own_data import erase_person
from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.partnership.domain.administrators import has_administrator
from alpclusters.platform.partnership.domain.people import withdraw_role
from alpclusters.platform.partnership.models import RoleAssignment
from tests.factories.accounts import make_user, make_user_with
from tests.factories.partnership import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def chief() -> User:
    return make_user_with(Role.ADMINISTRATOR, name="Chief", email="chief@example.org")


def test_last_administrator_keeps_the_role(chief):
    with pytest.raises(StateError) as refused:
        withdraw_role(chief.role_assignments.get(), by=None)

    assert refused.value.code == "account.last_administrator"
    assert has_administrator()


def test_last_administrator_cannot_erase_the_account(chief):
    with pytest.raises(StateError):
        erase_person(chief)

    assert User.objects.get(pk=chief.pk).name == "Chief"
    assert has_administrator()


def test_disabled_account_and_role_in_one_project_do_not_count_as_another(chief):
    make_user_with(Role.ADMINISTRATOR, is_active=False)
    make_user_with(Role.ADMINISTRATOR, project=make_project())
    RoleAssignment.objects.create(user=make_user(), role=Role.MEMBER)

    with pytest.raises(StateError):
        withdraw_role(chief.role_assignments.get(project=None), by=None)


def test_one_of_two_may_go_and_then_no_other(chief):
    second = make_user_with(Role.ADMINISTRATOR)

    withdraw_role(chief.role_assignments.get(), by=None)

    with pytest.raises(StateError):
        erase_person(second)


def test_other_roles_of_the_last_administrator_are_free(chief):
    member = RoleAssignment.objects.create(user=chief, role=Role.MEMBER, project=make_project())

    withdraw_role(member, by=None)

    assert not RoleAssignment.objects.filter(pk=member.pk).exists()


def test_page_says_why_and_what_to_do(client, chief):
    client.force_login(chief)
    own = reverse("workspace:role_withdraw", args=[chief.role_assignments.get().pk])

    pages = [
        client.post(own, follow=True),
        client.post(reverse("workspace:my_data_erase"), {"email": chief.email}),
    ]

    for page in pages:
        text = page.content.decode()
        assert "the only administrator" in text
        assert "Give the role to somebody else first" in text
    assert pages[1].status_code == 422
    assert client.session["_auth_user_id"] == str(chief.pk)
    assert has_administrator()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="a file has one writer at a time")
def test_two_administrators_who_go_at_the_same_moment_leave_one():
    first, second = [make_user_with(Role.ADMINISTRATOR) for _ in range(2)]
    first_is_going, second_is_done = threading.Event(), threading.Event()

    def go_first() -> None:
        with transaction.atomic():
            withdraw_role(first.role_assignments.get(), by=None)
            first_is_going.set()
            # Whoever does not wait for this transaction is done meanwhile; who waits is not.
            second_is_done.wait(timeout=3)
        connection.close()

    def go_second() -> str:
        first_is_going.wait(timeout=60)
        try:
            withdraw_role(second.role_assignments.get(), by=None)
        except StateError as error:
            return error.code
        finally:
            second_is_done.set()
            connection.close()
        return "gone"

    with ThreadPoolExecutor(2) as pool:
        leaving = pool.submit(go_first)
        end = pool.submit(go_second).result()
        leaving.result()

    assert end == "account.last_administrator"
    assert has_administrator()
