"""Local search: swap two guests of a round while that lowers the cost."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.rotation.fields import IntArray
from alpclusters.analysis.rotation.languages import BoolArray

FloatArray = NDArray[np.float64]
SmallArray = NDArray[np.float32]
Prefer = Literal["few", "spread"]

REVISIT_WEIGHT = 30.0
LANGUAGE_WEIGHT = 3.0
APART_WEIGHT = 1_000.0
PATIENCE = 2_000
WORK = 3e7
MAX_ITERATIONS = 4_000
MIN_ITERATIONS = 40
MAX_SWAPS_LOOKED_AT = 400


@dataclass(frozen=True, slots=True, eq=False)
class Costs:
    """What a plan pays for.

    Attributes
    ----------
    tables : int
    wrong : array of shape (n_guests, n_tables)
        True where the guest does not speak the table's language.
    apart : array of shape (n_guests, n_guests)
        True for pairs that must not meet.
    frozen : array of shape (n_guests, n_rounds)
        True for seats that must not change.
    revisit, language : float
        Weights; a repeat costs 1.
    prefer : {'few', 'spread'}
        A pair that meets m times costs m - 1, or its square.
    """

    tables: int
    wrong: BoolArray
    apart: BoolArray
    frozen: BoolArray
    revisit: float = REVISIT_WEIGHT
    language: float = LANGUAGE_WEIGHT
    prefer: Prefer = "few"

    def of_pairs(self, meetings: IntArray) -> IntArray:
        """Return the cost of pairs that meet so often."""
        again = np.maximum(meetings - 1, 0)
        return again if self.prefer == "few" else again**2


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The best plan seen, its cost and how many iterations were made."""

    seats: IntArray
    cost: float
    iterations: int


def default_iterations(guests: int) -> int:
    """Return a limit that takes about a second: iterations, not time, so that seeds repeat."""
    return int(min(max(WORK / guests**2, MIN_ITERATIONS), MAX_ITERATIONS))


def total_cost(seats: IntArray, costs: Costs) -> float:
    """Compute the cost of a plan from scratch."""
    meetings = count_meetings(seats)
    visits = count_visits(seats, costs.tables)
    upper = np.triu_indices(len(seats), 1)
    wrong = costs.wrong[np.arange(len(seats))[:, None], seats].sum()
    return float(
        costs.of_pairs(meetings)[upper].sum()
        + APART_WEIGHT * (meetings * costs.apart)[upper].sum()
        + costs.revisit * np.maximum(visits - 1, 0).sum()
        + costs.language * wrong
    )


def count_meetings(seats: IntArray) -> IntArray:
    """Count for every pair the rounds at one table; the diagonal is 0."""
    n = len(seats)
    meetings = np.zeros((n, n), dtype=np.int64)
    for column in seats.T:
        meetings += (column[:, None] == column[None, :]) & (column >= 0)[:, None]
    np.fill_diagonal(meetings, 0)
    return meetings


def count_visits(seats: IntArray, tables: int) -> IntArray:
    """Count for every guest the rounds at each table."""
    visits = np.zeros((len(seats), tables), dtype=np.int64)
    for column in seats.T:
        here = column >= 0
        visits[np.flatnonzero(here), column[here]] += 1
    return visits


def improve(
    seats: IntArray, costs: Costs, *, target: float, max_iterations: int, seed: int
) -> Found:
    """Improve a plan by swaps until the cost meets the target or the iterations end.

    Parameters
    ----------
    seats : array of shape (n_guests, n_rounds)
        Everybody has a seat in every round; sizes of tables stay as they are.
    costs : Costs
    target : float
        Cost that no plan can beat.
    max_iterations : int
    seed : int
        Of the tabu tenures.

    Returns
    -------
    Found
        Never worse than what came in.

    Notes
    -----
    One iteration takes one round. With the other rounds fixed, the change of every swap is
    known from three array operations; the best one is made even if it costs (its guests rest
    for 4 to 12 visits of the round), and with it all further gains at other pairs of tables,
    whose changes add exactly. Ends early after 2,000 iterations without gain.
    """
    walk = _Walk(seats.copy(), costs, np.random.default_rng(seed))
    for iteration in range(max_iterations):
        if walk.best_cost <= target or iteration - walk.best_at > PATIENCE:
            return Found(walk.best, walk.best_cost, iteration)
        walk.step(iteration)
    return Found(walk.best, walk.best_cost, max_iterations)


