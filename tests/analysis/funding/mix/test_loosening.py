"""What a little more of a limit that binds would bring: the changed case is solved again."""

from dataclasses import replace

import pytest

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.funding.case import Wish
from alpclusters.analysis.funding.check import check_mix
from alpclusters.analysis.funding.mix.loosening import loosen, loosenable
from alpclusters.analysis.funding.mix.preparing import prepare
from alpclusters.analysis.funding.mix.solving import solve
from alpclusters.platform.funding.domain.territory import territory
from tests.analysis.funding.mix.test_reasons import EURO, body, case, offer

pytestmark = pytest.mark.unit


def bound(given):
    """Solve a case, and loosen each limit that binds."""
    best = solve(prepare(given, territory()))
    check = check_mix(given, best.allocation, territory=territory())
    keys = loosenable(check.ceilings)
    return {
        key: loosen(given, territory(), key, worth_ct=best.objective_ct).ways[0] for key in keys
    }


def test_a_tenth_more_of_a_ceiling_brings_a_tenth_more_where_costs_are_left():
    found = bound(case(offer(cap_ct=10_000 * EURO), costs=(100_000,)))

    way = found["limit:case.cap|offer:O"]
    assert (way.kind, way.amount, way.worth_ct) == ("loosen", 1_000 * EURO, 1_000 * EURO)


def test_a_tenth_more_of_a_ceiling_brings_nothing_where_no_costs_are_left():
    found = bound(case(offer(cap_ct=10_000 * EURO), costs=(20_000,)))

    assert found["limit:case.cap|offer:O"].worth_ct == 0


def test_one_more_offer_brings_what_the_next_best_offer_brings():
    offers = (offer("O", cap_ct=9_000 * EURO), offer("Q", cap_ct=4_000 * EURO))
    wish = Wish("max_offers", count=1)

    found = bound(case(*offers, costs=(100_000,), wishes=(wish,)))

    way = found["limit:wish.max_offers|project"]
    assert (way.amount, way.worth_ct) == (1, 4_000 * EURO)


def test_limits_of_law_and_limits_with_room_are_not_loosened():
    given = case(offer(cap_ct=50_000 * EURO), costs=(20_000,))

    assert bound(given) == {}


def test_credit_is_loosened_once_though_it_binds_in_several_quarters():
    poor = replace(body(), credit_ct=5_000 * EURO)
    given = case(offer(lag_periods=2), costs=(30_000,), partners=(poor,))

    found = bound(given)

    assert list(found) == ["limit:case.credit|partner:A"]
    assert found["limit:case.credit|partner:A"].worth_ct == 500 * EURO


def test_a_limit_that_the_case_does_not_have_is_refused():
    with pytest.raises(AnalysisError):
        loosen(case(offer()), territory(), "limit:case.cap|offer:nobody", worth_ct=0)
