"""HiGHS, one thread, limits in work and never in seconds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from alpclusters import __version__
from alpclusters.analysis.funding.mix.columns import FloatArray
from alpclusters.analysis.funding.mix.model import Model
from alpclusters.analysis.solvers import silent_solver

if TYPE_CHECKING:
    from highspy import Highs

type Outcome = Literal["optimal", "limit", "infeasible", "interrupted"]
NODE_WORK: Final = 50


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What the solver found: values (None: no mix), bound in euro, duals of a linear program."""

    outcome: Outcome
    values: FloatArray | None
    objective: float | None
    bound: float
    duals: FloatArray | None
    work: int


def solve_model(
    model: Model,
    *,
    start: FloatArray | None = None,
    is_relaxed: bool = False,
    options: Mapping[str, Any] | None = None,
    cost: FloatArray | None = None,
    improved: Callable[[float], None] | None = None,
    go_on: Callable[[], bool] | None = None,
) -> Answer:
    """Solve a model once.

    Parameters
    ----------
    model : Model
    start : array of shape (n_columns,), optional
        A mix to start from.
    is_relaxed : bool
        Solve the linear program.
    options : mapping, optional
        Options of HiGHS; only limits of work.
    cost : array of shape (n_columns,), optional
        Another objective to maximise.
    improved : callable, optional
        Gets the objective of each better mix at once.
    go_on : callable, optional
        Asked on the way of branch and bound; where it says no, the best mix so far is the answer.
    """
    if not len(model.cost):
        return _empty_answer(model)
    highs = silent_solver()
    for name, value in (options or {}).items():
        highs.setOptionValue(name, value)
    highs.passModel(_program(model, is_relaxed=is_relaxed, cost=cost))
    if start is not None:
        _set_start(highs, start)
    if improved is not None:
        highs.cbMipImprovingSolution.subscribe(
            lambda event: improved(event.data_out.objective_function_value)
        )
    if go_on is not None:
        highs.cbMipInterrupt.subscribe(lambda event: None if go_on() else event.interrupt())
    highs.run()
    return _answer(highs, is_relaxed=is_relaxed)


def _empty_answer(model: Model) -> Answer:
    """A model without variables: nothing, if its rows allow nothing."""
    if (model.row_lower > 0).any() or (model.row_upper < 0).any():
        return Answer("infeasible", None, None, 0.0, None, 0)
    return Answer("optimal", np.zeros(0), 0.0, 0.0, np.zeros(len(model.row_lower)), 0)


def _program(model: Model, *, is_relaxed: bool, cost: FloatArray | None) -> Any:
    from highspy import HighsLp, HighsVarType, MatrixFormat, ObjSense

    program = HighsLp()
    program.num_col_, program.num_row_ = len(model.cost), len(model.row_lower)
    program.sense_ = ObjSense.kMaximize
    program.col_cost_ = model.cost if cost is None else cost
    program.col_lower_, program.col_upper_ = model.lower, model.upper
    program.row_lower_, program.row_upper_ = model.row_lower, model.row_upper
    program.a_matrix_.format_ = MatrixFormat.kRowwise
    program.a_matrix_.start_ = model.matrix.start.astype(np.int32)
    program.a_matrix_.index_ = model.matrix.column.astype(np.int32)
    program.a_matrix_.value_ = model.matrix.value
    if not is_relaxed:
        kinds = (HighsVarType.kContinuous, HighsVarType.kInteger)
        program.integrality_ = [kinds[flag] for flag in model.is_integer.tolist()]
    return program


def _set_start(highs: "Highs", start: FloatArray) -> None:
    from highspy import HighsSolution

    solution = HighsSolution()
    solution.col_value = start.tolist()
    highs.setSolution(solution)


def _answer(highs: "Highs", *, is_relaxed: bool) -> Answer:
    from highspy import HighsModelStatus as Status

    status, info = highs.getModelStatus(), highs.getInfo()
    has_mix = info.primal_solution_status == _FEASIBLE
    solution = highs.getSolution()
    nodes = max(int(info.mip_node_count), 0)
    # A count below 0 says that this part of the solver was not asked.
    work = max(int(info.simplex_iteration_count), 0) + max(int(info.ipm_iteration_count), 0)
    outcome: Outcome = "limit"
    if status == Status.kOptimal:
        outcome = "optimal"
    elif status in (Status.kInfeasible, Status.kUnboundedOrInfeasible):
        outcome = "infeasible"
    elif status == Status.kInterrupt:
        outcome = "interrupted"
    return Answer(
        outcome,
        np.array(solution.col_value) if has_mix else None,
        float(info.objective_function_value) if has_mix else None,
        float(info.objective_function_value if is_relaxed else info.mip_dual_bound),
        np.array(solution.row_dual) if is_relaxed and has_mix else None,
        work + NODE_WORK * nodes,
    )


def solver_versions() -> dict[str, str]:
    """Return the versions a result depends on: this program and the solver.

    Another version of the solver may find another mix within the same gap.
    """
    return {"alpclusters": __version__, "highs": version("highspy")}


_FEASIBLE: Final = 2


def write_model(model: Model, path: str) -> None:
    """Write a model for other solvers (MPS, as a minimisation of minus the objective)."""
    from highspy import ObjSense

    program = _program(model, is_relaxed=False, cost=-model.cost)
    program.sense_ = ObjSense.kMinimize
    highs = silent_solver()
    highs.passModel(program)
    highs.writeModel(path)
