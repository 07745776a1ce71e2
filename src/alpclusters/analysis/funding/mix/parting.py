"""Partners taken apart: each chooses in whole numbers at prices of what they share.

Rows and offers that several partners share are paid for at prices, first at the duals of the linear
program. What is left falls apart by partner, and each part is a small problem that branch and bound
solves nearly to its end (Geoffrion 1974: at the same duals never worse than the linear program).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from alpclusters.analysis.funding.mix.cells import IntArray
from alpclusters.analysis.funding.mix.certificate import cleaned, priced
from alpclusters.analysis.funding.mix.columns import Columns, FloatArray
from alpclusters.analysis.funding.mix.model import Model
from alpclusters.analysis.funding.mix.problem import BoolArray
from alpclusters.analysis.funding.mix.rows import Sparse
from alpclusters.analysis.funding.mix.solver import solve_model
from alpclusters.analysis.funding.mix.submodel import Submodel, cut_out

SHARED: Final = -1
# Each part begins with a good choice: what the solver does to find one would be most of the work.
NO_SEARCH: Final = {
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_allow_restart": False,
}
# The solver takes a price for right to this tolerance; so much room on all columns is added.
DUAL_TOLERANCE: Final = 1e-7
INF: Final = float("inf")


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What partners choose at some prices: a bound in euro, a choice of each, and the work.

    The bound is infinite where somebody stopped it or the solver gave none for a part. A choice
    has the values of the part's own columns; there are none where there is no bound.
    """

    bound: float
    choices: tuple[FloatArray, ...]
    work: int


class Parts:
    """A model taken apart by partner.

    Attributes
    ----------
    model : Model
        The strong form, with rows it implies.
    parts : tuple of Submodel
        The columns and rows of each partner alone.
    is_shared_row, is_shared_column : array of bool
        What several partners have to do with.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        owner = column_owners(model.columns)
        rows = _row_owners(model, owner)
        self.is_shared_row, self.is_shared_column = rows == SHARED, owner == SHARED
        nothing = np.zeros(len(model.cost))
        self.parts: tuple[Submodel, ...] = tuple(
            cut_out(_own_rows(model, rows == partner), owner == partner, nothing)
            for partner in np.unique(owner[owner != SHARED])
        )

    def prices(self, duals: FloatArray) -> FloatArray:
        """Return duals as prices: of shared rows alone, 0 where they would meet no side."""
        return np.where(self.is_shared_row, cleaned(self.model, duals), 0.0)

    def choices(self, mix: FloatArray) -> tuple[FloatArray, ...]:
        """Return what each partner has in a mix."""
        return tuple(part.restrict(mix) for part in self.parts)

    def ask(
        self,
        prices: FloatArray,
        starts: Sequence[Sequence[FloatArray]],
        *,
        nodes: int,
        gap: float,
        seed: int,
        go_on: Callable[[], bool] | None = None,
    ) -> Asked:
        """Let each partner choose for itself at the prices of shared rows.

        Parameters
        ----------
        prices : array of shape (n_rows,)
            Any prices give a bound; see `prices`.
        starts : sequence of sequences of array
            Choices of each part, at least one; its search begins with the best of them.
        nodes : int
            The most nodes for a partner.
        gap : float
            How near each search goes to its end.
        seed : int
        go_on : callable, optional
            Asked on the way; where it says no, there is no bound.

        Returns
        -------
        Asked
        """
        cost = self.model.cost - priced(self.model, prices)
        options = {**NO_SEARCH, "mip_rel_gap": gap, "mip_max_nodes": nodes, "random_seed": seed}
        bound, work = self._shared_worth(prices, cost), 0
        choices: list[FloatArray] = []
        for part, known in zip(self.parts, starts, strict=True):
            own = cost[part.kept]
            start = max(known, key=lambda choice: float(own @ choice))
            answer = solve_model(
                replace(part.model, cost=own), start=start, options=options, go_on=go_on
            )
            work += answer.work
            if answer.outcome not in ("optimal", "limit"):
                return Asked(INF, (), work)
            bound += answer.bound + DUAL_TOLERANCE * float(part.model.upper.sum())
            choices.append(start if answer.values is None else answer.values)
        return Asked(bound, tuple(choices), work)

    def _shared_worth(self, prices: FloatArray, cost: FloatArray) -> float:
        """What shared rows are worth at their prices, and the best choice of shared offers."""
        sides = np.where(prices > 0, self.model.row_upper, self.model.row_lower)
        shared = np.maximum(0.0, cost[self.is_shared_column])
        return (
            float((prices * np.where(prices == 0.0, 0.0, sides)).sum())
            + float((self.model.upper[self.is_shared_column] * shared).sum())
            + DUAL_TOLERANCE * float(self.model.upper[self.is_shared_column].sum())
        )


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
