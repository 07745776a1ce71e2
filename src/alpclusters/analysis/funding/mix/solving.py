"""The best mix of a problem, with its bound: the choice by size, and what comes after."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from alpclusters.analysis.funding.case.mixes import Allocation
from alpclusters.analysis.funding.mix.certificate import Certificate, certify
from alpclusters.analysis.funding.mix.direct import solve_directly
from alpclusters.analysis.funding.mix.model import Model, build
from alpclusters.analysis.funding.mix.problem import Problem
from alpclusters.analysis.funding.mix.settling import settle
from alpclusters.analysis.funding.mix.solution import (
    LevelValue,
    Report,
    Solution,
    gap_of,
    is_proved,
)
from alpclusters.analysis.funding.mix.solver import solve_model

BOUND_HAIR: Final = 1e-3


def solve(
    problem: Problem,
    *,
    progress: Report | None = None,
    start: Allocation | None = None,
    forbidden: Sequence[frozenset[str]] = (),
) -> Solution:
    """Find the best mix of a problem."""
    del progress, start
    model = build(problem, "strong", forbidden)
    relaxed = solve_model(model, is_relaxed=True, options={"solver": "ipm", "run_crossover": "off"})
    certificate = certify(model, relaxed.duals) if relaxed.duals is not None else None
    answer = solve_directly(model, seed=problem.case.solver.seed)
    if answer.values is None:
        return _infeasible(problem, certificate, answer.work)
    rounded = settle(model, answer.values)
    bound = int(np.floor(answer.bound * 100 + BOUND_HAIR))
    return Solution(
        "optimal" if is_proved(rounded.objective_ct, bound) else "gap",
        rounded.allocation,
        tuple(sorted({cell.offer for cell in rounded.allocation})),
        _participations(model, rounded.allocation),
        rounded.objective_ct,
        max(bound, rounded.objective_ct),
        gap_of(rounded.objective_ct, max(bound, rounded.objective_ct)),
        (LevelValue("net_grants", rounded.objective_ct / 100, answer.bound, is_proved=True),),
        certificate,
        relaxed.work + answer.work,
        problem.case.solver.seed,
        problem.assumptions,
    )


def _participations(model: Model, allocation: Allocation) -> tuple[tuple[str, str], ...]:
    of_line = {line.id: line.partner for line in model.columns.problem.case.lines}
    return tuple(sorted({(cell.offer, of_line[cell.line]) for cell in allocation}))


def _infeasible(problem: Problem, certificate: Certificate | None, work: int) -> Solution:
    return Solution(
        "infeasible", (), (), (), 0, 0, 0.0, (), certificate, work, problem.case.solver.seed,
        problem.assumptions,
    )  # fmt: skip
