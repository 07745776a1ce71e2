"""Find a seat sequence for one more guest while nobody else moves."""

import numpy as np

from alpclusters.analysis.rotation.balance import table_sizes
from alpclusters.analysis.rotation.fields import IntArray
from alpclusters.analysis.rotation.languages import BoolArray
from alpclusters.analysis.rotation.search import REVISIT_WEIGHT

WIDTH = 20_000
WORK = 4_000_000


def insert_guest(
    seats: IntArray,
    tables: int,
    *,
    from_round: int,
    wrong: BoolArray,
    language_weight: float,
) -> IntArray:
    """Return the word of a guest who joins, -1 before the round of arrival.

    Parameters
    ----------
    seats : array of shape (n_guests, n_rounds)
    tables : int
    from_round : int
        From 0.
    wrong : array of shape (n_tables,)
        True where the newcomer does not speak the table's language.
    language_weight : float
        Price of a wrong-language seat; a repeat costs 1, a revisit 30.

    Returns
    -------
    array of shape (n_rounds,)

    Notes
    -----
    Sequences grow round by round; the cheapest are kept, ties by the sum of table sizes. All
    are kept for up to 10 tables and 4 rounds, so that the result is then exact.
    """
    sizes = table_sizes(seats, tables)
    width = max(min(WIDTH, WORK // max(len(seats), 1)), 100)
    paths = np.empty((1, 0), dtype=np.int64)
    for round_ in range(from_round, seats.shape[1]):
        paths = np.column_stack(
            [np.repeat(paths, tables, axis=0), np.tile(np.arange(tables), len(paths))]
        )
        rounds = np.arange(from_round, round_ + 1)
        cost = _costs(paths, seats[:, rounds], wrong, language_weight)
        load = sizes[rounds, paths].sum(axis=1)
        paths = paths[np.lexsort((load, cost))[:width]]
    return np.concatenate([np.full(from_round, -1), paths[0]])


def _costs(
    paths: IntArray, seats: IntArray, wrong: BoolArray, language_weight: float
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    meetings = np.zeros((len(paths), len(seats)), dtype=np.int16)
    for path, column in zip(paths.T, seats.T, strict=True):
        meetings += path[:, None] == column[None, :]
    repeats = np.maximum(meetings - 1, 0).sum(axis=1)
    ordered = np.sort(paths, axis=1)
    revisits = (ordered[:, 1:] == ordered[:, :-1]).sum(axis=1)
    cost = repeats + REVISIT_WEIGHT * revisits + language_weight * wrong[paths].sum(axis=1)
    return np.asarray(cost, dtype=np.float64)
