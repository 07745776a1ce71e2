"""Mails about calls that fit: to those who asked, once a call and person, a week apart."""

from datetime import date, timedelta

import pytest

from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.domain.alerts import (
    due_alerts,
    note_alert,
    order_alert,
    stop_alert,
)
from alpclusters.platform.funding.domain.own_funding import erase_funding, export_funding
from alpclusters.platform.funding.models import Call, CallAlert, CallAlertNews
from tests.factories.funding import NOW, make_call, make_offer, make_programme
from tests.factories.network import make_speaker
from tests.factories.organisations import make_profile
from tests.factories.territory import make_region

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


@pytest.fixture
def keeper() -> User:
    """Somebody who keeps the profile of a cluster organisation in Salzburg."""
    region = make_region("AT32")
    cluster = make_profile("Holz Salzburg", body_region=region, body_country="AT")
    return make_speaker(cluster, role="cluster_manager")


def publish(key: str = "new", **fields: object) -> Call:
    call = make_call(make_programme(key), f"{key}-call", **fields)
    make_offer(call.programme, f"{key}-offer", call=call)
    return call


def told(now: object = NOW) -> list[tuple[str, bool, bool]]:
    return [
        (one.call.key, one.is_new, one.is_closing)
        for due in due_alerts(now)
        for one in due.calls.values()
    ]


@pytest.mark.usefixtures("keeper")
def test_nobody_is_written_to_who_did_not_ask() -> None:
    publish()

    assert due_alerts(NOW) == []


def test_what_fits_already_is_no_news_and_what_comes_is(keeper: User) -> None:
    publish("old")
    order_alert(keeper, now=NOW)
    assert told() == []

    publish("new")

    assert told() == [("new-call", True, False)]


def test_a_call_that_does_not_fit_or_is_closed_is_not_told(keeper: User) -> None:
    order_alert(keeper, now=NOW)
    call = make_call(make_programme("large"), "large-call")
    make_offer(call.programme, "large-offer", call=call, terms={
        "eligibility": {"all": [{"in": ["partner.kind", ["large"]]}]}
    })  # fmt: skip
    publish("over", closes=NOW.date() - timedelta(days=1))

    assert told() == []


def test_conditions_that_nobody_entered_fit_nobody(keeper: User) -> None:
    order_alert(keeper, now=NOW)
    call = make_call(make_programme("open"), "open-call")
    make_offer(call.programme, "open-offer", call=call, terms={
        "eligibility": {"eq": ["offer.conditions_coded", True]}
    })  # fmt: skip

    assert told() == []


def test_a_call_is_told_once_and_once_more_before_it_closes(keeper: User) -> None:
    order_alert(keeper, now=NOW)
    publish("new", closes=date(2026, 7, 1))
    (due,) = due_alerts(NOW)
    note_alert(due, now=NOW)

    assert told(NOW + WEEK) == []
    near = NOW + timedelta(days=20)
    assert told(near) == [("new-call", False, True)]
    note_alert(due_alerts(near)[0], now=near)
    assert told(near + WEEK) == []


def test_two_mails_lie_a_week_apart(keeper: User) -> None:
    order_alert(keeper, now=NOW)
    publish("one")
    note_alert(due_alerts(NOW)[0], now=NOW)
    publish("two")

    assert told(NOW + timedelta(days=6)) == []
    assert told(NOW + WEEK) == [("two-call", True, False)]


def test_a_mail_that_failed_loses_nothing(keeper: User) -> None:
    order_alert(keeper, now=NOW)
    publish()

    due_alerts(NOW)

    assert len(due_alerts(NOW)) == 1


def test_ordering_again_changes_nothing(keeper: User) -> None:
    first = order_alert(keeper, now=NOW)
    publish()

    assert order_alert(keeper, now=NOW + WEEK) == first
    assert told() == [("new-call", True, False)]


def test_leaving_forgets_what_was_told(keeper: User) -> None:
    order_alert(keeper, now=NOW)
    publish()
    note_alert(due_alerts(NOW)[0], now=NOW)

    assert stop_alert(keeper)
    assert not CallAlertNews.objects.exists()
    assert not stop_alert(keeper)


def test_export_names_the_mails_and_erasure_ends_them(keeper: User) -> None:
    order_alert(keeper, now=NOW)
    publish()
    note_alert(due_alerts(NOW)[0], now=NOW)

    export = export_funding(keeper)
    erase_funding(keeper)

    assert len(export["mails_about_calls"]) == len(export["calls_told_of"]) == 1
    assert not CallAlert.objects.exists()
