"""The real instruments: a hundred with source and day; closed stays closed, a loan no grant."""

import datetime as dt

import pytest

from alpclusters.analysis.funding.eligibility import Truth
from alpclusters.platform.funding.domain.case_offers import check_terms
from alpclusters.platform.funding.domain.fitting.fits import (
    Body,
    Setting,
    State,
    fit_offers,
    timing_of,
)
from alpclusters.platform.funding.domain.seeding import load_catalogue
from alpclusters.platform.funding.models import Offer, Status

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 12, 1)
PRECEDENTS = {"at-go-joint", "lig-poli-2023", "ch-innobooster", "si-sejmi", "it-at-2127"}


@pytest.fixture(autouse=True)
def _catalogue() -> None:
    load_catalogue()


def offers(*keys: str) -> list[Offer]:
    found = Offer.objects.select_related("programme", "call")
    return list(found.filter(key__in=keys) if keys else found)


def truth_of(key: str, **facts: str) -> Truth:
    setting = Setting((Body("B", facts),), {})
    found = fit_offers(offers(key), setting, today=TODAY)
    return next(one.truth for one in (*found.fits, *found.open, *found.not_fit, *found.earlier))


def test_a_hundred_real_instruments_have_a_source_and_the_day_it_was_read() -> None:
    sourced = [one for one in offers() if one.source and one.checked_on]

    assert len(sourced) >= 100
    assert {one.programme.level for one in sourced} == {
        "european", "macro_regional", "cross_border", "national", "regional",
    }  # fmt: skip
    places = {code[:2] for one in sourced for code in one.programme.territory}
    assert {"AT", "CH", "DE", "FR", "IT", "LI", "SI"} <= places


def test_no_source_is_unverified_and_without_a_day() -> None:
    for one in offers():
        if not one.source:
            assert (one.status, one.checked_on) == (Status.UNVERIFIED, None)


def test_terms_have_no_fault() -> None:
    faults = {one.key: check_terms(one.terms, level=one.programme.level) for one in offers()}

    assert {key: found for key, found in faults.items() if found} == {}


def test_what_is_closed_is_kept_and_never_offered_by_default() -> None:
    cluster = Setting((Body("B", {"kind": "cluster", "country": "AT", "nuts": "AT21"}),), {})

    found = fit_offers(offers(), cluster, today=TODAY)
    now = {one.offer.key for one in (*found.fits, *found.open, *found.not_fit)}

    assert now.isdisjoint(PRECEDENTS)
    assert {timing_of(one, TODAY).state for one in offers(*PRECEDENTS)} == {State.CLOSED}


def test_an_offer_says_that_it_fits_does_not_fit_or_is_not_entered() -> None:
    assert truth_of("si-vavcer-delegacije", kind="sme", country="SI") is Truth.TRUE
    assert truth_of("si-vavcer-delegacije", kind="sme", country="IT") is Truth.FALSE
    assert truth_of("si-vavcer-delegacije", kind="public", country="SI") is Truth.FALSE
    assert truth_of("bw-innovationsgutscheine", kind="sme", nuts="DE11") is Truth.UNKNOWN


def test_where_only_a_part_of_a_region_belongs_the_question_stays_open() -> None:
    place = {"kind": "cluster", "vintage": 2021}

    assert truth_of("by-at-2127", nuts="AT33", country="AT", **place) is Truth.TRUE
    assert truth_of("by-at-2127", nuts="DE21", country="DE", **place) is Truth.UNKNOWN
    assert truth_of("by-at-2127", nuts="DE30", country="DE", **place) is Truth.FALSE


def test_a_soft_loan_is_not_counted_as_a_grant() -> None:
    """Lombardy lends 65 to 80 % and gives 20 %; the fund of SIMEST states no grant rate."""
    rates = {one.key: one.best_rate_bp for one in offers()}

    assert rates["lom-int-2127"] == rates["lom-verso-nuovi-mercati"] == 2000
    assert rates["it-simest-fiere"] is None


def test_a_rate_nobody_read_is_unknown_and_not_nothing() -> None:
    (offer,) = offers("li-exportscheck")

    assert (offer.best_rate_bp, offer.terms.get("rates")) == (None, None)
    assert offer.kinds == ["sme"]


def test_innovation_actions_give_seventy_and_bodies_without_profit_a_hundred() -> None:
    (offer,) = offers("he-ia")

    assert [rate["bp"] for rate in offer.terms["rates"]] == [10_000, 7_000]
    assert offer.terms["rates"][0]["when"] == {"eq": ["partner.non_profit", True]}
