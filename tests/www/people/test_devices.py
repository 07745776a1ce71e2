"""Where somebody is signed in, seen and ended by themselves only."""

from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from alpclusters.platform.accounts.domain.sign_ins import device_words, note_seen
from alpclusters.platform.trust.models import SecurityEvent
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PASSWORD = "the larch turns gold in october"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)


def signed_in(user, agent: str) -> Client:
    """A browser in which somebody signed in with the password."""
    client = Client(headers={"User-Agent": agent})
    words = {"login": user.email, "password": PASSWORD}
    assert client.post(reverse("account_login"), words).status_code == 302
    return client


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("workspace:my_data")).status_code == 200


@pytest.fixture
def user():
    return make_user(email="ana@example.org", password=PASSWORD)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox, Windows"),
        (SAFARI, "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 16) Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8.5", ""),
        ("", ""),
    ],
)
def test_device_is_named_in_words_people_know(agent, words):
    assert device_words(agent) == words


def test_page_lists_every_device_of_the_person_and_of_nobody_else(user):
    here = signed_in(user, FIREFOX)
    signed_in(user, SAFARI)
    signed_in(make_user(email="other@example.org", password=PASSWORD), "Opera OPR/1 Linux")

    page = here.get(reverse("account_devices")).content.decode()

    assert "Firefox, Windows" in page
    assert "Safari, iPhone" in page
    assert "Opera" not in page


def test_one_device_is_ended_and_the_others_stay(user):
    here, phone, office = (signed_in(user, agent) for agent in (FIREFOX, SAFARI, "Chrome Linux"))
    lost = phone.session["sign_in"]["id"]

    here.post(reverse("account_devices"), {"end": lost})

    assert [is_signed_in(one) for one in (here, phone, office)] == [True, False, True]


def test_all_others_are_ended_at_once(user):
    here, phone, office = (signed_in(user, agent) for agent in (FIREFOX, SAFARI, "Chrome Linux"))
    stranger = signed_in(make_user(email="other@example.org", password=PASSWORD), SAFARI)

    here.post(reverse("account_devices"), {"end": "others"})

    assert [is_signed_in(one) for one in (here, phone, office)] == [True, False, False]
    assert is_signed_in(stranger)


def test_nobody_ends_the_session_of_another(user):
    here = signed_in(user, FIREFOX)
    stranger = signed_in(make_user(email="other@example.org", password=PASSWORD), SAFARI)

    for guess in (stranger.session["sign_in"]["id"], ""):
        here.post(reverse("account_devices"), {"end": guess})

    assert is_signed_in(stranger)


def test_last_use_is_noted_at_most_once_an_hour(user):
    session = signed_in(user, FIREFOX).session
    now = datetime.fromisoformat(session["sign_in"]["at"])

    note_seen(session, now=now + timedelta(minutes=59))
    assert session["sign_in"]["seen"] == now.isoformat()
    note_seen(session, now=now + timedelta(minutes=61))

    assert datetime.fromisoformat(session["sign_in"]["seen"]) == now + timedelta(minutes=61)


def test_session_of_an_earlier_version_is_listed_and_ended_with_the_others(user):
    here, old = signed_in(user, FIREFOX), signed_in(user, SAFARI)
    session = old.session
    del session["sign_in"]
    session.save()

    page = here.get(reverse("account_devices")).content.decode()
    here.post(reverse("account_devices"), {"end": "others"})

    assert "Unknown device" in page
    assert not is_signed_in(old)


def test_no_address_of_a_network_is_kept(user):
    client = Client(headers={"User-Agent": FIREFOX}, REMOTE_ADDR="198.51.100.7")
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})

    kept = [str(row.get_decoded()) for row in Session.objects.all()]

    assert any("Firefox, Windows" in text for text in kept)
    assert not any("198.51.100.7" in text or "Mozilla" in text for text in kept)


def test_ending_devices_is_in_the_security_log_and_ending_none_is_not(user):
    here, phone, _office = (signed_in(user, agent) for agent in (FIREFOX, SAFARI, "Chrome Linux"))
    page = reverse("account_devices")

    here.post(page, {"end": "no such device"})
    here.post(page, {"end": phone.session["sign_in"]["id"]})
    here.post(page, {"end": "others"})
    here.post(page, {"end": "others"})

    events = SecurityEvent.objects.filter(kind="sessions_ended").order_by("number")
    assert [(one.actor_id, one.detail) for one in events] == [(user.pk, {"devices": 1})] * 2
