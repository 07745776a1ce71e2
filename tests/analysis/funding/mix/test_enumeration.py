"""Random small cases with all families of rules against every choice, each with its own program.

Of each kind 200 cases in ./check, 2,000 in ./check full. A case that fails is made again by its
number: ``random_case(number)``, ``changing_case(number)``.
"""

from dataclasses import replace

import pytest

from alpclusters.analysis.funding.case import Wish
from alpclusters.analysis.funding.check import check_mix
from alpclusters.analysis.funding.mix import prepare, solve
from alpclusters.analysis.funding.mix.solution import PROVED_CT
from tests.analysis.funding.check.pieces import LAND
from tests.analysis.funding.mix.changing_cases import BONUSES, DAYS, changing_case
from tests.analysis.funding.mix.enumeration import Enumeration
from tests.analysis.funding.mix.random_cases import random_case

pytestmark = pytest.mark.unit

AT_ONCE, USUAL, ALL = 25, 8, 80
CENTS = 0.06
BLOCKS = [
    pytest.param(first * AT_ONCE, marks=pytest.mark.slow if first < USUAL else pytest.mark.full)
    for first in range(ALL)
]


def difference(number):
    """Say how the product's answer differs from the best of all choices; empty if it does not."""
    made = random_case(number)
    every = Enumeration(made)
    best, found = every.best(), solve(prepare(made, LAND))
    if best is None or found.status == "infeasible":
        is_same = best is None and found.status == "infeasible"
        return "" if is_same else f"case {number}: best {best}, found {found.status}"
    check = check_mix(made, found.allocation, territory=LAND)
    worth = every.worth(found.allocation)
    is_same = found.status == "optimal" and check.valid and abs(worth - best) <= CENTS
    broken = [(one.code, one.rule) for one in check.violations]
    return "" if is_same else f"case {number}: {best} and {worth}, {found.status}, {broken}"


@pytest.mark.parametrize("first", BLOCKS)
def test_the_best_of_all_choices_is_found_to_the_cent(first):
    numbers = range(first, first + AT_ONCE)

    assert [text for number in numbers if (text := difference(number))] == []


def wrong(number, **changes):
    """Say what is wrong with the product's answer where law changes; empty if nothing is.

    What it calls proved is the best of all choices to a euro, its own tolerance. Where ceilings are
    stricter than the law, or cents do not fit, it may find less, but calls that a gap: its bound is
    at least the best. It finds a mix wherever there is one.
    """
    made = replace(changing_case(number), **changes)
    every = Enumeration(made)
    best, found = every.best(), solve(prepare(made, LAND))
    if best is None or found.status == "infeasible":
        is_same = best is None and found.status == "infeasible"
        return "" if is_same else f"case {number}: best {best}, found {found.status}"
    check = check_mix(made, found.allocation, territory=LAND)
    worth, bound = every.worth(found.allocation), found.bound_ct / 100
    is_right = not check.violations and worth <= best + CENTS and best <= bound + CENTS
    is_honest = abs(worth - best) <= PROVED_CT / 100 or found.status == "gap"
    broken = [(one.code, one.rule) for one in check.violations]
    told = f"case {number}: {best}, {worth} of {bound}, {found.status}, {broken}"
    return "" if is_right and is_honest else told


@pytest.mark.parametrize("first", BLOCKS)
def test_where_law_changes_what_is_called_proved_is_the_best_of_all_choices(first):
    numbers = range(first, first + AT_ONCE)

    assert [text for number in numbers if (text := wrong(number))] == []


def test_a_mix_is_found_though_no_mix_keeps_the_least_intensity_of_all_days():
    made = changing_case(1055)
    problem = prepare(made, LAND)
    assert problem.looser is not None
    assert solve(replace(problem, looser=None)).status == "infeasible"

    assert wrong(1055) == ""
    assert solve(problem).status == "optimal"


def test_a_mix_that_misses_more_wishes_than_the_looser_law_would_is_not_called_proved():
    made = changing_case(1055)
    wishes = [Wish("min_partner", partner=one.id, amount_ct=4_000_000) for one in made.partners]
    wishes += [Wish("use", offer=one.id) for one in made.offers]

    assert wrong(1055, wishes=tuple(replace(one, weight=3_000_000) for one in wishes)) == ""


def test_the_changing_cases_meet_averages_seals_bonuses_and_each_change_of_law():
    cases = [changing_case(number) for number in range(USUAL * AT_ONCE)]
    offers = [offer for case in cases for offer in case.offers]
    named = {article for offer in offers for article in offer.articles.values()}

    assert {offer.grant_date for offer in offers} == set(DAYS)
    assert {"GB-27o", "GB-25a", "GB-20a", "GB-28a", "DM"} <= named
    assert {bonus for case in cases for line in case.lines for bonus in line.bonuses} == set(
        BONUSES
    )
    assert any(offer.seal_of for offer in offers)


def test_the_random_cases_meet_every_family_of_rules():
    cases = [random_case(number) for number in range(USUAL * AT_ONCE)]
    offers = [offer for case in cases for offer in case.offers]

    assert {link.type for case in cases for link in case.links} == {
        "exclusive", "alternative", "exclusive_per_partner", "requires", "paired",
    }  # fmt: skip
    assert {(wish.type, wish.weight is None) for case in cases for wish in case.wishes} == {
        (kind, is_hard)
        for kind in ("use", "avoid", "min_total", "min_partner", "max_offers", "fund_line")
        for is_hard in (True, False)
    }
    assert any(offer.cap_ct == offer.floor_ct for offer in offers)
    for name in ("max_share_bp", "outside_bp", "private_match_bp", "partner_floor_ct",
                 "partner_cap_ct", "max_partners", "effort_ct", "prepay_bp"):  # fmt: skip
        assert any(getattr(offer, name) for offer in offers)
    for name in ("own_ct", "credit_ct"):
        assert any(getattr(one, name) for case in cases for one in case.partners)
    for name in ("de_minimis", "earlier_aid", "controlled_by"):
        assert any(getattr(one, name) for case in cases for one in case.undertakings)
