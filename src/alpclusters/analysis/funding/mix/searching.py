"""A first mix of a big problem, block by block."""

from collections.abc import Callable
from dataclasses import dataclass

from alpclusters.analysis.funding.mix.columns import FloatArray
from alpclusters.analysis.funding.mix.efforts import Effort
from alpclusters.analysis.funding.mix.neighbourhoods import Search

type GoOn = Callable[[str, int, FloatArray], bool]


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
