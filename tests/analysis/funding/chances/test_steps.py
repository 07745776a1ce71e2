"""Applications in their order: by closing day, and what must be known before."""

import datetime as dt

import pytest

from alpclusters.analysis.funding.case import Link
from alpclusters.analysis.funding.chances import application_steps, chance_of
from tests.analysis.funding.chances.plans_made import case, offer

pytestmark = pytest.mark.unit


def dated(key, closes, granted, **terms):
    return offer(key, closes=dt.date(*closes), grant_date=dt.date(*granted), **terms)


def order(given):
    return [step.offer for step in application_steps(given, [one.id for one in given.offers])]


def test_calls_that_close_first_come_first_and_unknown_days_last():
    late, early = dated("B", (2026, 9, 1), (2027, 1, 1)), dated("A", (2026, 3, 1), (2026, 8, 1))

    assert order(case(offer("C", closes=None), late, early)) == ["A", "B", "C"]


def test_what_an_offer_needs_comes_before_it_whatever_the_days():
    needed, first = dated("N", (2026, 9, 1), (2027, 1, 1)), dated("F", (2026, 3, 1), (2026, 8, 1))
    given = case(first, needed, links=(Link("requires", ("F", "N")),))

    assert order(given) == ["N", "F"]
    step = application_steps(given, ["F", "N"])[1]
    assert (step.needs, step.blind) == (("N",), ("N",))


def test_decisions_that_are_known_by_the_closing_day_are_named():
    early, late = dated("A", (2026, 3, 1), (2026, 8, 1)), dated("B", (2026, 9, 1), (2027, 1, 1))

    first, second = application_steps(case(early, late), ["A", "B"])

    assert (first.known, second.known) == ((), ("A",))


def test_day_of_one_s_own_application_goes_before_the_call_s_end():
    own = dated("B", (2026, 9, 1), (2027, 1, 1), applied_on=dt.date(2026, 2, 1))

    assert order(case(dated("A", (2026, 3, 1), (2026, 8, 1)), own)) == ["B", "A"]


def test_seal_waits_for_the_refusal_that_it_takes_up():
    seal = dated("S", (2026, 3, 1), (2026, 8, 1), seal_of="H")
    given = case(seal, dated("H", (2026, 9, 1), (2027, 1, 1)))

    assert order(given) == ["H", "S"]


def test_nothing_entered_is_unknown_and_never_a_usual_value():
    found = chance_of(offer("X"))

    assert (found.kind, found.share, found.low, found.high) == ("unknown", None, 0.0, 1.0)
