"""A mix of a big problem: a start block by block, then neighbourhoods while there is work."""

from collections.abc import Callable
from dataclasses import dataclass

from alpclusters.analysis.funding.mix.columns import FloatArray
from alpclusters.analysis.funding.mix.draws import Draws
from alpclusters.analysis.funding.mix.efforts import Effort
from alpclusters.analysis.funding.mix.neighbourhoods import Search

type GoOn = Callable[[str, int, FloatArray], bool]


@dataclass(frozen=True, slots=True, eq=False)
class Searched:
    """A mix, the work it took, and whether somebody stopped the search."""

    mix: FloatArray
    work: int
    is_cancelled: bool = False


def start_search(search: Search, mix: FloatArray, block: int, *, go_on: GoOn) -> Searched:
    """Take the offers the bound likes, block by block, with what is already taken fixed."""
    work = 0
    for number, first in enumerate(range(0, search.n_positive, block)):
        if not go_on("start", number, mix):
            return Searched(mix, work, is_cancelled=True)
        mix, more = search.solve_part(mix, search.order[first : first + block])
        work += more
    return Searched(mix, work)


def improve(
    search: Search, mix: FloatArray, effort: Effort, *, goal: float, go_on: GoOn
) -> Searched:
    """Solve one neighbourhood after the other until work is spent or the goal is reached."""
    draws, work, number = Draws(search.seed), 0, 0
    while work < effort.work and search.value(mix) < goal:
        if not go_on("neighbourhoods", number, mix):
            return Searched(mix, work, is_cancelled=True)
        offers = search.draw(draws, mix, effort.sizes[number % len(effort.sizes)])
        mix, more = search.solve_part(mix, offers)
        work, number = work + max(more, 1), number + 1
    return Searched(mix, work)
