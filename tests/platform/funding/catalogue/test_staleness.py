"""Entries that nobody has checked lately."""

import datetime as dt

import pytest

from alpclusters.platform.funding.domain.staleness import is_over, is_stale
from tests.factories.funding import make_call, make_offer, make_programme

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 26)


def test_a_programme_is_stale_after_two_years() -> None:
    programme = make_programme(checked_on=dt.date(2024, 11, 26))

    assert not is_stale(programme, TODAY)
    assert is_stale(programme, TODAY + dt.timedelta(days=1))


def test_an_open_call_and_its_offer_are_stale_after_180_days() -> None:
    programme = make_programme()
    checked = TODAY - dt.timedelta(days=181)
    call = make_call(programme, closes=dt.date(2027, 1, 1), checked_on=checked)
    offer = make_offer(programme, call=call, checked_on=checked)

    assert is_stale(call, TODAY)
    assert is_stale(offer, TODAY)
    assert not is_stale(call, TODAY - dt.timedelta(days=1))


def test_a_closed_call_stays_for_history() -> None:
    call = make_call(make_programme(), checked_on=None)

    assert is_over(call, TODAY)
    assert not is_stale(call, TODAY)


def test_a_period_that_is_over_needs_no_check() -> None:
    assert not is_stale(make_programme(period="2007-2013", checked_on=None), TODAY)


def test_what_nobody_ever_checked_is_stale() -> None:
    assert is_stale(make_programme(period="", checked_on=None), TODAY)


def test_invented_entries_are_never_stale() -> None:
    assert not is_stale(make_programme(status="demonstration", checked_on=None), TODAY)
