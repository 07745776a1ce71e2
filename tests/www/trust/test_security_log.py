"""Administrators read the security log."""

import pytest

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.trust.domain.log import Kind, record
from tests.factories.accounts import make_user, make_user_with

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PAGE = "/en/workspace/security-log/"


@pytest.fixture
def person(client):
    client.force_login(make_user_with(Role.ADMINISTRATOR, name="Chief"))
    person = make_user(email="ana@larch.example", name="Ana Novak")
    record(Kind.ROLE_GIVEN, about=person, role="member", project="larch", region="")
    record(Kind.SETTINGS_CHANGED, fields=["legal_basis"])
    record(Kind.PLAN_PUBLISHED, plan="plan-1", version=2)
    return person


@pytest.mark.usefixtures("person")
def test_every_entry_is_said_in_words(client):
    page = client.get(PAGE).content.decode()

    for text in ("Role given", "Member, larch", "Ana Novak", "Legal basis", "plan-1, version 2"):
        assert text in page
    assert "Chief" in page


@pytest.mark.usefixtures("person")
def test_entries_are_found_by_kind_and_person(client):
    by_kind = client.get(f"{PAGE}?kind=plan_published").content.decode()
    by_person = client.get(f"{PAGE}?person=novak").content.decode()
    later = client.get(f"{PAGE}?since=2100-01-01").content.decode()

    assert "plan-1" in by_kind
    assert "Member, larch" not in by_kind
    assert "Member, larch" in by_person
    assert "plan-1" not in by_person
    assert "Nothing found." in later
