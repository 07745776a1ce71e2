"""Bound and mix of a problem whose partners are taken apart, in turn.

At each round partners choose at the prices of what they share; that gives a bound, and better
prices for the next round. After some rounds a mix is made out of what they chose.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from alpclusters.analysis.funding.mix.bounding import Bound
from alpclusters.analysis.funding.mix.columns import FloatArray
from alpclusters.analysis.funding.mix.combining import Step, combine, groups
from alpclusters.analysis.funding.mix.cuts import with_cuts
from alpclusters.analysis.funding.mix.efforts import Bargain
from alpclusters.analysis.funding.mix.model import Model
from alpclusters.analysis.funding.mix.parting import Parts
from alpclusters.analysis.funding.mix.prices import Prices

# So many partners choose again at once, among what the linear program gives at least so much of.
GROUP: Final = 6
SELDOM: Final = 0.02
AGAIN_NODES: Final = 20
AGAIN_GAP: Final = 0.0003


@dataclass(slots=True, eq=False)
class Bargained:
    """The best mix so far, a bound in euro, the work, and whether somebody stopped it."""

    mix: FloatArray
    bound: float
    work: int = 0
    is_cancelled: bool = False


type Told = Callable[[str, int, Bargained], bool]


class Bargaining:
    """Rounds in which partners choose, prices get better and mixes are made.

    Attributes
    ----------
    found : Bargained
        The mix given, or one worth more; the bound given, or a smaller one.
    """

    def __init__(
        self, model: Model, bound: Bound, mix: FloatArray, plan: Bargain, *, seed: int
    ) -> None:
        self.found = Bargained(mix, bound.euro)
        self._plan, self._seed, self._point = plan, seed, bound.values
        self._parts = Parts(with_cuts(model, bound.covers))
        self._now = self._parts.prices(bound.duals)
        self._prices = Prices(self._parts, self._now)
        self._prices.add(self._parts.choices(mix))

    def run(self, go_on: Callable[[Bargained], bool], told: Told) -> Bargained:
        """Go through the rounds of the plan.

        Parameters
        ----------
        go_on : callable
            Says before each round whether another one is wanted and allowed.
        told : callable
            Gets phase, round and what was found so far, also on the way of long calls; where it
            says no, the best so far is the answer.
        """
        for number in range(1, self._plan.rounds + 1):
            if not go_on(self.found) or not self._is_asked(number, told):
                break
            if number in self._plan.mixes and not self._is_combined(number, told):
                break
            if number == self._plan.rounds or not self._is_priced():
                break
        return self.found

    def _is_asked(self, number: int, told: Told) -> bool:
        if self._stopped("bound", number, told):
            return False
        asked = self._parts.ask(
            self._now, self._prices.choices, nodes=self._plan.nodes, gap=self._plan.gap,
            seed=self._seed, go_on=lambda: not self._stopped("bound", number, told),
        )  # fmt: skip
        self.found.work += asked.work
        if self.found.is_cancelled or not asked.choices:
            return False
        self._prices.learn(self._now, asked)
        self.found.bound = min(self.found.bound, self._prices.bound)
        return True

    def _is_combined(self, number: int, told: Told) -> bool:
        """Make mixes: first of what was chosen alone, which ends soon, then of more from there."""
        recent = [choices[-self._plan.recent :] for choices in self._prices.choices]
        for step in self._steps():
            if self._stopped("mixes", number, told):
                return False
            made = combine(
                self._parts, recent, self.found.mix, step, seed=self._seed,
                go_on=lambda: not self._stopped("mixes", number, told),
            )  # fmt: skip
            self.found.mix, self.found.work = made.mix, self.found.work + made.work
        self._prices.add(self._parts.choices(self.found.mix))
        return not self.found.is_cancelled

    def _steps(self) -> Iterator[Step]:
        plan = self._plan
        for least in plan.likely:
            yield Step(self._point > least, plan.mix_nodes)
        n_partners = len(self._parts.model.columns.problem.case.partners)
        for group in islice(groups(n_partners, GROUP), plan.again):
            yield Step(self._point > SELDOM, AGAIN_NODES, AGAIN_GAP, group)

    def _is_priced(self) -> bool:
        better = self._prices.better()
        if better is None:
            return False
        self._now = better[0]
        self.found.work += better[1]
        return True

    def _stopped(self, phase: str, number: int, told: Told) -> bool:
        self.found.is_cancelled |= not told(phase, number, self.found)
        return self.found.is_cancelled
