"""Solve a model in MPS with a peer: python _funding_peer.py cbc|scip PATH PROCESSOR_SECONDS.

Prints one JSON object; the time to build the model is not in it. The MPS minimises the negative.
"""

import json
import os
import re
import resource
import subprocess
import sys
from typing import Any


def main() -> None:
    """Solve and print."""
    peer, path, seconds = sys.argv[1:]
    print(json.dumps({"cbc": _cbc, "scip": _scip}[peer](path, float(seconds))))


def _cbc(path: str, seconds: float) -> dict[str, Any]:
    import pulp  # noqa: PLC0415 - one peer of two

    program = pulp.PULP_CBC_CMD().path
    limit = ["-timeMode", "cpu", "-sec", str(seconds)]
    command = [program, path, "-threads", "0", *limit, "-solve", "-quit"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    text = done.stdout
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = re.search(r"Objective value:\s+(-?[\d.]+)", text)
    bound = re.search(r"(?:Lower|Upper) bound:\s+(-?[\d.]+)", text) or found
    return _figures(found and found[1], bound and bound[1], used.ru_utime + used.ru_stime, pulp)


def _scip(path: str, seconds: float) -> dict[str, Any]:
    import pyscipopt  # noqa: PLC0415 - one peer of two

    model = pyscipopt.Model()
    model.hideOutput()
    model.readProblem(path)
    model.setParam("limits/time", seconds)
    model.setParam("timing/clocktype", 1)  # processor seconds
    model.optimize()
    used = resource.getrusage(resource.RUSAGE_SELF)
    found = model.getObjVal() if model.getNSols() else None
    return _figures(found, model.getDualbound(), used.ru_utime + used.ru_stime, pyscipopt)


def _figures(found: Any, bound: Any, cpu_s: float, package: Any) -> dict[str, Any]:
    objective = None if found is None else abs(float(found))
    top = None if bound is None else abs(float(bound))
    gap = None if objective is None or not top else (top - objective) / top
    return {
        "cpu_s": round(cpu_s, 2), "objective": objective, "bound": top, "gap": gap,
        "valid": None, "version": getattr(package, "__version__", os.name),
    }  # fmt: skip


if __name__ == "__main__":
    main()
