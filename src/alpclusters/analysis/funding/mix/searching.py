"""A first mix of a big problem: some offers free, the others as they are, block by block."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from alpclusters.analysis.funding.mix.cells import IntArray
from alpclusters.analysis.funding.mix.columns import Columns, FloatArray
from alpclusters.analysis.funding.mix.efforts import Effort
from alpclusters.analysis.funding.mix.model import Model
from alpclusters.analysis.funding.mix.solver import solve_model
from alpclusters.analysis.funding.mix.submodel import cut_out, free_columns

POSITIVE: Final = 1.0
GAP: Final = 0.002
# With one node a step is to give a mix soon, not a good one.
ROUGH: Final = 0.01
BETTER: Final = 0.01

type GoOn = Callable[[str, int, FloatArray], bool]


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

    def solve_part(
        self, mix: FloatArray, offers: IntArray, *, nodes: int
    ) -> tuple[FloatArray, int]:
        """Return the better of a mix and the best that was found with some offers free."""
        part = cut_out(self.model, free_columns(self.columns, mix, offers), mix)
        gap = GAP if nodes > 1 else ROUGH
        options = {"mip_rel_gap": gap, "mip_max_nodes": nodes, "random_seed": self.seed}
        answer = solve_model(part.model, start=part.restrict(mix), options=options)
        if answer.values is None:
            return mix, answer.work
        found = part.extend(answer.values)
        return (found if self.value(found) > self.value(mix) + BETTER else mix), answer.work


@dataclass(frozen=True, slots=True, eq=False)
class Searched:
    """A mix, the work it took, and whether somebody stopped the search."""

    mix: FloatArray
    work: int
    is_cancelled: bool = False


def start_search(search: Search, mix: FloatArray, effort: Effort, *, go_on: GoOn) -> Searched:
    """Take the offers the bound likes, block by block, with what is already taken fixed."""
    work = 0
    for number, first in enumerate(range(0, search.n_positive, effort.block)):
        if not go_on("start", number, mix):
            return Searched(mix, work, is_cancelled=True)
        offers = search.order[first : first + effort.block]
        mix, more = search.solve_part(mix, offers, nodes=effort.block_nodes)
        work += more
    return Searched(mix, work)
