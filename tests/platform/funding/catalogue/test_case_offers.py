"""An offer between the catalogue and a case."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.funding.case import Periods
from alpclusters.platform.funding.domain.case_offers import (
    check_terms,
    first_and_last,
    may_hold,
    offer_data,
    search_fields,
    window_of,
)
from tests.factories.funding import TERMS, make_call, make_offer, make_programme

YEARS = Periods(dt.date(2026, 1, 1), 8)
days = st.dates(dt.date(2024, 1, 1), dt.date(2030, 1, 1))


@given(days, days)
def test_a_window_lies_within_its_days_and_is_as_long_as_it_can_be(
    one: dt.date, other: dt.date
) -> None:
    starts, ends = min(one, other), max(one, other)

    window = window_of(starts, ends, YEARS)

    inside = [p for p in range(8) if starts <= YEARS.first_day(p) and YEARS.last_day(p) <= ends]
    assert (list(range(window[0], window[1] + 1)) if window else []) == inside


@given(st.integers(0, 7), st.integers(0, 7))
def test_days_of_a_window_give_the_window_again(one: int, other: int) -> None:
    window = (min(one, other), max(one, other))

    assert window_of(*first_and_last(window, YEARS), YEARS) == window


@pytest.mark.django_db
def test_an_offer_outside_the_time_of_a_case_is_none() -> None:
    offer = make_offer(make_programme(), terms={"starts": "2030-01-01"})

    assert offer_data(offer, YEARS) is None


@pytest.mark.django_db
def test_days_come_from_the_call() -> None:
    programme = make_programme()
    offer = make_offer(programme, call=make_call(programme))

    data = offer_data(offer, YEARS)

    assert data is not None
    assert (data["opens"], data["closes"]) == ("2026-05-01", "2026-09-30")
    assert data["facts"] == [
        {"name": "terms", "source": "Notice", "status": "verified", "checked_on": "2026-06-01"}
    ]


@pytest.mark.django_db
def test_without_a_source_terms_are_unverified_whatever_the_entry_says() -> None:
    offer = make_offer(make_programme(), source="")

    data = offer_data(offer, YEARS)

    assert data is not None
    assert data["facts"][0]["status"] == "unverified"


@pytest.mark.django_db
def test_a_case_shares_nothing_with_the_catalogue() -> None:
    offer = make_offer(make_programme())
    data = offer_data(offer, YEARS)
    assert data is not None

    data["rates"][0]["bp"] = 1

    assert offer.terms["rates"] == [{"bp": 5000}]


def test_the_search_knows_who_may_get_something() -> None:
    found = search_fields(TERMS)

    assert found.kinds == ["cluster", "sme"]
    assert (found.best_rate_bp, found.cap_ct) == (5000, 10_000_000)


def test_a_kind_without_a_rate_is_left_out() -> None:
    rates = [{"bp": 0, "when": {"eq": ["partner.kind", "cluster"]}}, {"bp": 5000}]
    closed = [{"bp": 5000, "when": {"eq": ["partner.kind", "sme"]}}]

    assert search_fields({**TERMS, "rates": closed}).kinds == ["sme"]
    assert search_fields({**TERMS, "rates": rates}).kinds == ["sme"]


@pytest.mark.parametrize(
    ("expression", "holds"),
    [
        ({"ne": ["partner.kind", "sme"]}, False),
        ({"not": {"in": ["partner.kind", ["sme"]]}}, False),
        ({"any": [{"eq": ["partner.kind", "large"]}, {"ge": ["partner.employees", 5]}]}, True),
        ({"all": []}, True),
        ({"any": []}, False),
        ({"const": False}, False),
    ],
)
def test_only_the_kind_rules_out(expression: dict[str, object], *, holds: bool) -> None:
    assert may_hold(expression, "sme") is holds


def test_faults_of_terms_come_with_their_place() -> None:
    terms = {**TERMS, "rates": [{"bp": 12_000}], "ends": "2025-13-01", "colour": 1}

    faults = {(fault.pointer, fault.code) for fault in check_terms(terms)}

    assert faults == {
        ("/ends", "bad_date"),
        ("/rates/0/bp", "rate_over_100"),
        ("/colour", "unknown_key"),
    }