@dataclass(slots=True, eq=False)
class _Walk:
    seats: IntArray
    costs: Costs
    rng: np.random.Generator
    meetings: IntArray = field(init=False)
    visits: IntArray = field(init=False)
    rests_until: IntArray = field(init=False)
    cost: float = field(init=False)
    best: IntArray = field(init=False)
    best_cost: float = field(init=False)
    best_at: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.meetings = count_meetings(self.seats)
        self.visits = count_visits(self.seats, self.costs.tables)
        self.rests_until = np.zeros(self.seats.shape, dtype=np.int64)
        self.cost = total_cost(self.seats, self.costs)
        self.best, self.best_cost = self.seats.copy(), self.cost

    def step(self, iteration: int) -> None:
        """Visit one round and make its best swaps."""
        n_rounds = self.seats.shape[1]
        visit, round_ = divmod(iteration, n_rounds)
        change = self._changes(round_)
        resting = self.rests_until[:, round_] > visit
        swaps = self._chosen(change, round_, resting)
        for a, b in swaps:
            self.cost += float(change[a, b])
            self._swap(a, b, round_)
            self.rests_until[[a, b], round_] = visit + self.rng.integers(4, 13, size=2)
        if swaps and self.cost < self.best_cost:
            self.best, self.best_cost, self.best_at = self.seats.copy(), self.cost, iteration

    def _changes(self, round_: int) -> SmallArray:
        """Return for every pair of guests what swapping them in this round would change."""
        costs, column = self.costs, self.seats[:, round_]
        n = np.arange(len(column))
        same = column[:, None] == column[None, :]
        others = self.meetings - same
        np.fill_diagonal(others, 0)
        face = (costs.of_pairs(others + 1) - costs.of_pairs(others)).astype(np.float32)
        face += np.float32(APART_WEIGHT) * costs.apart
        np.fill_diagonal(face, 0)
        here = np.zeros((len(column), costs.tables), dtype=np.float32)
        here[n, column] = 1
        been = self.visits - here > 0
        price = face @ here + costs.language * costs.wrong + costs.revisit * been
        gain = (price - price[n, column][:, None]).astype(np.float32)
        moved = gain[:, column]
        change: SmallArray = moved + moved.T - 2 * face
        still = costs.frozen[:, round_]
        change[same | still[:, None] | still[None, :]] = np.inf
        return change

    def _chosen(self, change: SmallArray, round_: int, resting: BoolArray) -> list[tuple[int, int]]:
        """Choose the best swap and all further gains at disjoint pairs of tables."""
        allowed = ~(resting[:, None] | resting[None, :])
        allowed |= change < self.best_cost - self.cost - 1e-6  # better than ever: no rest
        usable = np.where(allowed, change, np.inf)
        first = int(np.argmin(usable))
        if not np.isfinite(usable.flat[first]):
            return []
        taken: set[int] = set()
        swaps = []
        for place in (first, *_gains(usable)):
            a, b = divmod(place, len(change))
            i, j = int(self.seats[a, round_]), int(self.seats[b, round_])
            if not taken & {i, j}:
                taken |= {i, j}
                swaps.append((a, b))
        return swaps

    def _swap(self, a: int, b: int, round_: int) -> None:
        column = self.seats[:, round_]
        i, j = column[a], column[b]
        for guest, old, new in ((a, i, j), (b, j, i)):
            with_old, with_new = column == old, column == new
            with_old[[a, b]] = with_new[[a, b]] = False
            self.meetings[guest] += with_new.astype(np.int64) - with_old
            self.meetings[:, guest] = self.meetings[guest]
            self.visits[guest, old] -= 1
            self.visits[guest, new] += 1
        column[a], column[b] = j, i


def _gains(change: SmallArray) -> list[int]:
    """Return the swaps that lower the cost, best first, at most some hundred."""
    places = np.flatnonzero(np.triu(change, 1) < -1e-6)  # noqa: PLR2004 - rounding
    values = change.flat[places]
    if len(places) > MAX_SWAPS_LOOKED_AT:
        keep = np.argpartition(values, MAX_SWAPS_LOOKED_AT)[:MAX_SWAPS_LOOKED_AT]
        places, values = places[keep], values[keep]
    return [int(place) for place in places[np.argsort(values, kind="stable")]]
