"""The mail about calls that fit: ordered on a page, in the reader's language, left by one click."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from alpclusters import cli
from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.models import CallAlert
from tests.factories.funding import make_call, make_offer, make_programme
from tests.factories.network import make_speaker
from tests.factories.organisations import make_profile
from tests.factories.territory import make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PAGE = "/en/workspace/postings/digest/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def keeper() -> User:
    region = make_region("AT32")
    cluster = make_profile("Holz Salzburg", body_region=region, body_country="AT")
    user = make_speaker(cluster, role="cluster_manager", language="sl")
    signed_in(user).post(PAGE, {"do": "calls"})
    return user


def letters() -> list:
    """Return the mails about calls; the yearly question to keepers of profiles comes as well."""
    return [one for one in mail.outbox if "List-Unsubscribe" in one.extra_headers]


def publish() -> None:
    programme, today = make_programme(), timezone.localdate()
    call = make_call(programme, opens=today, closes=today + timedelta(days=10))
    make_offer(programme, call=call)


def test_page_orders_and_stops_the_mails(keeper: User) -> None:
    client = signed_in(keeper)

    assert "You get these mails." in client.get(PAGE).content.decode()
    client.post(PAGE, {"do": "calls-stop"})

    assert not CallAlert.objects.exists()
    assert "Order mails about calls" in client.get(PAGE).content.decode()


def test_mail_comes_once_in_the_readers_language(keeper: User, capsys) -> None:
    publish()
    assert cli.main(["remind", "--dry-run"]) == 0
    assert "Mails about calls that fit: 1" in capsys.readouterr().out
    assert mail.outbox == []

    cli.main(["remind"])
    cli.main(["remind"])

    (letter,) = letters()
    assert letter.to == [keeper.email]
    assert letter.subject == "1 nov razpis vam ustreza, 1 razpis se zapre v 14 dneh"
    assert "Call timber-call (preverjeno, se zapre " in letter.body
    assert "/sl/funding/calls/timber-call/" in letter.body
    assert "Holz Salzburg" in letter.body


@pytest.mark.usefixtures("keeper")
def test_leaving_takes_one_click_without_signing_in() -> None:
    publish()
    cli.main(["remind"])
    path = re.search(r"https?://[^/\s]+(/\S*digest/stop/\S*)", letters()[0].body)[1]
    assert letters()[0].extra_headers["List-Unsubscribe"].endswith(f"{path}>")
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(path).status_code == 200
    assert CallAlert.objects.exists()

    answer = strict.post(path, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert not CallAlert.objects.exists()
    assert "E-pošte o razpisih ne boste več prejemali." in answer.content.decode()
