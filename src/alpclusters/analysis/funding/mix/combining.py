"""A mix out of what partners chose for themselves: the whole model, less all that nobody chose.

Prices lead each partner to offers that are worth it beside those of the others, so a good mix
mostly uses participations that somebody chose at prices near the best ones, or that the linear
program likes.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from alpclusters.analysis.funding.mix.columns import FloatArray
from alpclusters.analysis.funding.mix.parting import Parts
from alpclusters.analysis.funding.mix.problem import BoolArray
from alpclusters.analysis.funding.mix.searching import Searched
from alpclusters.analysis.funding.mix.solver import solve_model
from alpclusters.analysis.funding.mix.submodel import YES, cut_out

GAP: Final = 1e-4
# The mix given is a good one; less of what the solver does to find others finds as much here.
SEARCH: Final = {"mip_heuristic_effort": 0.02, "mip_allow_restart": False}
BETTER: Final = 0.01


def combine(
    parts: Parts,
    choices: Sequence[Sequence[FloatArray]],
    mix: FloatArray,
    *,
    likely: BoolArray,
    nodes: int,
    seed: int,
    go_on: Callable[[], bool] | None = None,
) -> Searched:
    """Return the better of a mix and the best that was found among chosen participations.

    Parameters
    ----------
    parts : Parts
    choices : sequence of sequences of array
        What each part chose.
    mix : array of shape (n_columns,)
        The search begins with it; its participations are possible as well.
    likely : array of bool of shape (n_columns,)
        Participations that are possible whoever chose them.
    nodes : int
        The most nodes.
    seed : int
    go_on : callable, optional
        Asked on the way; where it says no, the best so far is the answer.

    Returns
    -------
    Searched
    """
    model = parts.model
    free = _free(parts, choices, mix, likely)
    part = cut_out(model, free, mix)
    options = {**SEARCH, "mip_rel_gap": GAP, "mip_max_nodes": nodes, "random_seed": seed}
    answer = solve_model(part.model, start=part.restrict(mix), options=options, go_on=go_on)
    if answer.values is None:
        return Searched(mix, answer.work)
    found = part.extend(answer.values)
    is_better = model.cost @ found > model.cost @ mix + BETTER
    return Searched(found if is_better else mix, answer.work)


def _free(
    parts: Parts, choices: Sequence[Sequence[FloatArray]], mix: FloatArray, likely: BoolArray
) -> BoolArray:
    """Participations somebody chose, with their offers and amounts, and all that is no offer's."""
    columns = parts.model.columns
    seen = (mix > YES) | likely
    for part, known in zip(parts.parts, choices, strict=True):
        for choice in known:
            seen[part.kept] |= choice > YES
    takes = seen[columns.z : columns.v]
    taking = np.bincount(columns.pairs[takes, 0], minlength=len(columns.terms))
    free = np.ones(columns.n, dtype=np.bool_)
    free[: columns.y] = takes[columns.cell_pair]
    free[columns.y : columns.z] = taking > 0
    free[columns.z : columns.v] = takes
    return free
