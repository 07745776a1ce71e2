"""Sums of an allocation by offer and partner, and the cash curve."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.funding.case import Cell
from alpclusters.analysis.funding.mix.sheets import objective_ct, offer_sheets, partner_sheets
from tests.analysis.funding.mix.small import example

pytestmark = pytest.mark.unit
CELLS = (Cell("X", "a1", 6_000_000, 4_500_000), Cell("X", "b2", 3_000_000, 2_250_000))


def terms(**changes):
    case = example()
    offers = tuple(replace(offer, **changes) if offer.id == "X" else offer for offer in case.offers)
    return replace(case, offers=offers)


def test_objective_is_grants_less_effort_of_offer_and_of_each_participation():
    assert objective_ct(example(), CELLS) == 6_750_000 - 600_000 - 2 * 100_000


def test_unused_offer_costs_no_effort():
    unused = [sheet for sheet in offer_sheets(example(), CELLS) if not sheet.is_used]

    assert [sheet.offer for sheet in unused] == ["Y", "Z", "V"]
    assert {(sheet.grant_ct, sheet.effort_ct, sheet.partners) for sheet in unused} == {(0, 0, ())}


def test_own_money_is_what_no_grant_pays():
    first, second = partner_sheets(example(), CELLS)

    assert (first.cost_ct, first.grant_ct, first.own_ct) == (10_000_000, 4_500_000, 5_500_000)
    assert (second.cost_ct, second.grant_ct, second.own_ct) == (8_000_000, 2_250_000, 5_750_000)


def test_grant_without_delay_needs_no_finance_in_between():
    assert {sheet.cash_ct for sheet in partner_sheets(terms(lag_periods=0), CELLS)} == {(0,) * 4}


def test_grant_with_delay_is_financed_until_it_comes():
    first, second = partner_sheets(terms(lag_periods=2), CELLS)

    assert first.cash_ct == (4_500_000, 4_500_000, 0, 0)
    assert second.cash_ct == (0, 2_250_000, 2_250_000, 0)


def test_money_paid_ahead_is_in_hand_before_the_cost():
    _first, second = partner_sheets(terms(lag_periods=2, prepay_bp=4_000), CELLS)

    assert second.cash_ct == (-900_000, 1_350_000, 1_350_000, 0)


@given(st.integers(0, 10_000), st.integers(0, 3))
def test_money_of_costs_in_the_first_quarter_has_all_come_after_the_delay(prepay_bp, lag):
    first, _second = partner_sheets(terms(lag_periods=lag, prepay_bp=prepay_bp), CELLS)

    assert first.cash_ct[lag:] == (0,) * (4 - lag)
