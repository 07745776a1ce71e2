"""Keep tables of one size: sizes by round, balanced subsets of words."""

from dataclasses import dataclass

import numpy as np

from alpclusters.analysis.rotation.fields import IntArray

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
