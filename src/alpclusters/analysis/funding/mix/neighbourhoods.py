"""Large neighbourhood search: some offers free, the others as they are, in turn."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from alpclusters.analysis.funding.mix.cells import IntArray
from alpclusters.analysis.funding.mix.columns import Columns, FloatArray
from alpclusters.analysis.funding.mix.draws import Draws
from alpclusters.analysis.funding.mix.model import Model
from alpclusters.analysis.funding.mix.problem import BoolArray
from alpclusters.analysis.funding.mix.solver import solve_model
from alpclusters.analysis.funding.mix.submodel import cut_out, free_columns

BY_PARTNERS: Final = 0.4
BY_LINE: Final = 0.7
UNUSED_WEIGHT: Final = 0.15
MUCH: Final = 20_000.0
POSITIVE: Final = 1.0
NODES: Final = 20
GAP: Final = 0.002
BETTER: Final = 0.01


@dataclass(frozen=True, eq=False)
class Search:
    """A model in which parts are solved, and what the linear program thinks of the offers."""

    model: Model
    point: FloatArray
    seed: int

    @property
    def columns(self) -> Columns:
        """Where the variables stand."""
        return self.model.columns

    @cached_property
    def worth(self) -> FloatArray:
        """Grants of each offer at the point of the bound, in euro."""
        worth = np.zeros(len(self.columns.terms))
        grants = self.columns.rate * self.point[: self.columns.y]
        np.add.at(worth, self.columns.cell_offer, grants)
        return worth

    @cached_property
    def order(self) -> IntArray:
        """Offers, most worth first."""
        return np.argsort(-self.worth, kind="stable")

    @cached_property
    def n_positive(self) -> int:
        """How many offers the point uses."""
        return max(int((self.worth > POSITIVE).sum()), 1)

    def value(self, mix: FloatArray) -> float:
        """Return what a mix is worth in euro."""
        return float(self.model.cost @ mix)

    def solve_part(self, mix: FloatArray, offers: IntArray) -> tuple[FloatArray, int]:
        """Return the better of a mix and the best that was found with some offers free."""
        part = cut_out(self.model, free_columns(self.columns, mix, offers), mix)
        options = {"mip_rel_gap": GAP, "mip_max_nodes": NODES, "random_seed": self.seed}
        answer = solve_model(part.model, start=part.restrict(mix), options=options)
        if answer.values is None:
            return mix, answer.work
        found = part.extend(answer.values)
        return (found if self.value(found) > self.value(mix) + BETTER else mix), answer.work

    def draw(self, draws: Draws, mix: FloatArray, size: int) -> IntArray:
        """Draw a neighbourhood: offers of some partners, of a line, or any."""
        kind = draws.share()
        if kind < BY_PARTNERS:
            partners = draws.some(self._touches_partner.shape[1], 2 + draws.below(3))
            touched = self._touches_partner[:, partners].any(axis=1)
        elif kind < BY_LINE:
            offer = int(self.order[draws.below(self.n_positive)])
            touched = (self._touches_line & self._touches_line[offer]).any(axis=1)
        else:
            touched = np.ones(len(self.columns.terms), dtype=np.bool_)
        items = np.flatnonzero(touched)
        return draws.weighted(items.tolist(), self._weights(mix)[items], size)

    def _weights(self, mix: FloatArray) -> FloatArray:
        used = mix[self.columns.y : self.columns.z] > 0.5  # noqa: PLR2004 - yes or no
        return np.asarray(
            UNUSED_WEIGHT + used + np.minimum(1.0, self.worth / MUCH), dtype=np.float64
        )

    @cached_property
    def _touches_partner(self) -> BoolArray:
        shape = (len(self.columns.terms), len(self.columns.problem.case.partners))
        touches = np.zeros(shape, dtype=np.bool_)
        touches[self.columns.cell_offer, self.columns.cell_partner] = True
        return touches

    @cached_property
    def _touches_line(self) -> BoolArray:
        shape = (len(self.columns.terms), len(self.columns.problem.lines))
        touches = np.zeros(shape, dtype=np.bool_)
        touches[self.columns.cell_offer, self.columns.problem.cells.line] = True
        return touches
