"""Signing in while somebody else tries passwords."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from alpclusters.platform.accounts import hashing
from alpclusters.platform.accounts.hashing import Gate
from alpclusters.platform.accounts.models import User

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

RIGHT = "the larch turns gold"
WRONG = "the larch turns blue"
EARLY = "Too many wrong tries"


@pytest.fixture(autouse=True)
def fresh_counters():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ana():
    user = User(email="ana@example.org", name="Ana")
    user.set_password(RIGHT)
    user.save()
    return user


def sign_in(client: Client, email: str, password: str, address: str = "192.0.2.7"):
    words = {"login": email, "password": password}
    return client.post(reverse("account_login"), words, REMOTE_ADDR=address)


def test_whom_strangers_hold_up_gets_in_from_a_known_browser_or_by_code(ana):
    known = Client()
    assert sign_in(known, ana.email, RIGHT).status_code == 302
    known.post(reverse("account_logout"))
    for n in range(12):
        sign_in(Client(), ana.email, WRONG, f"198.51.100.{n}")

    elsewhere = sign_in(Client(), ana.email, RIGHT)
    at_home = sign_in(known, ana.email, RIGHT)
    by_code = Client().post(reverse("account_request_login_code"), {"email": ana.email})

    assert EARLY in elsewhere.content.decode()
    assert "second" in elsewhere.content.decode()
    assert at_home.status_code == 302
    assert by_code.status_code == 302
    assert mail.outbox[-1].to == [ana.email]


def test_a_known_browser_counts_its_own_wrong_tries(ana):
    known = Client()
    sign_in(known, ana.email, RIGHT)
    known.post(reverse("account_logout"))

    answers = [sign_in(known, ana.email, WRONG).content.decode() for _ in range(11)]

    assert EARLY not in "".join(answers[:10])
    assert EARLY in answers[10]


def test_a_browser_is_known_to_the_account_of_its_owner_alone(ana):
    thief = User(email="thief@example.org")
    thief.set_password(RIGHT)
    thief.save()
    browser = Client()
    sign_in(browser, thief.email, RIGHT)
    browser.post(reverse("account_logout"))
    for _ in range(10):
        sign_in(browser, ana.email, WRONG)

    assert EARLY in sign_in(Client(), ana.email, RIGHT, "203.0.113.9").content.decode()
    browser.cookies["device"] = browser.cookies["device"].value.replace("a", "b", 1)
    assert EARLY in sign_in(browser, ana.email, RIGHT, "203.0.113.9").content.decode()


def test_forty_accounts_from_one_address_are_slowed(ana):
    answers = [
        sign_in(Client(), f"nobody-{n}@example.org", WRONG).content.decode() for n in range(40)
    ]

    n_early = sum(EARLY in answer for answer in answers)
    # Twenty are free; with slow hashing a try fits in when a second or two have passed.
    assert n_early >= 15
    assert EARLY not in answers[19]
    assert sign_in(Client(), ana.email, RIGHT, "203.0.113.9").status_code == 302


def test_who_finds_no_room_is_told_in_their_language_and_it_does_not_count(ana, monkeypatch):
    monkeypatch.setattr(hashing, "gate", Gate(0, 0, 0.0))
    for _ in range(12):
        answer = Client().post("/de/account/login/", {"login": ana.email, "password": RIGHT})

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert 'lang="de"' in answer.content.decode()
    monkeypatch.undo()
    assert sign_in(Client(), ana.email, RIGHT).status_code == 302


def test_strangers_are_not_mailed_without_limit():
    for _ in range(3):
        answer = Client().post(
            reverse("account_request_login_code"), {"email": "stranger@example.org"}
        )
        assert answer.status_code == 302

    assert [one.to for one in mail.outbox] == [["stranger@example.org"]]
