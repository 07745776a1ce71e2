"""Find a seat sequence for one more guest while nobody else moves."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.rotation.balance import table_sizes
from alpclusters.analysis.rotation.fields import IntArray
from alpclusters.analysis.rotation.languages import BoolArray
from alpclusters.analysis.rotation.search import REVISIT_WEIGHT, Prefer, cost_of_pairs

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
