"""A second search for small plans: swaps at random, fewer and fewer of them for the worse."""

import math
import random
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

import numpy as np

from alpclusters.analysis.rotation.fields import IntArray
from alpclusters.analysis.rotation.search import (
    Costs,
    Found,
    count_meetings,
    count_visits,
    total_cost,
)

MOST_GUESTS: Final = 100
WALKS: Final = 8
MOST_SWAPS: Final = 120_000
SWAPS_PER_SEAT: Final = 1_250
FIRST_TEMPERATURE: Final = 0.8
LAST_TEMPERATURE: Final = 0.15
# A return is never worth the repeats it saves, and yet a way from one plan to another.
REVISIT: Final = 6.0
ROUNDING: Final = 1e-6


def anneal(found: Found, costs: Costs, *, target: float, seed: int) -> Found:
    """Improve what the first search left above the bound.

    Parameters
    ----------
    found : Found
        Of `improve`, with a seat for everybody in every round.
    costs : Costs
        Nobody apart, nobody frozen, no languages: with such wishes ``found`` comes back.
    target : float
        Cost that no plan can beat.
    seed : int

    Returns
    -------
    Found
        Never worse than what came in; its iterations count swaps looked at too.

    Notes
    -----
    The first search takes the best swap of a whole round and ends in a plan that no single
    round can better; with five tables and four rounds that is up to six repeats above the
    bound. At most eight walks of 120,000 swaps, fewer for few seats, each about a microsecond; a
    walk ends at the bound, so that seeds and not the clock decide.
    """
    is_plain = not (costs.apart.any() or costs.frozen.any() or costs.wrong.any())
    if found.cost <= target or len(found.seats) > MOST_GUESTS or not is_plain:
        return found
    best, swaps = found, 0
    for walk in range(WALKS):
        chance = random.Random(f"{seed}:{walk}")  # noqa: S311 - no secret, the same every time
        made = _Walk(found.seats, costs, chance).run(target)
        swaps += made.iterations
        if made.returns <= best.returns and made.cost < best.cost - ROUNDING:
            best = made
        if best.cost <= target:
            break
    return Found(best.seats, best.cost, found.iterations + swaps)


@dataclass(slots=True, eq=False)
class _Walk:
    """One walk from a plan; lists, because single numbers are read and written."""

    start: IntArray
    costs: Costs
    chance: random.Random
    seats: list[list[int]] = field(init=False)
    members: list[list[list[int]]] = field(init=False)
    meetings: list[list[int]] = field(init=False)
    visits: list[list[int]] = field(init=False)
    more: list[int] = field(init=False)
    revisit: float = field(init=False)

    def __post_init__(self) -> None:
        rounds, tables = self.start.shape[1], range(self.costs.tables)
        self.seats = self.start.T.tolist()
        self.members = [
            [[guest for guest, at in enumerate(column) if at == table] for table in tables]
            for column in self.seats
        ]
        self.meetings = count_meetings(self.start).tolist()
        self.visits = count_visits(self.start, self.costs.tables).tolist()
        prices = self.costs.of_pairs(np.arange(rounds + 2))
        self.more = np.diff(prices).tolist()
        self.revisit = min(self.costs.revisit, REVISIT)

    def run(self, target: float) -> Found:
        """Walk and return the cheapest plan on the way."""
        n, rounds = self.start.shape
        draw, cost, returns = self.chance.random, self._cost(), self._returns()
        allowed = returns
        best, best_cost = self.start, math.inf
        swaps = min(MOST_SWAPS, SWAPS_PER_SEAT * self.start.size)
        cooling = (LAST_TEMPERATURE / FIRST_TEMPERATURE) ** (1 / swaps)
        temperature = FIRST_TEMPERATURE
        for swap in range(swaps):
            temperature *= cooling
            round_, a, b = int(draw() * rounds), int(draw() * n), int(draw() * n)
            if self.seats[round_][a] == self.seats[round_][b]:
                continue
            more_returns = self._more_returns(a, b, round_)
            change = self._change(a, b, round_) + self.revisit * more_returns
            if change > 0 and draw() >= math.exp(-change / temperature):
                continue
            self._swap(a, b, round_)
            cost += change
            returns += more_returns
            if returns <= allowed and cost < best_cost - ROUNDING:
                best, best_cost = np.array(self.seats, dtype=np.int64).T, cost
                if cost <= target + ROUNDING:
                    return Found(best, total_cost(best, self.costs), swap + 1)
        return Found(best, total_cost(best, self.costs), swaps)

    def _change(self, a: int, b: int, round_: int) -> float:
        """Return what swapping two guests of different tables would change among the pairs."""
        column, more = self.seats[round_], self.more
        i, j = column[a], column[b]
        of_a, of_b = self.meetings[a], self.meetings[b]
        change = 0.0
        for other in self.members[round_][i]:
            if other != a:
                change += more[of_b[other]] - more[of_a[other] - 1]
        for other in self.members[round_][j]:
            if other != b:
                change += more[of_a[other]] - more[of_b[other] - 1]
        return change

    def _more_returns(self, a: int, b: int, round_: int) -> int:
        i, j = self.seats[round_][a], self.seats[round_][b]
        at_a, at_b = self.visits[a], self.visits[b]
        return (at_a[j] > 0) - (at_a[i] > 1) + (at_b[i] > 0) - (at_b[j] > 1)

    def _swap(self, a: int, b: int, round_: int) -> None:
        column = self.seats[round_]
        i, j = column[a], column[b]
        here, there = self.members[round_][i], self.members[round_][j]
        here.remove(a)
        there.remove(b)
        for guest, old, new in ((a, here, there), (b, there, here)):
            mine = self.meetings[guest]
            for other in old:
                mine[other] -= 1
                self.meetings[other][guest] -= 1
            for other in new:
                mine[other] += 1
                self.meetings[other][guest] += 1
        here.append(b)
        there.append(a)
        column[a], column[b] = j, i
        for guest, left, taken in ((a, i, j), (b, j, i)):
            self.visits[guest][left] -= 1
            self.visits[guest][taken] += 1

    def _cost(self) -> float:
        """Return the cost of the plan as this walk counts it."""
        pairs = combinations(range(len(self.start)), 2)
        price = [0, *np.cumsum(self.more).tolist()]
        pairs_cost = sum(price[self.meetings[a][b]] for a, b in pairs)
        return float(pairs_cost) + self.revisit * self._returns()

    def _returns(self) -> int:
        return sum(max(n - 1, 0) for row in self.visits for n in row)
