"""Every mix that the optimiser returns is valid."""

import pytest
from hypothesis import given, settings

from alpclusters.analysis.funding.check import check_mix
from alpclusters.analysis.funding.mix.preparing import prepare
from alpclusters.analysis.funding.mix.solving import solve
from tests.analysis.funding.check.golden import golden_books, golden_case
from tests.analysis.funding.check.pieces import LAND
from tests.analysis.funding.check.random_mixes import mixed, roomy

pytestmark = pytest.mark.unit


@given(mixed().map(roomy))
@settings(max_examples=40)
def test_mixes_of_random_cases_are_valid(one):
    solution = solve(prepare(one.case, LAND))
    check = check_mix(one.case, solution.allocation, territory=LAND)

    assert check.violations == ()


def test_the_golden_case_is_solved_to_its_optimum():
    solution = solve(prepare(golden_case(), LAND, books=golden_books()))
    check = check_mix(golden_case(), solution.allocation, territory=LAND, books=golden_books())

    assert check.violations == ()
    assert abs(solution.objective_ct - 16_550_000) <= len(solution.allocation)
