"""What an offer would bring a partner by itself, against the best mixes of random cases."""

import datetime as dt
from collections import defaultdict
from dataclasses import replace

import pytest

from alpclusters.analysis.funding.case import Link, PastAid, Rate
from alpclusters.analysis.funding.eligibility import judge_case
from alpclusters.analysis.funding.mix import prepare, solve
from alpclusters.analysis.funding.mix.worths import worths
from tests.analysis.funding.check.pieces import (
    EUROS,
    LAND,
    case,
    line,
    offer,
    one_firm,
    partner,
    undertaking,
)
from tests.analysis.funding.mix.random_cases import random_case

pytestmark = pytest.mark.unit
DAY = dt.date(2026, 6, 30)
COST = line("L1", "P", 100_000)
OPEN = {"eq": ["partner.employees", 5]}


def aid(name, bp=5_000, **more):
    """An offer under the de minimis rules."""
    return offer(name, bp, articles={"*": "DM"}, grant_date=DAY, **more)


def found_in(given):
    return worths(given, LAND, judge_case(given, LAND))


def granted(given):
    """What the best mix grants by offer and partner, in cents."""
    owner = {one.id: one.partner for one in given.lines}
    sums = defaultdict(int)
    for cell in solve(prepare(given, LAND)).allocation:
        sums[cell.offer, owner[cell.line]] += cell.grant_ct
    return sums


@pytest.mark.parametrize("first", range(0, 60, 20))
def test_no_best_mix_grants_more_than_the_worth_of_a_pair(first):
    for number in range(first, first + 20):
        given = replace(random_case(number), wishes=())
        worth = found_in(given)
        for pair, amount in granted(given).items():
            assert amount <= worth[pair].most_ct, (number, pair)


@pytest.mark.parametrize(
    "terms", [{}, {"cap_ct": 20_000 * EUROS}, {"partner_cap_ct": 3_000_000}, {"bp": 3_333}]
)
def test_offer_that_stands_alone_brings_its_worth(terms):
    given = one_firm([COST], [aid("A", **terms)])

    assert granted(given)["A", "P"] == found_in(given)["A", "P"].most_ct


def test_ceiling_that_cuts_is_named():
    given = one_firm([COST], [aid("A", cap_ct=20_000 * EUROS), aid("B")])

    assert found_in(given)["A", "P"].bounds == ("cap",)
    assert found_in(given)["B", "P"].bounds == ()


def test_earlier_aid_leaves_the_room_of_the_account():
    past = (PastAid("DE", dt.date(2025, 5, 5), 28_000_000),)
    given = one_firm([COST], [aid("A"), aid("B")], history={"de_minimis": past})

    worth = found_in(given)["A", "P"]

    assert (worth.most_ct, worth.bounds, worth.room_ct) == (2_000_000, ("account",), 2_000_000)
    assert worth.account_with == worth.same_costs == ("B",)


def test_account_that_is_used_up_leaves_nothing():
    past = (PastAid("DE", dt.date(2025, 5, 5), 30_000_000),)
    given = one_firm([COST], [aid("A")], history={"de_minimis": past})

    assert found_in(given)["A", "P"].most_ct == 0


def test_open_question_gives_a_range_from_nothing():
    given = one_firm([COST], [aid("A", eligibility=OPEN)])

    worth = found_in(given)["A", "P"]

    assert (worth.least_ct, worth.most_ct) == (0, 5_000_000)


def test_rate_that_may_hold_gives_the_lower_end():
    given = one_firm([COST], [aid("A", rates=(Rate(8_000, OPEN), Rate(5_000)))])

    worth = found_in(given)["A", "P"]

    assert (worth.least_ct, worth.most_ct) == (5_000_000, 8_000_000)


def test_offers_that_exclude_each_other_are_named():
    links = (Link("exclusive", ("A", "B")), Link("requires", ("A", "C")))
    offers = [aid("A"), aid("B"), aid("C")]

    assert found_in(one_firm([COST], offers, links=links))["A", "P"].excludes == ("B",)


def test_partner_whom_an_offer_does_not_fit_is_not_there():
    given = one_firm([COST], [aid("A", eligibility={"const": False})])

    assert found_in(given) == {}


def test_grant_under_a_law_that_has_ended_is_undecided_and_not_zero():
    late = offer("A", 5_000, articles={"*": "GB-28"}, grant_date=dt.date(2027, 8, 1))

    worth = found_in(one_firm([COST], [late]))["A", "P"]

    assert (worth.missing, worth.cost_ct) == ("law", 10_000_000)


def test_offer_that_is_not_reached_under_any_law_says_so():
    day, articles = dt.date(2027, 8, 1), {"*": "GB-28"}
    late = offer("A", 5_000, articles=articles, grant_date=day, min_partners=7)

    assert found_in(one_firm([COST], [late]))["A", "P"].missing == "offer"


def test_offer_that_is_not_reached_because_of_the_law_of_a_day_is_undecided_for_all():
    firms = [partner(name, kind="sme") for name in "PQ"]
    bodies = [undertaking(name, "small") for name in "PQ"]
    costs = [COST, line("L2", "Q", 100_000, category="travel")]
    articles = {"travel": "DM", "*": "GB-28"}
    late = offer("A", 5_000, articles=articles, grant_date=dt.date(2027, 8, 1), min_partners=2)

    found = found_in(case(firms, bodies, costs, [late]))

    assert [found["A", name].missing for name in "PQ"] == ["law", "law"]


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ({"window": (3, 3)}, "costs"),
        ({"min_partners": 2}, "offer"),
        ({"articles": {"*": "GB-28"}, "applied_on": dt.date(2025, 6, 1)}, "rule"),
    ],
)
def test_pair_without_an_amount_says_why(terms, why):
    worth = found_in(one_firm([COST], [offer("A", 5_000, **terms)]))["A", "P"]

    assert (worth.most_ct, worth.missing) == (0, why)
