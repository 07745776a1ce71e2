"""Keep tables of one size: balanced subsets of words, repair, and one more guest."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.rotation.fields import IntArray
from alpclusters.analysis.rotation.languages import BoolArray
from alpclusters.analysis.rotation.search import REVISIT_WEIGHT, Prefer, cost_of_pairs

# --- Keep tables of one size: sizes by round, balanced subsets of words ---------------------------


MAX_RESTARTS = 40
MIN_RESTARTS = 4
RESTART_WORK = 4_000
MAX_SWAPS = 400


def table_sizes(seats: IntArray, tables: int) -> IntArray:
    """Count guests per round and table; void seats (-1) do not count.

    Parameters
    ----------
    seats : array of shape (n_guests, n_rounds)

    Returns
    -------
    array of shape (n_rounds, tables)
    """
    columns = [np.bincount(column[column >= 0], minlength=tables) for column in seats.T]
    return np.array(columns, dtype=np.int64).reshape(seats.shape[1], tables)


def is_balanced(seats: IntArray, tables: int) -> bool:
    """Tell whether in every round the sizes differ by at most one."""
    sizes = table_sizes(seats, tables)
    return bool((np.ptp(sizes, axis=1) <= 1).all())


@dataclass(frozen=True, slots=True, eq=False)
class Subset:
    """Rising row numbers of chosen words, and by how far the tables miss balance (0: not)."""

    rows: IntArray
    excess: int


def choose_balanced(
    words: IntArray, n: int, *, tables: int, loads: IntArray | None = None, seed: int = 0
) -> Subset:
    """Choose n of the words so that tables differ by at most one guest in every round.

    Parameters
    ----------
    words : array of shape (n_words, n_rounds)
    n : int
        How many to choose.
    tables : int
    loads : array of shape (n_rounds, tables), optional
        Guests who sit there already.
    seed : int
        Of the random starts.

    Returns
    -------
    Subset
        The best that was found; balanced if its excess is 0.

    Notes
    -----
    The first n words are tried first. Then: a random start; drop the word at the fullest tables
    and add another at the emptiest, ties at random, 400 times; 4 to 40 starts, the fewer the
    longer the list.
    """
    base = np.zeros((words.shape[1], tables), dtype=np.int64) if loads is None else loads
    best = _measured(words, np.arange(n), base)
    rng = np.random.default_rng(seed)
    restarts = min(max(RESTART_WORK // len(words), MIN_RESTARTS), MAX_RESTARTS)
    for _ in range(restarts):
        if best.excess == 0:
            break
        rows = _improved(words, rng.permutation(len(words))[:n], base, rng)
        best = min(best, _measured(words, rows, base), key=lambda found: found.excess)
    return best


def _measured(words: IntArray, rows: IntArray, base: IntArray) -> Subset:
    return Subset(rows, _excess(base + table_sizes(words[rows], base.shape[1])))


def _excess(sizes: IntArray) -> int:
    """Return by how much the sum of squares exceeds that of balanced tables."""
    n, tables = sizes.sum(axis=1), sizes.shape[1]
    low, more = np.divmod(n, tables)
    least = (tables - more) * low**2 + more * (low + 1) ** 2
    return int(((sizes**2).sum(axis=1) - least).sum())


def _improved(
    words: IntArray, chosen: IntArray, base: IntArray, rng: np.random.Generator
) -> IntArray:
    """Swap words in and out, ties at random, until the tables are equal or it takes too long."""
    rounds = np.arange(words.shape[1])
    inside = np.zeros(len(words), dtype=bool)
    inside[chosen] = True
    sizes = base + table_sizes(words[inside], base.shape[1])
    for _ in range(MAX_SWAPS if 0 < len(chosen) < len(words) else 0):
        if _excess(sizes) == 0:
            break
        load = sizes[rounds, words].sum(axis=1) + rng.random(len(words))
        drop = int(np.argmax(np.where(inside, load, -1)))
        sizes[rounds, words[drop]] -= 1
        load = sizes[rounds, words].sum(axis=1) + rng.random(len(words))
        add = int(np.argmin(np.where(inside, np.inf, load)))
        sizes[rounds, words[add]] += 1
        inside[[drop, add]] = False, True
    return np.flatnonzero(inside)


# --- Make a start keep its pins and its balance before the search improves it ---------------------


def keep_pins(seats: IntArray, pins: IntArray, *, tables: int) -> IntArray:
    """Move everybody pinned to the pinned table, in exchange with somebody free there.

    Parameters
    ----------
    seats, pins : array of shape (n_guests, n_rounds)
        ``pins`` is -1 where free; it fits balanced tables (`check_wishes`).

    Returns
    -------
    array of shape (n_guests, n_rounds)
        All pins kept, all tables balanced.
    """
    seats = seats.copy()
    for guest, round_ in np.argwhere((pins >= 0) & (pins != seats)):
        target = pins[guest, round_]
        partners = np.flatnonzero((seats[:, round_] == target) & (pins[:, round_] < 0))
        if len(partners):
            prices = [
                price_of_seat(seats, p, round_, int(seats[guest, round_]))
                for p in partners.tolist()
            ]
            seats[partners[int(np.argmin(prices))], round_] = seats[guest, round_]
        seats[guest, round_] = target
    return balance(seats, pins, tables=tables)


def balance(seats: IntArray, pins: IntArray, *, tables: int) -> IntArray:
    """Move free guests from the fullest to the emptiest tables until sizes differ by one."""
    seats = seats.copy()
    for round_ in range(seats.shape[1]):
        while True:
            sizes = table_sizes(seats[:, round_ : round_ + 1], tables)[0]
            target = int(np.argmin(sizes))
            free = np.flatnonzero(
                (pins[:, round_] < 0) & (sizes[seats[:, round_]] > sizes[target] + 1)
            )
            if not len(free):
                break
            prices = [
                price_of_seat(seats, int(guest), round_, target)
                - 1000 * sizes[seats[guest, round_]]
                for guest in free
            ]
            seats[free[int(np.argmin(prices))], round_] = target
    return seats


def price_of_seat(seats: IntArray, guest: int, round_: int, table: int) -> float:
    """Return what sitting there would cost: known faces, and a table seen before."""
    others = np.delete(np.arange(seats.shape[1]), round_)
    there = seats[:, round_] == table
    known = (seats[there][:, others] == seats[guest, others]) & (seats[guest, others] >= 0)
    met = known.any(axis=1).sum()
    return float(met + REVISIT_WEIGHT * (seats[guest, others] == table).any())


# --- Find a seat sequence for one more guest while nobody else moves ------------------------------


WIDTH = 20_000
WORK = 4_000_000
# For each guest by which a table is larger than the smallest of its round before somebody joins.
UNEVEN_WEIGHT = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Newcomer:
    """What decides where a guest who joins a plan sits.

    Attributes
    ----------
    seats : array of shape (n_guests, n_rounds)
        Of the others; nobody of them moves.
    tables : int
    start : int
        Round of arrival, from 0.
    wrong : array of shape (n_tables,)
        True where the newcomer does not speak the table's language.
    language_weight : float
        Price of a wrong-language seat; a repeat costs 1, a revisit 30.
    prefer : {'few', 'spread'}
    """

    seats: IntArray
    tables: int
    start: int
    wrong: BoolArray
    language_weight: float
    prefer: Prefer

    def costs(self, words: IntArray) -> NDArray[np.float64]:
        """Return what each word costs from the round of arrival on.

        Parameters
        ----------
        words : array of shape (n_words, n)
            Tables of the first n rounds from ``start`` on.
        """
        rounds = np.arange(self.start, self.start + words.shape[1])
        meetings = np.zeros((len(words), len(self.seats)), dtype=np.int64)
        for word, column in zip(words.T, self.seats[:, rounds].T, strict=True):
            meetings += word[:, None] == column[None, :]
        ordered = np.sort(words, axis=1)
        revisits = (ordered[:, 1:] == ordered[:, :-1]).sum(axis=1)
        sizes = table_sizes(self.seats, self.tables)[rounds]
        uneven = (sizes - sizes.min(axis=1, keepdims=True))[np.arange(len(rounds)), words]
        found: NDArray[np.float64] = (
            cost_of_pairs(meetings, self.prefer).sum(axis=1)
            + REVISIT_WEIGHT * revisits
            + UNEVEN_WEIGHT * uneven.sum(axis=1)
            + self.language_weight * self.wrong[words].sum(axis=1)
        )
        return found


def insert_guest(newcomer: Newcomer) -> IntArray:
    """Return the cheapest word from the round of arrival on.

    Returns
    -------
    array of shape (n_rounds - start,)

    Notes
    -----
    Sequences grow round by round; the cheapest are kept. All are kept for up to 10 tables and
    4 rounds, so that the result is then exact.
    """
    n, n_rounds = newcomer.seats.shape
    tables = newcomer.tables
    width = max(min(WIDTH, WORK // max(n, 1)), 100)
    words = np.empty((1, 0), dtype=np.int64)
    for _ in range(newcomer.start, n_rounds):
        grown = np.tile(np.arange(tables), len(words))
        words = np.column_stack([np.repeat(words, tables, axis=0), grown])
        words = words[np.argsort(newcomer.costs(words), kind="stable")[:width]]
    cheapest: IntArray = words[0]
    return cheapest
