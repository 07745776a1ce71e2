"""The bound of a certificate, recomputed in exact fractions."""

from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.funding.check import BoundError, recompute_bound
from alpclusters.analysis.funding.mix.model import build
from alpclusters.analysis.funding.mix.preparing import prepare
from alpclusters.analysis.funding.mix.solving import solve
from tests.analysis.funding.check.golden import golden_books, golden_case
from tests.analysis.funding.check.pieces import LAND
from tests.analysis.funding.check.programmes import Duals, Tiny

pytestmark = pytest.mark.unit


def test_optimal_duals_prove_the_optimum():
    assert recompute_bound(Duals([2, 0]), Tiny()) == 11


def test_no_duals_prove_what_the_columns_bound():
    assert recompute_bound(Duals([0, 0]), Tiny()) == 15


@given(st.lists(st.floats(-5, 5), min_size=2, max_size=2))
def test_any_duals_prove_a_bound_that_no_point_passes(duals):
    bound = recompute_bound(Duals(duals), Tiny())

    assert isinstance(bound, Fraction)
    assert bound >= 11


def test_duals_are_taken_in_steps():
    third = recompute_bound(Duals([1 / 3, 0]), Tiny())

    assert (third * 2**20).denominator == 1


def test_a_certificate_of_another_programme_is_refused():
    with pytest.raises(BoundError, match=r"bound\.lengths"):
        recompute_bound(Duals([1]), Tiny())


def test_a_column_without_end_proves_nothing():
    with pytest.raises(BoundError, match=r"bound\.infinite"):
        recompute_bound(Duals([0, 0]), Tiny(upper=[inf, 3]))


def test_the_optimisers_certificate_holds_without_the_optimiser():
    problem = prepare(golden_case(), LAND, books=golden_books())
    solution = solve(problem)

    bound = recompute_bound(solution.certificate, build(problem))

    assert abs(float(bound) - solution.certificate.bound) < 1e-6
    assert solution.objective_ct <= int(bound * 100)
