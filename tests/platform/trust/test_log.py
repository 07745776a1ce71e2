"""The security log: one chain, append only, and people can be taken out of it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory
from django.utils import timezone

from alpclusters.platform.accounts.domain.own_data import erase_person
from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.operation.checkup import examine
from alpclusters.platform.partnership.domain.people import Post, grant_role, withdraw_role
from alpclusters.platform.trust.domain.log import (
    NETWORKS_KEPT,
    PEOPLE_KEPT,
    Kind,
    forget_events,
    record,
    shortened,
    verify,
)
from alpclusters.platform.trust.models import SecurityEvent
from alpclusters.platform.trust.signals import FIRST
from tests.factories.accounts import make_user, make_user_with
from tests.factories.partnership import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

SQL = {
    "changed": "UPDATE trust_securityevent SET kind = 'signed_out' WHERE number = 2",
    "detail": "UPDATE trust_securityevent SET detail = '{\"n\": 1}' WHERE number = 2",
    "removed": "DELETE FROM trust_securityevent WHERE number = 2",
    "moved": "UPDATE trust_securityevent SET number = 9 WHERE number = 2",
    "refilled": "UPDATE trust_securityevent SET network = '10.0.0.0/24' WHERE number = 2",
}


@pytest.fixture
def person() -> User:
    return make_user(email="canary@secret.example", name="Canary")


@pytest.fixture
def chain(person) -> None:
    for kind in (Kind.SIGNED_IN, Kind.PASSWORD_CHANGED, Kind.SIGNED_OUT):
        record(kind, actor=person, network="203.0.113.77")


def past_the_triggers(*statements: str) -> None:
    """Do what somebody does who owns the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # none may wait for a table in change
            cursor.execute("ALTER TABLE trust_securityevent DISABLE TRIGGER USER")
            for statement in statements:
                cursor.execute(statement)
            cursor.execute("ALTER TABLE trust_securityevent ENABLE TRIGGER USER")
            return
        for what in ("update", "delete", "replace"):
            cursor.execute(f"DROP TRIGGER trust_securityevent_no_{what}")
        for statement in statements:
            cursor.execute(statement)


def kinds() -> list[str]:
    return [event.kind for event in SecurityEvent.objects.order_by("number")]


@pytest.mark.usefixtures("chain")
def test_a_chain_that_nobody_touched_is_whole():
    found = verify()

    last = SecurityEvent.objects.get(number=3)
    assert (found.n, found.fault, found.head) == (3, "", f"3:{last.digest}")


@pytest.mark.usefixtures("chain")
@pytest.mark.parametrize("what", SQL)
def test_the_database_refuses_to_change_or_remove_an_entry(what):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SQL[what])

    assert verify().n == 3


@pytest.mark.usefixtures("chain")
@pytest.mark.parametrize(
    ("what", "fault"),
    [("changed", "digest"), ("detail", "digest"), ("removed", "number"), ("moved", "number")],
)
def test_an_entry_changed_past_the_triggers_is_found(what, fault):
    past_the_triggers(SQL[what])

    assert (verify().n, verify().fault) == (1, fault)
    [line] = [c for c in examine_log() if c.name == "security_log"]
    assert line.state == "error"


def examine_log():
    from django.conf import settings  # noqa: PLC0415 - only here

    return examine(settings.CONFIGURATION, translator("en"))


@pytest.mark.usefixtures("chain")
def test_two_entries_that_changed_places_are_found():
    table = "UPDATE trust_securityevent SET number ="
    past_the_triggers(
        f"{table} 100 WHERE number = 1",
        f"{table} 1 WHERE number = 2",
        f"{table} 2 WHERE number = 100",
    )

    assert (verify().n, verify().fault) == (0, "previous")


@pytest.mark.usefixtures("chain")
def test_entries_removed_at_the_end_are_missed_by_whoever_wrote_the_last_one_down():
    head = verify().head
    past_the_triggers("DELETE FROM trust_securityevent WHERE number = 3")

    assert verify().fault == ""
    assert verify([head]).fault == "cut"


@pytest.mark.django_db(transaction=True)
def test_the_last_entry_is_also_noted_beside_the_database(settings, tmp_path):
    settings.HOME = tmp_path
    record(Kind.SETTINGS_CHANGED)
    record(Kind.SETTINGS_CHANGED)
    past_the_triggers("DELETE FROM trust_securityevent WHERE number = 2")

    assert (verify().n, verify().fault) == (1, "cut")


@pytest.mark.usefixtures("chain")
def test_a_person_is_erased_and_the_chain_is_still_whole(person):
    erase_person(person)

    found = verify()
    assert (found.n, found.fault) == (4, "")
    marks = {event.actor_mark for event in SecurityEvent.objects.filter(number__lte=3)}
    assert len(marks) == 1
    assert not SecurityEvent.objects.exclude(actor=None, about=None, network="").exists()
    assert kinds()[-1] == "person_erased"


@pytest.mark.usefixtures("chain")
def test_networks_go_after_a_month_and_people_after_years():
    now = timezone.now()

    forget_events(now + NETWORKS_KEPT - timedelta(minutes=1))
    assert SecurityEvent.objects.exclude(network="").count() == 3
    forget_events(now + NETWORKS_KEPT + timedelta(minutes=1))
    assert SecurityEvent.objects.exclude(network="").count() == 0
    assert SecurityEvent.objects.exclude(actor=None).count() == 3
    forget_events(now + PEOPLE_KEPT + timedelta(minutes=1))
    assert SecurityEvent.objects.exclude(actor=None).count() == 0
    assert verify().fault == ""


@pytest.mark.parametrize(
    ("address", "expected"),
    [("2a02:8388:1:2:3:4:5:6", "2a02:8388:1::/48"), ("127.0.0.1", "127.0.0.0/24"), ("x", "")],
)
def test_no_address_is_stored_as_a_whole(address, expected):
    assert shortened(address) == expected


def test_roles_are_written_down_with_giver_and_receiver(person):
    giver = make_user_with(Role.ADMINISTRATOR)
    assignment = grant_role(person, Post(Role.MEMBER, make_project(slug="larch")), by=giver)
    grant_role(person, Post(Role.MEMBER, assignment.project), by=giver)
    withdraw_role(assignment, by=giver)

    given, withdrawn = SecurityEvent.objects.order_by("number")
    assert (given.kind, withdrawn.kind) == ("role_given", "role_withdrawn")
    assert (given.actor, given.about) == (giver, person)
    assert given.detail == {"role": "member", "project": "larch", "region": ""}


def test_sign_in_failure_and_sign_out_are_written_down(client):
    make_user(email="ana@larch.example", password="the larch turns gold in october")
    words = {"login": "ana@larch.example", "password": "wrong"}
    client.post("/en/account/login/", words, REMOTE_ADDR="198.51.100.9")
    client.post("/en/account/login/", words | {"password": "the larch turns gold in october"})
    client.post("/en/account/logout/")

    assert kinds() == ["sign_in_failed", "signed_in", "signed_out"]
    failed = SecurityEvent.objects.get(number=1)
    assert (failed.about.email, failed.network) == ("ana@larch.example", "198.51.100.0/24")


def test_a_flood_of_failures_does_not_fill_the_log():
    from django.contrib.auth import authenticate  # noqa: PLC0415 - after the settings

    request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.1")
    for number in range(100):
        authenticate(request, email=f"nobody{number}@larch.example", password="x")

    numbers = [event.detail["n"] for event in SecurityEvent.objects.order_by("number")]
    assert numbers == [*range(1, FIRST + 1), 32, 64]
    assert "nobody" not in repr(list(SecurityEvent.objects.values()))
