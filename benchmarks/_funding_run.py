"""One run of the optimiser or of HiGHS alone: python -m benchmarks._funding_run CLASS SEED METHOD.

Prints one JSON object. Processor seconds are those of this process from its start, imports and
building the model included. METHOD is ``own``, ``highs`` or ``mps=PATH`` (writes the model).
"""

import json
import os
import sys
import time
from typing import Any, Final

from alpclusters.analysis.funding.case import Territory
from alpclusters.analysis.funding.check import check_mix
from alpclusters.analysis.funding.mix import build, prepare, solve
from alpclusters.analysis.funding.mix.solver import solve_model, write_model
from benchmarks._funding_case import judgements, make_case, synthetic_book
from benchmarks._funding_synthetic import make_instance
from benchmarks._memory import peak_mb

CLASSES: Final[dict[str, tuple[int, bool, float, float]]] = {
    "S30": (30, True, 1.0, 1e-6),
    "S100": (100, True, 5.0, 0.0015),
    "S100U": (100, False, 15.0, 0.005),
    "S300": (300, True, 20.0, 0.01),
    "S300U": (300, False, 40.0, 0.006),
}
PARTS: Final = (0.25, 0.5, 1.0)


def main() -> None:
    """Build, solve, print; the solver's greeting goes where errors go."""
    name, seed, method = sys.argv[1:]
    kept = os.dup(1)
    os.dup2(2, 1)
    result = _run(name, int(seed), method)
    os.write(kept, json.dumps(result).encode())


def _run(name: str, seed: int, method: str) -> dict[str, Any]:

    n, filtered, limit_s, _ = CLASSES[name]
    made = make_instance(n, seed)
    problem = prepare(
        make_case(made, filtered=filtered),
        Territory({}),
        books=[synthetic_book()],
        judged=judgements(made),
    )
    if method == "own":
        return _own(problem, limit_s)
    if method == "highs":
        return _highs(problem, limit_s)
    return _write(problem, method.removeprefix("mps="))


def _own(problem: Any, limit_s: float) -> dict[str, Any]:

    course: list[tuple[float, int | None, int | None]] = []

    def note(told: Any) -> None:
        course.append((time.process_time(), told.objective_ct, told.bound_ct))

    found = solve(problem, progress=note, levels=1)
    cpu_s, memory = time.process_time(), peak_mb()
    course.append((cpu_s, found.objective_ct, found.bound_ct))

    check = check_mix(
        problem.case, found.allocation, territory=Territory({}), books=[synthetic_book()]
    )
    return {
        "cpu_s": round(cpu_s, 2),
        "objective": found.objective_ct / 100,
        "bound": found.bound_ct / 100,
        "gap": found.gap,
        "valid": check.valid,
        "status": found.status,
        "work": found.work,
        "peak_mb": round(memory),
        "course": {str(part): _at(course, part * limit_s) for part in PARTS},
    }


def _at(course: list[tuple[float, int | None, int | None]], cpu_s: float) -> dict[str, Any]:
    known = [entry for entry in course if entry[0] <= cpu_s and entry[1] is not None]
    if not known:
        return {"objective": None, "bound": None}
    _, objective, bound = known[-1]
    return {"objective": (objective or 0) / 100, "bound": None if bound is None else bound / 100}


def _highs(problem: Any, limit_s: float) -> dict[str, Any]:
    """HiGHS on the strong form, stopped by processor seconds as the others are."""
    course: list[tuple[float, int | None, int | None]] = []

    def note(objective: float) -> None:
        course.append((time.process_time(), int(objective * 100), None))

    answer = solve_model(
        build(problem),
        options={"mip_rel_gap": 1e-6},
        improved=note,
        go_on=lambda: time.process_time() < limit_s,
    )
    cpu_s = time.process_time()
    objective = _at(course, limit_s)["objective"]
    return {
        "cpu_s": round(cpu_s, 2),
        "objective": objective,
        "bound": answer.bound,
        "gap": None if objective is None else (answer.bound - objective) / answer.bound,
        "valid": None,
        "course": {str(part): _at(course, part * limit_s) for part in PARTS},
    }


def _write(problem: Any, path: str) -> dict[str, Any]:

    write_model(build(problem), path)
    return {"path": path}


if __name__ == "__main__":
    main()
