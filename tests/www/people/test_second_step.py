"""The second step: set up, used, asked for by role, lost."""

import json
import re
import time
from dataclasses import replace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alpclusters.platform.accounts.domain.administrator_link import make_link_token
from alpclusters.platform.accounts.domain.own_data import erase_person, export_own_data
from alpclusters.platform.accounts.domain.second_step import has_second_step
from alpclusters.platform.accounts.models import Role, User
from tests.factories.accounts import make_user, make_user_with
from tests.factories.partnership import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PASSWORD = "the larch turns gold in october"
INDEX = "/en/account/second-step/"


def code_of(secret: str, *, steps: int = 0) -> str:
    """The six digits an app shows now, or so many half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def with_app(user: User) -> tuple[str, list[str]]:
    """Give somebody the app and recovery codes; return the app's key and the codes."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret, RecoveryCodes.activate(user).get_unused_codes()


def type_password(client: Client, user: User):
    return client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})


@pytest.fixture
def asked(settings):
    """An installation that asks administrators and coordinators for a second step."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, second_step="coordinators")


@pytest.fixture
def user() -> User:
    return make_user(email="ana@example.org", password=PASSWORD)


# --- setting up and using -----------------------------------------------------------------------


def test_app_is_set_up_with_its_first_code_and_brings_recovery_codes(client, user):
    type_password(client, user)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret

    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "did not work" in wrong.content.decode()
    assert not has_second_step(user)
    right = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)

    assert has_second_step(user)
    assert len(re.findall(r"<code>\d{8}</code>", right.content.decode())) == 10


def test_password_alone_opens_nothing_any_more(client, user):
    secret, _codes = with_app(user)

    answer = type_password(client, user)

    assert answer["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("workspace:dashboard")).status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.get(reverse("workspace:dashboard")).status_code == 200


def test_code_by_mail_alone_opens_nothing_either(client, user, mailoutbox):
    with_app(user)
    client.post(reverse("account_request_login_code"), {"email": user.email})
    code = re.search(r"\n\s*([A-Z0-9]{3,}-?[A-Z0-9]+)\s*\n", mailoutbox[0].body)[1]

    answer = client.post(reverse("account_confirm_login_code"), {"code": code})

    assert answer["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("workspace:dashboard")).status_code == 302


def test_code_of_the_app_works_once(client, user):
    secret, _codes = with_app(user)
    code = code_of(secret)
    type_password(client, user)
    client.post(reverse("mfa_authenticate"), {"code": code})
    thief = Client()
    type_password(thief, user)

    thief.post(reverse("mfa_authenticate"), {"code": code})

    assert thief.get(reverse("workspace:dashboard")).status_code == 302


def test_recovery_code_lets_in_once_when_the_phone_is_lost(user):
    _secret, codes = with_app(user)
    seen = []
    for _ in range(2):
        client = Client()
        type_password(client, user)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        seen.append(client.get(reverse("workspace:dashboard")).status_code)

    assert seen == [200, 302]


def test_secrets_lie_encrypted_in_the_database(user):
    secret, codes = with_app(user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        kept = str(cursor.fetchall())

    assert secret not in kept
    assert codes[0] not in kept
    assert "seed" in kept


def test_nothing_changes_without_a_fresh_proof_who_it_is(user):
    secret, _codes = with_app(user)
    client = Client()
    client.force_login(user)

    for name in ("mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_add_webauthn"):
        answer = client.post(reverse(name))
        assert answer.status_code == 302
        assert "again" in answer["Location"] or "reauthenticate" in answer["Location"]
    assert has_second_step(user)

    client.post(reverse("mfa_reauthenticate"), {"code": code_of(secret)})
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()


def test_made_up_passkey_is_refused_without_an_error(client, user):
    type_password(client, user)
    nonsense = json.dumps({"id": "x", "rawId": "x", "type": "public-key", "response": {}})
    for name in ("mfa_add_webauthn", "mfa_login_webauthn"):
        for credential in (nonsense, "{}", "[]", "null", "no JSON"):
            client.get(reverse(name))
            answer = client.post(reverse(name), {"credential": credential})
            assert answer.status_code in {200, 302}
    assert not has_second_step(user)


# --- asked for by role --------------------------------------------------------------------------


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PARTNER_COORDINATOR])
def test_whoever_must_have_one_is_led_to_its_page_and_nowhere_else(role):
    project = None if role == Role.ADMINISTRATOR else make_project()
    client = Client()
    client.force_login(make_user_with(role, project=project))

    pages = ["workspace:dashboard", "workspace:people", "public:home", "account_change_password"]

    for name in pages:
        for answer in (client.get(reverse(name)), client.post(reverse(name))):
            assert (answer.status_code, answer["Location"]) == (302, INDEX)
    page = client.get(INDEX).content.decode()
    assert "Your role needs a second step" in page
    assert client.get(reverse("account_logout")).status_code == 200


@pytest.mark.usefixtures("asked")
def test_once_it_is_set_up_everything_opens():
    user = make_user_with(Role.ADMINISTRATOR)
    with_app(user)
    client = Client()
    client.force_login(user)

    assert client.get(reverse("workspace:people")).status_code == 200
    assert "Your role needs" not in client.get(INDEX).content.decode()


@pytest.mark.usefixtures("asked")
def test_other_roles_and_visitors_are_not_asked():
    client = Client()
    assert client.get(reverse("public:home")).status_code == 200
    client.force_login(make_user_with(Role.MEMBER, project=make_project()))

    assert client.get(reverse("workspace:dashboard")).status_code == 200


def test_installation_at_home_asks_nobody():
    assert django_settings.CONFIGURATION.second_step == "nobody"
    client = Client()
    client.force_login(make_user_with(Role.ADMINISTRATOR))

    assert client.get(reverse("workspace:dashboard")).status_code == 200


@pytest.mark.usefixtures("asked")
def test_link_of_the_first_administrator_leads_through_the_second_step():
    token = make_link_token(django_settings.HOME, now=timezone.now())
    words = {"email": "chief@example.org", "name": "Chief", "password": PASSWORD}
    client = Client()

    answer = client.post(reverse("administrator_link", args=[token]), words, follow=True)
    assert answer.redirect_chain[-1][0] == INDEX
    # Who has just chosen a password is not asked for it again.
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})

    assert client.get(reverse("workspace:dashboard")).status_code == 200


# --- lost ---------------------------------------------------------------------------------------


def test_administrator_takes_away_a_lost_second_step_and_ends_the_sessions(user):
    secret, _codes = with_app(user)
    thief = Client()
    type_password(thief, user)
    thief.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    client = Client()
    client.force_login(make_user_with(Role.ADMINISTRATOR))
    page = reverse("workspace:second_step_remove", args=[user.pk])

    assert client.get(page).status_code == 200
    assert has_second_step(user)
    client.post(page)

    assert not Authenticator.objects.exists()
    assert thief.get(reverse("workspace:dashboard")).status_code == 302


def test_coordinator_takes_away_nobodys_second_step(user):
    with_app(user)
    client = Client()
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=make_project()))

    assert client.post(reverse("workspace:second_step_remove", args=[user.pk])).status_code == 403
    assert has_second_step(user)


@pytest.mark.parametrize(("is_lost", "is_kept"), [("on", False), ("", True)])
def test_link_of_the_command_takes_a_lost_second_step_away_only_when_told(is_lost, is_kept):
    chief = make_user_with(Role.ADMINISTRATOR, email="chief@example.org")
    with_app(chief)
    token = make_link_token(django_settings.HOME, now=timezone.now(), is_from_command=True)
    words = {"email": chief.email, "name": "Chief", "password": PASSWORD, "is_phone_lost": is_lost}
    client = Client()

    client.post(reverse("administrator_link", args=[token]), words)

    assert has_second_step(chief) is is_kept
    # A link never goes around a second step that is kept.
    assert (client.get(reverse("workspace:dashboard")).status_code == 302) is is_kept


def test_own_data_name_the_second_step_without_secrets_and_erasure_removes_it(user):
    secret, _codes = with_app(user)

    given = export_own_data(user)["second_step"]
    erase_person(user)

    assert [one["kind"] for one in given] == ["totp", "recovery_codes"]
    assert secret not in str(given)
    assert not Authenticator.objects.exists()
