"""Which list of words serves a number of guests, tables and rounds."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from alpclusters.analysis.rotation.affine import (
    affine_words,
    cyclic_words,
    is_prime_power,
    least_prime,
    least_prime_power,
)
from alpclusters.analysis.rotation.fields import IntArray
from alpclusters.analysis.rotation.small_orders import (
    six_tables_four_rounds,
    six_tables_three_rounds,
)
from alpclusters.analysis.rotation.starters import full_words, near_words, odd_words
from alpclusters.analysis.rotation.starters_data import FULL, NEAR, ODD

SIX = 6
THREE_ROUNDS = 3
FOUR_ROUNDS = 4


@dataclass(frozen=True, slots=True, eq=False)
class WordList:
    """Words of which no two agree twice and none has a table twice, unless it says so.

    Attributes
    ----------
    words : array of shape (n_words, n_rounds)
        The first n are balanced for every n that the list is chosen for.
    method : str
        How they were made.
    """

    words: IntArray
    method: str


def find_words(guests: int, tables: int, rounds: int) -> WordList | None:
    """Return the list to take for some guests, or the longest one if none suffices.

    Parameters
    ----------
    guests, tables, rounds : int
        With 2 <= rounds <= tables, or rounds = 1.

    Returns
    -------
    WordList or None
        None where no list is known (more than four rounds at such a number of tables).
    """
    known = _lists(guests, tables, rounds)
    fitting = [found for found in known if len(found.words) >= guests]
    return next(iter(fitting or known[-1:]), None)


def complete_words(tables: int, rounds: int) -> WordList | None:
    """Return a list of all T(T-1) words, or None."""
    n = tables * (tables - 1)
    known = [found for found in _lists(1, tables, rounds) if len(found.words) == n]
    return known[0] if known else None


def _lists(guests: int, tables: int, rounds: int) -> list[WordList]:
    """Return what is known, shortest first."""
    formula = _formula(tables, rounds)
    if formula:
        return [formula]
    if rounds <= FOUR_ROUNDS and tables in ODD:
        return [_cut(odd_words(tables), rounds)]
    if rounds <= FOUR_ROUNDS and tables in NEAR:
        return [_cut(near_words(tables), rounds), *_longer(guests, tables, rounds)]
    return []


def _longer(guests: int, tables: int, rounds: int) -> list[WordList]:
    if tables != SIX:
        return [_cut(full_words(tables), rounds)] if tables in FULL else []
    if rounds <= THREE_ROUNDS:
        return [WordList(six_tables_three_rounds()[:, :rounds], "idempotent Latin square")]
    if 24 < guests <= 30:  # noqa: PLR2004 - T(T-2) and T(T-1) for six tables
        return [WordList(six_tables_four_rounds(guests), "table of plans found by search")]
    return []


@cache
def _formula(tables: int, rounds: int) -> WordList | None:
    """Return the closed form, which has blocks that seat one guest at each table."""
    if is_prime_power(tables) and rounds <= tables:
        return WordList(*affine_words(tables, rounds))
    if rounds <= least_prime(tables):
        return WordList(*cyclic_words(tables, rounds))
    if rounds <= least_prime_power(tables):
        return WordList(*affine_words(tables, rounds))
    return None


def _cut(made: tuple[IntArray, str], rounds: int) -> WordList:
    words, method = made
    return WordList(np.ascontiguousarray(words[:, :rounds]), method)
