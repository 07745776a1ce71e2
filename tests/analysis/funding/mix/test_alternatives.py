"""Other good mixes, and what is lost if an offer is refused."""

from dataclasses import replace
from itertools import combinations

import pytest

from alpclusters.analysis.funding.mix.alternatives import alternatives, used_offers
from alpclusters.analysis.funding.mix.preparing import prepare
from alpclusters.analysis.funding.mix.scenarios import scenarios, wanted_scenarios
from alpclusters.analysis.funding.mix.solving import solve
from alpclusters.platform.funding.domain.territory import territory
from tests.analysis.funding.mix.small import example, problem

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def partnership():
    asked = problem("partnership")
    return asked, solve(asked)


def test_alternatives_differ_in_two_offers_from_each_other_and_from_the_best(partnership):
    asked, best = partnership

    found = alternatives(asked, best)

    sets = [used_offers(one.allocation) for one in (best, *found)]
    assert len(found) > 0
    assert all(len(one ^ two) >= 2 for one, two in combinations(sets, 2))


def test_alternatives_are_within_five_per_cent_and_best_first(partnership):
    asked, best = partnership

    worths = [one.objective_ct for one in alternatives(asked, best)]

    assert worths == sorted(worths, reverse=True)
    assert all(worth * 100 >= best.objective_ct * 95 for worth in worths)


def test_number_of_alternatives_is_limited(partnership):
    asked, best = partnership

    assert len(alternatives(asked, best, most=1)) == 1


def test_nothing_is_an_alternative_to_an_empty_mix():
    asked = prepare(example(), territory(), rejected=("X", "Y", "Z", "V"))
    best = solve(asked)

    assert (best.allocation, alternatives(asked, best)) == ((), ())


def test_loss_is_the_difference_to_a_case_without_the_offer():
    case = example()
    best = solve(prepare(case, territory()))

    found = {one.rejected: one for one in scenarios(case, territory(), best)}

    for offer in "XYZV":
        rest = replace(case, offers=tuple(o for o in case.offers if o.id != offer))
        without = solve(prepare(rest, territory()))
        assert found[offer,].loss_ct == pytest.approx(
            best.objective_ct - without.objective_ct, abs=10
        )
        assert offer in found[offer,].dropped


def test_scenarios_of_the_case_come_first_and_are_not_repeated():
    case = example(scenarios=[{"id": "bad-year", "rejected": ["V"]}])
    best = solve(prepare(case, territory()))

    wanted = wanted_scenarios(case, best)

    assert [one.id for one in wanted] == ["bad-year", "without:X", "without:Y", "without:Z"]


def test_small_offer_gets_no_scenario_of_its_own(partnership):
    asked, best = partnership
    total = sum(cell.grant_ct for cell in best.allocation)

    for scenario in wanted_scenarios(asked.case, best):
        if scenario.id.startswith("without:"):
            grant = sum(c.grant_ct for c in best.allocation if c.offer == scenario.rejected[0])
            assert grant * 10 > total
