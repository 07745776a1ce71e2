import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from alpclusters.live.stores import SqliteStore
from alpclusters.platform.accounts.domain.sign_ins import (
    is_over,
    note_seen,
    note_sign_in,
    sign_ins_of,
)
from alpclusters.platform.accounts.models import User
from alpclusters.platform.accounts.sessions import SessionStore, hashed

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
PASSWORD = "larch-and-stone-7411"


@pytest.fixture
def user():
    return User.objects.create_user(email="a@example.org", password=PASSWORD)


def signed_in(user) -> tuple[Client, str]:
    client = Client()
    client.force_login(user)
    return client, client.cookies[settings.SESSION_COOKIE_NAME].value


def is_in(client) -> bool:
    return client.get("/en/workspace/").status_code == 200


def test_the_database_keeps_no_key_with_which_a_session_opens(user):
    client, key = signed_in(user)
    (row,) = Session.objects.all()

    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = row.session_key

    assert key not in (row.session_key, row.session_data)
    assert (is_in(client), is_in(thief)) == (True, False)


def test_signing_out_ends_the_session(user):
    client, key = signed_in(user)

    client.post("/en/account/logout/")

    late = Client()
    late.cookies[settings.SESSION_COOKIE_NAME] = key
    assert not Session.objects.filter(session_key=hashed(key)).exists()
    assert not is_in(late)


def test_a_new_password_ends_the_sessions_of_other_devices(user):
    other, _ = signed_in(user)
    user.set_password("another-larch-7411")
    user.save()

    assert not is_in(other)


def used_until_it_is_over(user, every: timedelta) -> timedelta:
    """How long a session lasts that is used so often."""
    session, now = SessionStore(), timezone.now()
    note_sign_in(session, user, agent="", now=now)
    for n in range(2_000):
        later = now + n * every
        if is_over(session, now=later):
            return (n - 1) * every
        note_seen(session, now=later)
    raise AssertionError("it never ends")


@pytest.mark.parametrize(("is_superuser", "longest"), [(False, 14), (True, 1)])
def test_a_session_ends_after_days_however_often_it_is_used(user, is_superuser, longest):
    user.is_superuser = is_superuser

    assert used_until_it_is_over(user, timedelta(hours=6)) == timedelta(days=longest)


def test_a_session_that_is_left_alone_ends_after_half_a_day(user):
    assert used_until_it_is_over(user, timedelta(hours=12)) == timedelta(days=14)
    assert used_until_it_is_over(user, timedelta(hours=14)) == timedelta(0)


def test_a_device_of_an_older_password_is_not_listed(user):
    signed_in(user)
    user.set_password("another-larch-7411")
    user.save()
    client, _ = signed_in(user)

    assert [one.is_current for one in sign_ins_of(user, current=client.session)] == [True]


def test_old_sessions_are_cleared():
    store = SessionStore()
    store["a"] = 1
    store.create()
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))

    call_command("clearsessions")

    assert not Session.objects.exists()


def test_a_session_is_found_changed_and_given_a_new_key():
    store = SessionStore()
    store["a"] = 1
    store.create()
    first = store.session_key
    again = SessionStore(first)
    again["b"] = 2
    again.save()
    again.cycle_key()

    found = SessionStore(again.session_key)
    assert (found["a"], found["b"]) == (1, 2)
    assert not SessionStore().exists(first)
    assert found.exists(again.session_key)


@pytest.mark.django_db(transaction=True)
def test_asynchronous_callers_store_hashes_too():
    async def use() -> tuple[str, int, bool]:
        store = SessionStore()
        await store.aset("a", 1)
        await store.acreate()
        found = await SessionStore(store.session_key).aget("a")
        await store.adelete()
        return store.session_key, found, await store.aexists(store.session_key)

    key, found, is_left = asyncio.run(use())

    assert (found, is_left) == (1, False)
    assert not Session.objects.filter(session_key=key).exists()


def test_what_is_deleted_is_overwritten_whoever_built_sqlite(tmp_path):
    store = SqliteStore.open(str(tmp_path / "a.sqlite3"))
    with closing(store.connection):
        assert store.fetch("PRAGMA secure_delete") == [(1,)]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete")
            assert cursor.fetchone() == (1,)
    with closing(sqlite3.connect(tmp_path / "b.sqlite3")) as plain:
        plain.execute("PRAGMA secure_delete=OFF")
        assert plain.execute("PRAGMA secure_delete").fetchone() == (0,)
