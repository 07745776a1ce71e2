"""Tiny cases against all subsets of offers and participations, and a second solver."""

import datetime as dt
import itertools

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import (  # noqa: TID253 - this file is about a second solver
    Bounds,
    LinearConstraint,
    linprog,
    milp,
)
from scipy.sparse import csr_array

from alpclusters.analysis.funding.case import (
    Case,
    Line,
    Offer,
    Partner,
    Periods,
    Rate,
    Territory,
    Undertaking,
    WorkPackage,
)
from alpclusters.analysis.funding.check import check_mix
from alpclusters.analysis.funding.mix import build, prepare, solve
from tests.analysis.funding.mix.small import problem as example_problem

pytestmark = pytest.mark.unit

NOWHERE = Territory({})
PARTNERS = ("A", "B")


@st.composite
def cases(draw):
    """At most three offers and four lines of whole costs up to 20 EUR."""
    lines = tuple(
        Line(f"l{i}", draw(st.sampled_from(PARTNERS)), "W", "staff", 0, 100 * draw(euros))
        for i in range(draw(st.integers(1, 4)))
    )
    return Case(
        title="tiny, simulated",
        periods=Periods(dt.date(2025, 1, 1), 2),
        undertakings=(Undertaking("U", "none"), Undertaking("V", "small")),
        partners=tuple(
            Partner(p, p, u, kind, "AT33", 2021, "AT")
            for p, u, kind in (("A", "U", "public"), ("B", "V", "sme"))
        ),
        work_packages=(WorkPackage("W", "W"),),
        lines=lines,
        offers=tuple(draw(offers(i)) for i in range(draw(st.integers(1, 3)))),
        is_simulated=True,
    )


euros = st.integers(2, 20)


@st.composite
def offers(draw, number):
    return Offer(
        id=f"O{number}",
        programme="simulated",
        level="regional",
        origin=draw(st.sampled_from(["union_central", "union_shared", "national", "regional"])),
        grants_from="AT",
        window=(0, 1),
        rates=(Rate(draw(st.sampled_from([3_000, 5_000, 8_000]))),),
        eligibility={"const": True},
        articles={"*": draw(st.sampled_from(["none", "DM", "GB-28", "GB-25-industrial"]))},
        grant_date=dt.date(2025, 2, 1),
        cap_ct=100 * draw(st.integers(5, 40)),
        floor_ct=100 * draw(st.integers(0, 4)),
        min_partners=draw(st.integers(1, 2)),
        effort_ct=100 * draw(st.integers(0, 3)),
        partner_effort_ct=50 * draw(st.integers(0, 2)),
    )


def best_by_all_choices(model):
    """Try every choice of yes-or-no variables with a linear program each."""
    whole = np.flatnonzero(model.is_integer)
    matrix = matrix_of(model)
    best = 0.0
    for choice in itertools.product((0.0, 1.0), repeat=len(whole)):
        lower, upper = model.lower.copy(), model.upper.copy()
        lower[whole] = upper[whole] = choice
        has_top, has_low = np.isfinite(model.row_upper), np.isfinite(model.row_lower)
        found = linprog(
            -model.cost,
            A_ub=np.vstack([matrix[has_top], -matrix[has_low]]),
            b_ub=np.concatenate([model.row_upper[has_top], -model.row_lower[has_low]]),
            bounds=np.stack([lower, upper], axis=1),
        )
        if found.status == 0:
            best = max(best, -found.fun)
    return best


def matrix_of(model):
    shape = (len(model.row_lower), len(model.cost))
    return csr_array((model.value, model.col_index, model.row_start), shape=shape).toarray()


@given(cases())
def test_tiny_cases_reach_the_best_of_all_choices_and_pass_the_checker(case):
    problem = prepare(case, NOWHERE)
    model = build(problem)
    assume(len(model.cost))
    found = solve(problem, levels=1)

    check = check_mix(case, found.allocation, territory=NOWHERE)

    assert check.violations == ()
    if model.is_integer.sum() <= 7:
        assert found.bound_ct / 100 == pytest.approx(best_by_all_choices(model), abs=0.02)
    assert found.bound_ct - found.objective_ct <= 2 * len(found.allocation) + 1


@given(cases())
def test_a_second_solver_finds_the_same_value(case):
    problem = prepare(case, NOWHERE)
    model = build(problem)
    assume(len(model.cost))
    second = milp(
        -model.cost,
        constraints=LinearConstraint(matrix_of(model), model.row_lower, model.row_upper),
        bounds=Bounds(model.lower, model.upper),
        integrality=model.is_integer.astype(int),
    )

    assert solve(problem, levels=1).bound_ct / 100 == pytest.approx(-second.fun, abs=0.02)


def test_the_tiny_golden_case_comes_to_165500_euro():
    found = solve(example_problem())

    assert found.status == "optimal"
    assert abs(found.objective_ct - 16_550_000) <= 5
    assert found.used == ("V", "X", "Y", "Z")


def test_cancelling_keeps_the_best_so_far_and_says_so():
    found = solve(example_problem(), progress=lambda told: told.phase != "levels")

    assert found.status == "cancelled"
    assert found.objective_ct > 0
