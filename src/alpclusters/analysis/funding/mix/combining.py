"""A mix out of what partners chose for themselves: the whole model, less all that nobody chose.

Prices lead each partner to offers that are worth it beside those of the others, so a good mix
mostly uses participations that somebody chose at prices near the best ones, or that the linear
program likes. Where even those are too many at once, some partners choose again while the others
keep theirs, group by group (a neighbourhood search; Shaw 1998).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from typing import Final

import numpy as np

from alpclusters.analysis.funding.mix.columns import Columns, FloatArray
from alpclusters.analysis.funding.mix.model import Model
from alpclusters.analysis.funding.mix.parting import Parts
from alpclusters.analysis.funding.mix.problem import BoolArray
from alpclusters.analysis.funding.mix.searching import Searched
from alpclusters.analysis.funding.mix.solver import solve_model
from alpclusters.analysis.funding.mix.submodel import YES, cut_out

# The mix given is a good one; less of what the solver does to find others finds as much here.
SEARCH: Final = {"mip_heuristic_effort": 0.02, "mip_allow_restart": False}
BETTER: Final = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """What a mix is made of, and with how much work.

    Attributes
    ----------
    likely : array of bool of shape (n_columns,)
        Participations that are possible whoever chose them.
    nodes : int
        The most nodes.
    gap : float
        How near the search goes to its end.
    among : array of bool of shape (n_partners,), optional
        Partners that may choose again; the others keep their participations, not their amounts.
    """

    likely: BoolArray
    nodes: int
    gap: float = 1e-4
    among: BoolArray | None = None


def combine(
    parts: Parts,
    choices: Sequence[Sequence[FloatArray]],
    mix: FloatArray,
    step: Step,
    *,
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
    step : Step
    seed : int
    go_on : callable, optional
        Asked on the way; where it says no, the best so far is the answer.

    Returns
    -------
    Searched
    """
    model = parts.model
    takes = _takes(parts, choices, mix, step.likely)
    if step.among is not None:
        is_among = step.among[model.columns.pairs[:, 1]]
        has = mix[model.columns.z : model.columns.v] > YES
        takes = np.where(is_among, takes, has)
        model = _keeping(model, has & ~is_among)
    part = cut_out(model, _free(model.columns, takes), mix)
    options = {
        **SEARCH,
        "mip_rel_gap": step.gap,
        "mip_max_nodes": step.nodes,
        "random_seed": seed,
    }
    answer = solve_model(part.model, start=part.restrict(mix), options=options, go_on=go_on)
    if answer.values is None:
        return Searched(mix, answer.work)
    found = part.extend(answer.values)
    is_better = model.cost @ found > model.cost @ mix + BETTER
    return Searched(found if is_better else mix, answer.work)


def groups(n_partners: int, most: int) -> Iterator[BoolArray]:
    """Yield groups of partners, each partner once in a turn, without end.

    Parameters
    ----------
    n_partners : int
    most : int
        How many at most in a group.

    Examples
    --------
    >>> from itertools import islice
    >>> [np.flatnonzero(group).tolist() for group in islice(groups(4, 2), 5)]
    [[0, 2], [1, 3], [0, 1], [2, 3], [0, 2]]
    """
    n_groups = max(-(-n_partners // most), 1)
    numbers = np.arange(n_partners)
    orders = (numbers, numbers // n_groups)
    for order in cycle(orders):
        for group in range(n_groups):
            yield order % n_groups == group


def _takes(
    parts: Parts, choices: Sequence[Sequence[FloatArray]], mix: FloatArray, likely: BoolArray
) -> BoolArray:
    """Participations somebody chose, those of the mix and likely ones."""
    seen = (mix > YES) | likely
    for part, known in zip(parts.parts, choices, strict=True):
        for choice in known:
            seen[part.kept] |= choice > YES
    return seen[parts.model.columns.z : parts.model.columns.v]


def _free(columns: Columns, takes: BoolArray) -> BoolArray:
    """Some participations, with their offers and amounts, and all that is no offer's."""
    taking = np.bincount(columns.pairs[takes, 0], minlength=len(columns.terms))
    free = np.ones(columns.n, dtype=np.bool_)
    free[: columns.y] = takes[columns.cell_pair]
    free[columns.y : columns.z] = taking > 0
    free[columns.z : columns.v] = takes
    return free


def _keeping(model: Model, kept: BoolArray) -> Model:
    """Return the model in which some participations have to stay."""
    lower = model.lower.copy()
    lower[model.columns.z + np.flatnonzero(kept)] = 1.0
    return replace(model, lower=lower)
