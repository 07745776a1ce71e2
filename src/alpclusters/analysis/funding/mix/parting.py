"""A bound that takes partners apart: each chooses in whole numbers at the prices of the others.

Rows and offers that several partners share are paid for at the duals of the linear program. What is
left falls apart by partner, and each part is a small problem that branch and bound solves nearly to
its end (Geoffrion 1974: at the same duals never worse than the linear program).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from alpclusters.analysis.funding.mix.cells import IntArray
from alpclusters.analysis.funding.mix.certificate import cleaned, priced
from alpclusters.analysis.funding.mix.closing import DUAL_TOLERANCE, NO_SEARCH
from alpclusters.analysis.funding.mix.columns import Columns, FloatArray
from alpclusters.analysis.funding.mix.model import Model
from alpclusters.analysis.funding.mix.problem import BoolArray
from alpclusters.analysis.funding.mix.rows import Sparse
from alpclusters.analysis.funding.mix.solver import solve_model
from alpclusters.analysis.funding.mix.submodel import cut_out

SHARED: Final = -1
GAP: Final = 0.0005


@dataclass(frozen=True, slots=True, eq=False)
class Parted:
    """A bound in euro and the work; infinite where somebody stopped it or a part has no mix."""

    bound: float
    work: int


def bound_by_partners(
    model: Model,
    duals: FloatArray,
    mix: FloatArray,
    *,
    nodes: int,
    seed: int,
    go_on: Callable[[], bool] | None = None,
) -> Parted:
    """Return the bound in which each partner chooses for itself at the prices of shared rows.

    Parameters
    ----------
    model : Model
        The strong form, with rows it implies.
    duals : array of shape (n_rows,)
        Any duals give a bound; those of the linear program a good one.
    mix : array of shape (n_columns,)
        Where the search of each part begins; the bound does not hang on it.
    nodes : int
        The most nodes for a partner.
    seed : int
    go_on : callable, optional
        Asked on the way; where it says no, there is no bound.

    Returns
    -------
    Parted
    """
    owner = column_owners(model.columns)
    rows = _row_owners(model, owner)
    paid = np.where(rows == SHARED, cleaned(model, duals), 0.0)
    sides = np.where(paid > 0, model.row_upper, model.row_lower)
    cost = model.cost - priced(model, paid)
    is_shared = owner == SHARED
    bound = float((paid * np.where(paid == 0.0, 0.0, sides)).sum())
    bound += float((model.upper * np.maximum(0.0, cost))[is_shared].sum())
    bound += DUAL_TOLERANCE * float(model.upper.sum())
    options = {**NO_SEARCH, "mip_rel_gap": GAP, "mip_max_nodes": nodes, "random_seed": seed}
    work = 0
    for partner in np.unique(owner[~is_shared]):
        part = cut_out(_own_rows(model, rows == partner), owner == partner, np.zeros_like(mix))
        answer = solve_model(
            replace(part.model, cost=cost[part.kept]), start=part.restrict(mix), options=options,
            go_on=go_on,
        )  # fmt: skip
        work += answer.work
        bound += answer.bound
        if answer.outcome in ("interrupted", "infeasible"):
            return Parted(float("inf"), work)
    return Parted(bound, work)


def column_owners(columns: Columns) -> IntArray:
    """Return which partner each column belongs to; `SHARED` where it is nobody's alone.

    Any choice gives a bound; this one keeps with a partner what speaks of its costs alone, and
    offers that only it can use.
    """
    problem, partner_of = columns.problem, columns.problem.lines.partner
    owner = np.full(columns.n, SHARED, dtype=np.int64)
    owner[: columns.y] = columns.cell_partner
    owner[columns.z : columns.v] = columns.pairs[:, 1]
    taking = np.bincount(columns.pairs[:, 0], minlength=len(columns.terms))
    alone = taking[columns.pairs[:, 0]] == 1
    owner[columns.y + columns.pairs[alone, 0]] = columns.pairs[alone, 1]
    cumulations = (
        (columns.m, [i for i, _ in columns.setters]),
        (columns.u, [union.cumulation for union in columns.unions]),
        (columns.a, [i for _, i in columns.apart]),
    )
    for first, numbers in cumulations:
        for at, number in enumerate(numbers):
            owner[first + at] = partner_of[problem.cumulations[number].line]
    for at, (_, pair) in enumerate(columns.matches):
        owner[columns.h + at] = columns.pairs[pair, 1]
    return owner


def _row_owners(model: Model, owner: IntArray) -> IntArray:
    """Return whose columns alone each row has; `SHARED` where they are of several or of nobody."""
    n = len(model.row_lower)
    least, most = np.full(n, len(owner)), np.full(n, SHARED)
    np.minimum.at(least, model.matrix.row, owner[model.matrix.column])
    np.maximum.at(most, model.matrix.row, owner[model.matrix.column])
    return np.where(least == most, least, SHARED)


def _own_rows(model: Model, chosen: BoolArray) -> Model:
    """Return the model with some of its rows."""
    inside = np.repeat(chosen, np.diff(model.matrix.start))
    counts = np.diff(model.matrix.start)[chosen]
    matrix = Sparse(
        np.concatenate([[0], np.cumsum(counts)]),
        model.matrix.column[inside],
        model.matrix.value[inside],
    )
    return replace(
        model,
        matrix=matrix,
        row_lower=model.row_lower[chosen],
        row_upper=model.row_upper[chosen],
        blocks=(),
    )
