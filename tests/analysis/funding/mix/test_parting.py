"""Taking partners apart never claims more than is true, at whatever prices, and finds mixes."""

from itertools import islice

import numpy as np
import pytest

from alpclusters.analysis.funding.mix import build, dual_bound, prepare, solve
from alpclusters.analysis.funding.mix.bargaining import Bargaining
from alpclusters.analysis.funding.mix.bounding import find_bound
from alpclusters.analysis.funding.mix.combining import Step, combine, groups
from alpclusters.analysis.funding.mix.cuts import with_cuts
from alpclusters.analysis.funding.mix.efforts import Bargain
from alpclusters.analysis.funding.mix.parting import SHARED, Parts, column_owners
from alpclusters.analysis.funding.mix.prices import Prices
from alpclusters.analysis.funding.mix.solver import solve_model
from tests.analysis.funding.check.pieces import LAND
from tests.analysis.funding.mix.enumeration import Enumeration
from tests.analysis.funding.mix.random_cases import random_case
from tests.analysis.funding.mix.test_synthetic import problem_of

pytestmark = pytest.mark.unit

CENT = 0.01
THIRTY = [(1, 3_545_547.9167), (2, 2_966_941.6667), (3, 2_769_035.2941)]


FINELY = {"nodes": 10_000, "gap": 1e-6, "seed": 1}


def parted(model, duals, nodes):
    mix = solve_model(model, cost=np.zeros(len(model.cost))).values
    parts = Parts(model)
    starts = [[choice] for choice in parts.choices(mix)]
    return parts.ask(parts.prices(duals), starts, nodes=nodes, gap=0.0005, seed=1)


def holds(model, mix):
    sums = np.zeros(len(model.row_upper))
    np.add.at(sums, model.matrix.row, model.matrix.value * mix[model.matrix.column])
    room = 1e-5 * np.maximum(1.0, np.abs(sums))
    whole = mix[model.is_integer]
    return (
        (sums <= model.row_upper + room).all()
        and (sums >= model.row_lower - room).all()
        and np.allclose(whole, np.rint(whole), atol=1e-5)
    )


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
    parts = Parts(build(problem_of(100, 1)))
    nothing = parts.choices(np.zeros(len(parts.model.cost)))
    prices = np.zeros(len(parts.model.row_upper))

    stopped = parts.ask(prices, [[one] for one in nothing], **FINELY, go_on=lambda: False)

    assert stopped.bound == float("inf")


@pytest.mark.parametrize(("seed", "optimum"), THIRTY)
def test_better_prices_bring_a_better_bound_that_stays_above_the_golden_optimum(seed, optimum):
    model = build(problem_of(30, seed))
    parts = Parts(model)
    now = parts.prices(find_bound(model, rounds=0).duals)
    prices = Prices(parts, now)
    prices.add(parts.choices(np.zeros(len(model.cost))))
    bounds = []
    for _ in range(10):
        asked = parts.ask(now, prices.choices, **FINELY)
        prices.learn(now, asked)
        bounds.append(prices.bound)
        now, _ = prices.better()

    assert all(bound >= optimum - CENT for bound in bounds)
    assert bounds == sorted(bounds, reverse=True)
    assert bounds[-1] < bounds[0]


@pytest.mark.parametrize("number", range(60))
def test_rounds_on_a_small_case_give_no_bound_below_the_best_and_a_mix_of_the_model(number):
    made = random_case(number)
    model, best = build(prepare(made, LAND)), Enumeration(made).best()
    mix = solve_model(model, cost=np.zeros(len(model.cost))).values if len(model.cost) else None
    if best is None or mix is None:
        pytest.skip("the case has no mix or no offer")
    plan = Bargain(4, 10_000, (2, 4), 3, 10_000, likely=(1.0, 0.05), again=2)

    rounds = Bargaining(model, find_bound(model, rounds=1), mix, plan, seed=1)
    found = rounds.run(lambda _: True, lambda *_: True)

    assert found.bound >= best - CENT
    assert model.cost @ mix - CENT <= model.cost @ found.mix <= best + CENT
    assert holds(model, found.mix)


def test_partners_who_do_not_choose_again_keep_what_they_take_part_in():
    model = build(problem_of(30, 1))
    parts, columns = Parts(model), model.columns
    everything = np.ones(len(model.cost), dtype=np.bool_)
    nothing = [[choice] for choice in parts.choices(np.zeros(len(model.cost)))]
    first, second = islice(groups(12, 6), 2)
    mix = combine(parts, nothing, np.zeros(len(model.cost)), Step(everything, 100, among=first),
                  seed=1).mix  # fmt: skip

    after = combine(parts, nothing, mix, Step(everything, 100, among=second), seed=1).mix

    is_second = second[columns.pairs[:, 1]]
    before, now = (one[columns.z : columns.v] > 0.5 for one in (mix, after))
    assert before.any()
    assert not before[is_second].any()
    assert (now[~is_second] == before[~is_second]).all()
    assert now[is_second].any()
    assert model.cost @ after > model.cost @ mix
    assert holds(model, after)


def test_rounds_stop_where_somebody_says_so_and_keep_the_mix():
    model = build(problem_of(100, 1))
    nothing = np.zeros(len(model.cost))
    plan = Bargain(3, 100, (1,), 3, 10)
    rounds = Bargaining(model, find_bound(model, rounds=0), nothing, plan, seed=1)

    found = rounds.run(lambda _: True, lambda phase, *_: phase != "mixes")

    assert found.is_cancelled
    assert (found.mix == nothing).all()
    assert found.bound < float("inf")


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
