"""A part of a model: some columns free, the others at the values of a mix."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from alpclusters.analysis.funding.mix.cells import IntArray
from alpclusters.analysis.funding.mix.columns import Columns, FloatArray
from alpclusters.analysis.funding.mix.model import Model
from alpclusters.analysis.funding.mix.problem import BoolArray
from alpclusters.analysis.funding.mix.rows import Sparse

YES: Final = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Submodel:
    """A smaller model, the columns it kept, and the mix that holds elsewhere."""

    model: Model
    kept: IntArray
    base: FloatArray

    def restrict(self, values: FloatArray) -> FloatArray:
        """Return the part of a mix that this model decides."""
        return values[self.kept]

    def extend(self, values: FloatArray) -> FloatArray:
        """Return a mix of the whole model."""
        whole = self.base.copy()
        whole[self.kept] = values
        return whole


def free_columns(columns: Columns, values: FloatArray, offers: IntArray) -> BoolArray:
    """Return what a neighbourhood leaves free.

    All of its own offers; of other offers that are used the amounts of those who take part;
    everything else that is no offer's.
    """
    chosen = np.zeros(len(columns.terms), dtype=np.bool_)
    chosen[offers] = True
    taking = values[columns.z : columns.v] > YES
    free = np.ones(columns.n, dtype=np.bool_)
    free[: columns.y] = chosen[columns.cell_offer] | taking[columns.cell_pair]
    free[columns.y : columns.z] = chosen
    free[columns.z : columns.v] = chosen[columns.pairs[:, 0]]
    of_country = np.array([offer for offer, _ in columns.countries], dtype=np.int64)
    free[columns.v : columns.m] = chosen[of_country]
    return free


def cut_out(model: Model, free: BoolArray, values: FloatArray) -> Submodel:
    """Return the model of the free columns; rows without any of them are left out."""
    kept = np.flatnonzero(free)
    base = np.where(free, 0.0, values)
    row, column, value = model.matrix.row, model.matrix.column, model.matrix.value
    given = np.bincount(row, weights=value * base[column], minlength=len(model.row_lower))
    inside = free[column]
    counts = np.bincount(row[inside], minlength=len(model.row_lower))
    rows = np.flatnonzero(counts)
    place = np.cumsum(free) - 1
    matrix = Sparse(
        np.concatenate([[0], np.cumsum(counts[rows])]), place[column[inside]], value[inside]
    )
    part = replace(
        model,
        matrix=matrix,
        row_lower=(model.row_lower - given)[rows],
        row_upper=(model.row_upper - given)[rows],
        lower=model.lower[kept],
        upper=model.upper[kept],
        cost=model.cost[kept],
        is_integer=model.is_integer[kept],
        blocks=(),
    )
    return Submodel(part, kept, base)
