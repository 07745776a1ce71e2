"""What a search says about itself, its limits, and the cents it gives back."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from alpclusters.analysis.funding.mix import solve
from alpclusters.analysis.funding.mix.efforts import MEDIUM, effort_for
from alpclusters.analysis.funding.mix.model import build
from alpclusters.analysis.funding.mix.preparing import prepare
from tests.analysis.funding.check.pieces import LAND
from tests.analysis.funding.check.random_mixes import mixed, roomy
from tests.analysis.funding.mix.small import problem
from tests.analysis.funding.mix.test_synthetic import problem_of

pytestmark = pytest.mark.unit


def limited(work_limit):
    made = problem_of(60, 5)
    return replace(
        made, case=replace(made.case, solver=replace(made.case.solver, work_limit=work_limit))
    )


def test_solution_names_the_versions_it_depends_on():
    versions = solve(problem()).versions

    assert set(versions) == {"alpclusters", "highs"}
    assert all(versions.values())


def test_infeasible_wishes_keep_the_versions_too():
    wishes = [{"type": "min_total", "amount_ct": 10**11}]

    found = solve(problem(wishes=wishes))

    assert (found.status, set(found.versions)) == ("infeasible", {"alpclusters", "highs"})


def test_rounding_loses_nothing_in_the_tiny_golden_case():
    assert solve(problem()).objective_ct == 16_550_000


@given(mixed().map(roomy))
@settings(max_examples=20)
def test_grants_are_rates_of_declared_costs_rounded_down(one):
    found = solve(prepare(one.case, LAND), levels=1)
    costs = {line.id: line.cost_ct for line in one.case.lines}

    assert all(0 < cell.declared_ct <= costs[cell.line] for cell in found.allocation)
    assert found.objective_ct <= found.bound_ct


def test_hundred_filtered_offers_are_of_medium_size():
    assert effort_for(build(problem_of(100, 1)).columns) is MEDIUM


@pytest.mark.slow
def test_limit_of_work_bounds_branch_and_bound():
    first, second = (solve(limited(1), levels=1) for _ in range(2))

    assert (first.status, first.objective_ct > 0) == ("gap", True)
    assert (first.work, first.allocation) == (second.work, second.allocation)


@pytest.mark.slow
def test_somebody_may_cancel_while_the_solver_runs():
    asked = []

    def stop_on_third(told):
        asked.append(told.phase)
        return asked.count("mixes") < 3

    found = solve(problem_of(100, 5), levels=1, progress=stop_on_third)

    assert found.status == "cancelled"
    assert asked.count("mixes") == 3
