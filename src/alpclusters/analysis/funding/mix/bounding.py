"""The bound of a big problem: interior points, flow covers, safe duals."""

from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.funding.mix.certificate import Certificate, certify, dual_bound
from alpclusters.analysis.funding.mix.columns import FloatArray
from alpclusters.analysis.funding.mix.cuts import Cut, find_cuts, with_cuts
from alpclusters.analysis.funding.mix.model import Model
from alpclusters.analysis.funding.mix.solver import solve_model

INTERIOR: Final = {"solver": "ipm", "run_crossover": "off"}


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """A bound in euro, the point it was found at, and the covers that made it better.

    ``duals`` are those of the linear program with the covers. ``certificate`` is of the one without
    covers, which a reader can check with the data alone; ``euro`` is at most its bound.
    """

    euro: float
    values: FloatArray
    covers: tuple[Cut, ...]
    duals: FloatArray
    certificate: Certificate | None
    work: int


def find_bound(model: Model, *, rounds: int) -> Bound | None:
    """Solve the linear program of the strong form, again with covers it violates; None if it fails.

    By interior points without crossover; any duals give a valid bound, so no vertex is needed.
    """
    first = solve_model(model, is_relaxed=True, options=INTERIOR)
    if first.values is None or first.duals is None:
        return None
    certificate = certify(model, first.duals)
    best, point, duals, covers = certificate.bound, first.values, first.duals, list[Cut]()
    work = first.work
    for _ in range(rounds):
        found = find_cuts(model.columns, point)
        if not found:
            break
        tighter = with_cuts(model, [*covers, *found])
        again = solve_model(tighter, is_relaxed=True, options=INTERIOR)
        if again.values is None or again.duals is None:
            break
        covers, work = [*covers, *found], work + again.work
        point, duals = again.values, again.duals
        best = min(best, dual_bound(tighter, duals))
    return Bound(best, point, tuple(covers), duals, certificate, work)
