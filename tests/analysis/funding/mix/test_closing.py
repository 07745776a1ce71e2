"""The bound that starts from a mix never claims more than is true, however poor the mix."""

import numpy as np
import pytest

from alpclusters.analysis.funding.mix import build, prepare, solve
from alpclusters.analysis.funding.mix.bounding import find_bound
from alpclusters.analysis.funding.mix.closing import close_gap
from alpclusters.analysis.funding.mix.efforts import Effort
from alpclusters.analysis.funding.mix.solver import solve_model
from tests.analysis.funding.check.pieces import LAND
from tests.analysis.funding.mix.enumeration import Enumeration
from tests.analysis.funding.mix.random_cases import random_case
from tests.analysis.funding.mix.test_synthetic import problem_of

pytestmark = pytest.mark.unit

CENT = 0.01
ONLY_CUTS, TO_THE_END = 1, 10_000
THIRTY = [(1, 3_545_547.9167), (2, 2_966_941.6667), (3, 2_769_035.2941)]


def closed(model, mix, nodes):
    first = find_bound(model, rounds=1)
    effort = Effort(None, 0, 0, closing_gap=1e-9, closing_nodes=nodes)
    return close_gap(model, mix, effort, covers=first.covers if first else (), seed=1)


def any_mix(model):
    return solve_model(model, cost=np.zeros(len(model.cost))).values


@pytest.mark.parametrize("number", range(60))
def test_no_choice_of_a_small_case_is_worth_more_than_the_bound(number):
    made = random_case(number)
    model, best = build(prepare(made, LAND)), Enumeration(made).best()
    mix = any_mix(model) if len(model.cost) else None
    if best is None or mix is None:
        pytest.skip("the case has no mix or no offer")

    for nodes in (ONLY_CUTS, TO_THE_END):
        found = closed(model, mix, nodes)

        assert found.bound >= best - CENT
        assert found.bound >= float(model.cost @ found.mix) >= float(model.cost @ mix)


@pytest.mark.parametrize(("seed", "optimum"), THIRTY)
@pytest.mark.parametrize("nodes", [ONLY_CUTS, 200])
def test_from_a_poor_mix_the_bound_stays_above_the_golden_optimum(seed, optimum, nodes):
    model = build(problem_of(30, seed))

    found = closed(model, any_mix(model), nodes)

    assert found.bound >= optimum - CENT


@pytest.mark.slow
def test_a_hundred_offers_come_within_15_hundredths_of_a_per_cent():
    found = solve(problem_of(100, 1), levels=1)

    assert found.gap <= 0.0015
    assert found.objective_ct <= found.bound_ct
