import json

import pytest
from django.db import connection
from django.test import Client

from alpclusters.platform.accounts.domain.own_data import erase_person, export_own_data
from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.cafe.domain.invitations import Person, invite
from alpclusters.platform.measures.models import Measure
from tests.factories.accounts import make_user_with
from tests.factories.cafe import make_draft
from tests.factories.network import make_everything_by
from tests.factories.partnership import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def dump() -> str:
    """Everything the database holds, as text."""
    with connection.cursor() as cursor:
        texts = []
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            texts.append(repr(cursor.fetchall()))
    return "\n".join(texts)


def canary(number: int) -> User:
    return make_user_with(
        Role.MEMBER, email=f"canary{number}@secret.example", name=f"Canary{number}Name"
    )


def test_export_holds_all_of_a_person_and_nothing_of_another():
    one, two = canary(1), canary(2)

    text = json.dumps(export_own_data(one))

    assert "canary1@secret.example" in text
    assert "Canary1Name" in text
    assert "canary2" not in text.lower()
    assert two.email not in text


def test_export_names_the_texts_a_person_changed():
    one = canary(1)
    measure = Measure(key="pilot", type_key="pilot", name="Pilot")
    measure._history_user = one
    measure.save()

    assert list(export_own_data(one)["wrote"]) == ["measures.measure"]


def test_export_tells_what_invitations_know_and_erasure_deletes_them():
    one = canary(1)
    cafe = make_draft()
    invite(cafe, [Person("Canary", email="canary1@secret.example"), Person("Other")])

    (found,) = export_own_data(one)["invitations"]
    erase_person(User.objects.get(pk=one.pk))

    assert found["name"] == "Canary"
    assert "token_hash" not in found
    assert [left.name for left in cafe.invitations.all()] == ["Other"]


def test_erasure_leaves_nothing_of_the_person_in_the_database():
    one, two = canary(1), canary(2)
    client = Client()
    client.force_login(one)
    assert "canary1" in dump().lower()

    erase_person(User.objects.get(pk=one.pk))

    left = dump().lower()
    assert "canary1" not in left
    assert "canary2name" in left
    assert client.get("/en/workspace/my-data/").status_code == 302
    assert User.objects.get(pk=two.pk).has_role(Role.MEMBER)


def test_erased_account_stays_author_without_a_name():
    one = canary(1)
    measure = Measure(key="pilot", type_key="pilot", name="Pilot")
    measure._history_user = one
    measure.save()

    erase_person(one)

    assert measure.history.get().history_user_id == one.pk
    assert str(User.objects.get(pk=one.pk)) == f"former-member-{one.pk}@invalid"


def test_the_network_is_given_out_and_keeps_neither_name_nor_words():
    one = canary(1)
    make_everything_by(one, make_project())

    found = export_own_data(one)["network"]

    assert [key for key, value in found.items() if not value] == []
    assert dump().count("by canary") >= 6
    erase_person(User.objects.get(pk=one.pk))
    assert "by canary" not in dump()
    emptied = export_own_data(User.objects.get(pk=one.pk))["network"]
    assert [key for key, value in emptied.items() if value] == []
