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
ROUNDING = 1e-3


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
        A pair that meets m times costs m - 1; spread, a third meeting costs more than what
        it saves elsewhere: m - 1 + 3 (m - 2)^2 from there on.
    """

    tables: int
    wrong: BoolArray
    apart: BoolArray
    frozen: BoolArray
    revisit: float = REVISIT_WEIGHT
    language: float = LANGUAGE_WEIGHT
    prefer: Prefer = "spread"
    returns_first: bool = False

    def of_pairs(self, meetings: IntArray) -> IntArray:
        """Return the cost of pairs that meet so often."""
        return cost_of_pairs(meetings, self.prefer)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The best plan seen, its cost and how many iterations were made."""

    seats: IntArray
    cost: float
    iterations: int

    @property
    def returns(self) -> int:
        """Rounds of guests at a table they had been at before."""
        ordered = np.sort(self.seats, axis=1)
        again = (ordered[:, 1:] == ordered[:, :-1]) & (ordered[:, 1:] >= 0)
        return int(again.sum())


def cost_of_pairs(meetings: IntArray, prefer: Prefer) -> IntArray:
    """Return what pairs cost that meet so often; the first meeting is free."""
    again = np.maximum(meetings - 1, 0)
    return again if prefer == "few" else again + 3 * np.maximum(again - 1, 0) ** 2


def default_iterations(guests: int) -> int:
    """Return a limit that takes about a second: iterations, not time, so that seeds repeat."""
    return int(min(max(WORK / guests**2, MIN_ITERATIONS), MAX_ITERATIONS))


def price_above_repeats(seats: IntArray, costs: Costs) -> float:
    """Return a price of a return to a table that no single swap can earn by sparing repeats."""
    rounds = seats.shape[1]
    dearest = np.diff(costs.of_pairs(np.array([rounds - 1, rounds])))
    largest = -(-len(seats) // costs.tables)
    return max(costs.revisit, 2.0 * largest * float(dearest[0]))


def total_cost(seats: IntArray, costs: Costs) -> float:
    """Compute the cost of a plan from scratch."""
    meetings = count_meetings(seats)
    visits = count_visits(seats, costs.tables)
    upper = np.triu_indices(len(seats), 1)
    guest, round_ = np.nonzero(seats >= 0)
    wrong = costs.wrong[guest, seats[guest, round_]].sum()
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
        -1 where a guest has no seat, which must be frozen; sizes of tables stay as they are.
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
    meetings: NDArray[np.int16] = field(init=False)
    has_apart: bool = field(init=False)
    visits: IntArray = field(init=False)
    rests_until: IntArray = field(init=False)
    cost: float = field(init=False)
    best: IntArray = field(init=False)
    best_cost: float = field(init=False)
    best_returns: int = field(init=False)
    best_at: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.meetings = count_meetings(self.seats).astype(np.int16)
        self.has_apart = bool(self.costs.apart.any())
        self.visits = count_visits(self.seats, self.costs.tables)
        self.rests_until = np.zeros(self.seats.shape, dtype=np.int64)
        self.cost = total_cost(self.seats, self.costs)
        self.best, self.best_cost = self.seats.copy(), self.cost
        self.best_returns = self._returns()

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
        if swaps and self._is_better():
            self.best, self.best_cost, self.best_at = self.seats.copy(), self.cost, iteration
            self.best_returns = self._returns()

    def _is_better(self) -> bool:
        returns = self._returns()
        if returns != self.best_returns:
            return returns < self.best_returns
        return self.cost < self.best_cost

    def _returns(self) -> int:
        """Return what counts before the cost: returns to a table, or nothing."""
        return int(np.maximum(self.visits - 1, 0).sum()) if self.costs.returns_first else 0

    def _changes(self, round_: int) -> SmallArray:
        """Return for every pair of guests what swapping them in this round would change."""
        costs, column = self.costs, self.seats[:, round_]
        everybody = np.arange(len(column))
        same = column[:, None] == column[None, :]
        face = self._faces(same)
        been = self._been(everybody, column)
        price = _by_table(face, column, costs.tables)
        price += costs.language * costs.wrong + costs.revisit * been
        gain = (price - price[everybody, column][:, None]).astype(np.float32)
        moved = np.take(gain, column, axis=1)
        change: SmallArray = moved + moved.T
        face *= 2
        change -= face
        change[same] = np.inf
        _forbid(change, costs.frozen[:, round_])
        return change

    def _been(self, everybody: IntArray, column: IntArray) -> BoolArray:
        """Tell for every guest and table whether another round leads there."""
        others = self.visits.copy()
        others[everybody, column] -= 1
        return others > 0

    def _faces(self, same: BoolArray) -> SmallArray:
        """Return what it costs each pair to meet in this round, given all other rounds."""
        others = self.meetings - same
        if self.costs.prefer == "few":
            face = (others > 0).astype(np.float32)
        else:
            # One more than m >= 2 meetings costs 1 + 3 (m - 1)^2 - 3 (m - 2)^2.
            face = np.where(others > 1, 6 * others - 8, others > 0).astype(np.float32)
        if self.has_apart:
            face += np.float32(APART_WEIGHT) * self.costs.apart
        np.fill_diagonal(face, 0)
        return face

    def _chosen(self, change: SmallArray, round_: int, resting: BoolArray) -> list[tuple[int, int]]:
        """Choose the best swap and all further gains at disjoint pairs of tables."""
        first = int(np.argmin(change))
        if not change.flat[first] < self.best_cost - self.cost - ROUNDING:
            _forbid(change, resting)  # unless it is better than ever
            first = int(np.argmin(change))
        if not np.isfinite(change.flat[first]):
            return []
        taken: set[int] = set()
        swaps = []
        for place in (first, *_gains(change)):
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
            self.meetings[guest] += with_new.astype(np.int16) - with_old
            self.meetings[:, guest] = self.meetings[guest]
            self.visits[guest, old] -= 1
            self.visits[guest, new] += 1
        column[a], column[b] = j, i


def _by_table(face: SmallArray, column: IntArray, tables: int) -> FloatArray:
    """Sum the columns of each table's guests; a matrix product would wake many threads."""
    order = np.argsort(column, kind="stable")
    order = order[column[order] >= 0]
    present, starts = np.unique(column[order], return_index=True)
    found = np.zeros((len(column), tables))
    found[:, present] = np.add.reduceat(np.take(face, order, axis=1), starts, axis=1)
    return found


def _forbid(change: SmallArray, guests: BoolArray) -> None:
    rows = np.flatnonzero(guests)
    change[rows] = np.inf
    change[:, rows] = np.inf


def _gains(change: SmallArray) -> list[int]:
    """Return the swaps that lower the cost, best first, at most some hundred."""
    places = np.flatnonzero(change < -ROUNDING)
    places = places[places // len(change) < places % len(change)]
    values = change.flat[places]
    if len(places) > MAX_SWAPS_LOOKED_AT:
        keep = np.argpartition(values, MAX_SWAPS_LOOKED_AT)[:MAX_SWAPS_LOOKED_AT]
        places, values = places[keep], values[keep]
    return [int(place) for place in places[np.argsort(values, kind="stable")]]
