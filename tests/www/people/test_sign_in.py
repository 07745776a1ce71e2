"""Signing in and out: sessions begin anew, end when they have to, passwords are taken as typed."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client
from django.urls import reverse

from alpclusters.platform.accounts.domain import sign_ins
from alpclusters.platform.accounts.domain.sign_ins import IDLE, LONGEST, SEEN_EVERY
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PASSWORD = "the larch turns gold in october"
AN_HOUR = timedelta(hours=1)


@pytest.fixture
def user():
    return make_user(email="ana@example.org", password=PASSWORD)


def sign_in(client: Client, password: str = PASSWORD, email: str = "ana@example.org") -> bool:
    answer = client.post(reverse("account_login"), {"login": email, "password": password})
    return answer.status_code == 302


def is_in(client: Client) -> bool:
    return client.get(reverse("workspace:my_data")).status_code == 200


def session_key(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def later(client: Client, wait: timedelta, monkeypatch) -> Client:
    """The same browser after some time."""
    now = datetime.now(UTC) + wait
    monkeypatch.setattr("alpclusters.www.account.devices.timezone.now", lambda: now)
    return client


@pytest.mark.usefixtures("user")
def test_session_has_a_new_long_random_key_at_each_sign_in(client):
    assert sign_in(client)
    first = session_key(client)
    client.post(reverse("account_logout"))
    assert sign_in(client)

    assert first != session_key(client)
    # 32 signs of 36: 165 bits.
    assert re.fullmatch(r"[a-z0-9]{32}", first)


@pytest.mark.usefixtures("user")
def test_key_that_somebody_planted_before_is_no_session_afterwards(client):
    client.get(reverse("account_login"))
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    assert sign_in(client)

    other = Client()
    other.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    assert session_key(client) != "a" * 32
    assert not is_in(other)


@pytest.mark.usefixtures("user")
def test_session_is_dead_after_signing_out(client):
    assert sign_in(client)
    copied = Client()
    copied.cookies[settings.SESSION_COOKIE_NAME] = session_key(client)
    assert is_in(copied)

    client.post(reverse("account_logout"))

    assert not is_in(copied)


def test_sessions_end_when_the_account_is_disabled(client, user):
    assert sign_in(client)
    user.is_active = False
    user.save()

    assert not is_in(client)


@pytest.mark.usefixtures("user")
def test_session_left_alone_for_half_a_day_is_over_and_says_so(client, monkeypatch):
    assert sign_in(client)
    later(client, IDLE + SEEN_EVERY + AN_HOUR, monkeypatch)

    answer = client.get(reverse("workspace:my_data"), follow=True)

    assert answer.redirect_chain[0][0].startswith(reverse("account_login"))
    assert "signed out" in answer.content.decode()


@pytest.mark.usefixtures("user")
def test_session_in_use_goes_on_and_ends_after_two_weeks(client, monkeypatch):
    assert sign_in(client)
    for n in range(1, LONGEST // IDLE):
        assert is_in(later(client, n * IDLE, monkeypatch))

    assert not is_in(later(client, LONGEST + AN_HOUR, monkeypatch))


def test_administrators_sign_in_anew_every_day(client, monkeypatch):
    make_user(email="chief@example.org", password=PASSWORD, is_superuser=True)
    assert sign_in(client, email="chief@example.org")
    assert is_in(later(client, 12 * AN_HOUR, monkeypatch))

    assert not is_in(later(client, sign_ins.LONGEST_OF_ADMINISTRATORS + AN_HOUR, monkeypatch))


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize("typed", [PASSWORD.upper(), PASSWORD + " ", PASSWORD[:-1]])
def test_password_is_compared_exactly_as_typed(client, typed):
    assert not sign_in(client, typed)


def test_long_password_of_any_signs_is_taken_whole(client):
    long = "Šipek & Žajbelj 🌲 " * 6
    make_user(email="ana@example.org", password=long)

    assert not sign_in(client, long[:-2])
    assert sign_in(client, long)


@pytest.mark.usefixtures("user")
def test_new_password_asks_for_the_old_one_and_ends_the_other_sessions(client):
    other = Client()
    assert sign_in(client)
    assert sign_in(other)
    fresh = "three marmots whistle at noon"
    words = {"password1": fresh, "password2": fresh}

    client.post(reverse("account_change_password"), {**words, "oldpassword": "wrong"})
    assert is_in(other)

    client.post(reverse("account_change_password"), {**words, "oldpassword": PASSWORD})
    assert not is_in(other)
    assert sign_in(Client(), fresh)


def reauthenticated_long_ago(client: Client) -> None:
    session = client.session
    for method in session["account_authentication_methods"]:
        method["at"] -= 3_600
    session.save()


@pytest.mark.usefixtures("user")
def test_another_address_asks_for_a_fresh_proof(client):
    assert sign_in(client)
    reauthenticated_long_ago(client)
    words = {"email": "thief@example.org", "action_add": ""}

    answer = client.post(reverse("account_email"), words)

    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not EmailAddress.objects.filter(email="thief@example.org").exists()


def code_in(outbox) -> str:
    (code,) = re.findall(r"^[A-Z0-9-]{6,12}$", outbox[-1].body, re.MULTILINE)
    return code


@pytest.mark.usefixtures("user")
def test_code_by_mail_opens_only_the_browser_that_asked_for_it(client, mailoutbox):
    client.post(reverse("account_request_login_code"), {"email": "ana@example.org"})
    code, other = code_in(mailoutbox), Client()

    other.post(reverse("account_confirm_login_code"), {"code": code})
    assert not is_in(other)

    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert is_in(client)


@pytest.mark.usefixtures("user")
def test_code_by_mail_is_void_after_three_wrong_tries(client, mailoutbox):
    client.post(reverse("account_request_login_code"), {"email": "ana@example.org"})
    code = code_in(mailoutbox)
    for _ in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": "AAAA-AAAA"})

    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert not is_in(client)


@pytest.mark.usefixtures("user")
def test_code_by_mail_ends_after_ten_minutes(client, mailoutbox, monkeypatch):
    client.post(reverse("account_request_login_code"), {"email": "ana@example.org"})
    code, later = code_in(mailoutbox), time.time() + 601
    monkeypatch.setattr("time.time", lambda: later)

    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert not is_in(client)


def test_password_fields_hide_what_is_typed_and_take_what_is_pasted(client):
    page = client.get(reverse("account_login")).content.decode()
    (field,) = re.findall(r'<input[^>]*name="password"[^>]*>', page)

    assert 'type="password"' in field
    assert 'autocomplete="current-password"' in field
    assert not re.search(r"onpaste|readonly|maxlength", field)


@pytest.mark.usefixtures("user")
def test_every_page_of_the_workspace_offers_to_sign_out(client):
    assert sign_in(client)
    page = client.get(reverse("workspace:my_data")).content.decode()

    assert reverse("account_logout") in page


def test_installation_begins_without_any_account(django_user_model):
    assert not django_user_model.objects.exists()


def test_password_is_stored_by_argon2_with_a_salt(django_user_model):
    make = django_user_model.objects.create_user
    one, other = (make(email, PASSWORD).password for email in ("a@example.org", "b@example.org"))

    assert one.startswith("argon2$argon2id$")
    assert one != other
