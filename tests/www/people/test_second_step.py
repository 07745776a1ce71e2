"""The second step: set up, used, asked for by role, lost."""

import json
import re
import time
from dataclasses import replace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alpclusters.platform.accounts.domain.own_data import erase_person, export_own_data
from alpclusters.platform.accounts.domain.second_step import (
    has_second_step,
    make_recovery_codes,
    n_left,
)
from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.partnership.domain.administrator_link import make_link_token
from alpclusters.platform.trust.models import SecurityEvent
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
    return secret, make_recovery_codes(user)


def shown_codes(answer) -> list[str]:
    return re.findall(r"<code>(\w{5}-\w{5})</code>", answer.content.decode())


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


def test_app_is_set_up_with_its_first_code_and_leads_to_recovery_codes(client, user):
    type_password(client, user)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret

    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "did not work" in wrong.content.decode()
    assert not has_second_step(user)
    right = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)

    assert has_second_step(user)
    assert right.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    assert len(shown_codes(client.post(reverse("mfa_view_recovery_codes")))) == 10


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


def kept_in_the_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        return str(cursor.fetchall())


def test_key_of_the_app_lies_encrypted_in_the_database(user):
    secret, _codes = with_app(user)

    assert secret not in kept_in_the_database()


def test_recovery_codes_are_kept_as_salted_hashes_of_passwords_and_nothing_else(user):
    _secret, codes = with_app(user)
    kept = Authenticator.objects.get(type="recovery_codes")

    assert list(kept.data) == ["hashes"]
    assert len(set(kept.data["hashes"])) == len(set(codes)) == 10
    assert len({one.split("$")[-2] for one in kept.data["hashes"]}) == 10
    assert all(one.startswith("argon2$argon2id$") for one in kept.data["hashes"])
    plain = [code.replace("-", "") for code in codes]
    assert [code for code in (*codes, *plain) if code in kept_in_the_database()] == []


def test_recovery_codes_are_shown_once_and_a_new_set_replaces_them(client, user):
    _secret, first = with_app(user)
    type_password(client, user)
    client.post(reverse("mfa_authenticate"), {"code": first[0]})
    page = reverse("mfa_view_recovery_codes")

    assert shown_codes(client.get(page)) == []
    assert "9 codes" in client.get(page).content.decode()
    made = shown_codes(client.post(page))
    assert shown_codes(client.get(page)) == []

    assert len(made) == 10
    seen = []
    for code in (first[1], made[1]):
        other = Client()
        type_password(other, user)
        other.post(reverse("mfa_authenticate"), {"code": code})
        seen.append(other.get(reverse("workspace:dashboard")).status_code)
    assert seen == [302, 200]


def test_recovery_code_is_read_however_it_is_typed(user):
    _secret, codes = with_app(user)
    for typed in (codes[0].upper(), codes[1].replace("-", ""), codes[2].replace("-", " ")):
        client = Client()
        type_password(client, user)
        client.post(reverse("mfa_authenticate"), {"code": typed})
        assert client.get(reverse("workspace:dashboard")).status_code == 200
    assert n_left(Authenticator.objects.get(type="recovery_codes")) == 7


def test_wrong_codes_slow_the_next_try_down_whoever_knows_the_password(user):
    secret, codes = with_app(user)
    thief = Client()
    type_password(thief, user)
    for _ in range(11):
        thief.post(reverse("mfa_authenticate"), {"code": "000000"})

    answer = thief.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert "Too many wrong codes" in answer.content.decode()
    answer = thief.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert "Too many wrong codes" in answer.content.decode()
    assert thief.get(reverse("workspace:dashboard")).status_code == 302


# --- told ---------------------------------------------------------------------------------------


def kinds() -> list[tuple[str, int | None]]:
    wanted = SecurityEvent.objects.exclude(kind__in=["signed_in", "signed_out"])
    return list(wanted.order_by("number").values_list("kind", "actor_id"))


def test_owner_gets_a_mail_and_the_log_an_entry_when_the_second_step_changes(
    client, user, mailoutbox, django_capture_on_commit_callbacks
):
    type_password(client, user)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    client.post(reverse("mfa_view_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))

    assert [mail.body.splitlines()[0] for mail in mailoutbox] == [
        "An app with codes was set up for signing in.",
        "Recovery codes were made. Earlier ones work no more.",
        "The app with codes was removed from signing in.",
    ]
    assert {tuple(mail.to) for mail in mailoutbox} == {(user.email,)}
    assert all("/en/account/devices/" in mail.body for mail in mailoutbox)
    assert [kind for kind, _who in kinds()] == [
        "factor_added",
        "factor_added",
        "factor_removed",
        "factor_removed",
    ]
    assert {who for _kind, who in kinds()} == {user.pk}


def test_owner_gets_a_mail_in_their_language_when_a_recovery_code_is_used(user, mailoutbox):
    user.language = "sl"
    user.save()
    _secret, codes = with_app(user)
    client = Client()
    type_password(client, user)
    client.post(reverse("mfa_authenticate"), {"code": codes[3]})

    assert len(mailoutbox) == 1
    assert "koda za obnovitev" in mailoutbox[0].body
    assert "9" in mailoutbox[0].body
    assert "/sl/account/devices/" in mailoutbox[0].body
    assert codes[3] not in mailoutbox[0].body
    assert kinds() == [("recovery_used", user.pk)]


def test_code_of_the_app_is_used_every_day_and_tells_nobody(client, user, mailoutbox):
    secret, _codes = with_app(user)
    type_password(client, user)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})

    assert (mailoutbox, kinds()) == ([], [])


def test_owner_gets_a_mail_when_an_administrator_removes_the_second_step(user, mailoutbox):
    with_app(user)
    chief = make_user_with(Role.ADMINISTRATOR)
    client = Client()
    client.force_login(chief)

    client.post(reverse("workspace:second_step_remove", args=[user.pk]))

    assert [mail.to for mail in mailoutbox] == [[user.email]]
    assert "An administrator removed" in mailoutbox[0].body
    event = SecurityEvent.objects.get(kind="factor_removed")
    assert (event.actor_id, event.about_id) == (chief.pk, user.pk)


def test_nothing_changes_without_a_fresh_proof_who_it_is(user):
    secret, _codes = with_app(user)
    client = Client()
    client.force_login(user)

    for name in ("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_add_webauthn"):
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
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.DATA_OFFICER, Role.PARTNER_COORDINATOR])
def test_whoever_must_have_one_is_led_to_its_page_and_nowhere_else(role):
    project = make_project() if role == Role.PARTNER_COORDINATOR else None
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
