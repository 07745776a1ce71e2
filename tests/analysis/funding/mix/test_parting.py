"""The bound that takes partners apart never claims more than is true, at whatever duals."""

import numpy as np
import pytest

from alpclusters.analysis.funding.mix import build, dual_bound, prepare, solve
from alpclusters.analysis.funding.mix.bounding import find_bound
from alpclusters.analysis.funding.mix.cuts import with_cuts
from alpclusters.analysis.funding.mix.parting import SHARED, bound_by_partners, column_owners
from alpclusters.analysis.funding.mix.solver import solve_model
from tests.analysis.funding.check.pieces import LAND
from tests.analysis.funding.mix.enumeration import Enumeration
from tests.analysis.funding.mix.random_cases import random_case
from tests.analysis.funding.mix.test_synthetic import problem_of

pytestmark = pytest.mark.unit

CENT = 0.01
THIRTY = [(1, 3_545_547.9167), (2, 2_966_941.6667), (3, 2_769_035.2941)]


def parted(model, duals, nodes):
    mix = solve_model(model, cost=np.zeros(len(model.cost))).values
    return bound_by_partners(model, duals, mix, nodes=nodes, seed=1)


@pytest.mark.parametrize("number", range(60))
def test_no_choice_of_a_small_case_is_worth_more_than_the_bound(number):
    made = random_case(number)
    model, best = build(prepare(made, LAND)), Enumeration(made).best()
    if best is None or not len(model.cost):
        pytest.skip("the case has no mix or no offer")
    drawn = np.random.default_rng(number).normal(0.0, 1.0, len(model.row_lower))
    found = find_bound(model, rounds=0)

    for duals in (found.duals, np.zeros_like(drawn), drawn):
        for nodes in (1, 10_000):
            assert parted(model, duals, nodes).bound >= best - CENT


@pytest.mark.parametrize(("seed", "optimum"), THIRTY)
def test_it_is_nearer_than_the_linear_program_and_above_the_golden_optimum(seed, optimum):
    model = build(problem_of(30, seed))
    found = find_bound(model, rounds=1)
    model = with_cuts(model, found.covers)
    linear = dual_bound(model, found.duals)

    bound = parted(model, found.duals, 100).bound

    assert optimum - CENT <= bound < linear


def test_it_stops_without_a_bound_where_somebody_says_so():
    model = build(problem_of(100, 1))
    found = find_bound(model, rounds=0)
    nothing = np.zeros(len(model.cost))

    stopped = bound_by_partners(model, found.duals, nothing, nodes=100, seed=1, go_on=lambda: False)

    assert stopped.bound == float("inf")


def test_each_cost_and_participation_belongs_to_its_partner():
    columns = build(problem_of(30, 1)).columns
    owner = column_owners(columns)

    assert (owner[: columns.y] == columns.cell_partner).all()
    assert (owner[columns.z : columns.v] == columns.pairs[:, 1]).all()
    taking = np.bincount(columns.pairs[:, 0])
    assert ((owner[columns.y : columns.z] == SHARED) == (taking > 1)).all()


@pytest.mark.full
def test_three_hundred_offers_come_within_seven_tenths_of_a_per_cent():
    found = solve(problem_of(300, 2), levels=1)

    assert found.gap <= 0.007
    assert found.objective_ct <= found.bound_ct
