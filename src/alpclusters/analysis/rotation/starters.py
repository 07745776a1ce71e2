"""Develop the starters into words: even numbers of tables, and 15 and 21."""

from functools import cache

import numpy as np

from alpclusters.analysis.rotation.fields import IntArray
from alpclusters.analysis.rotation.starters_data import FULL, NEAR, ODD

MAX_ROUNDS = 4


@cache
def near_words(tables: int) -> tuple[IntArray, str]:
    """Return T(T-2) words for an even T of the table, in blocks that seat one at each table.

    Examples
    --------
    >>> near_words(6)[0][[0, 1, 6]].tolist()
    [[0, 1, 3, 5], [1, 2, 4, 0], [1, 0, 5, 3]]
    """
    return _developed(_mirrored(_base(NEAR[tables])), tables), f"near starter Z_{tables}"


@cache
def odd_words(tables: int) -> tuple[IntArray, str]:
    """Return T(T-1) words for T = 15 or 21."""
    return _developed(_mirrored(_base(ODD[tables])), tables), f"starter Z_{tables}"


@cache
def full_words(tables: int) -> tuple[IntArray, str]:
    """Return T(T-1) words for an even T of the table; table T-1 is the fixed one.

    The last T-1 words are one orbit without the fixed table: up to all of them may be left
    out and the rest stays balanced.
    """
    (ay, az), (bx, bz), rest = FULL[tables]
    fixed = -1
    base = [np.array([fixed, 0, ay, az]), np.array([0, bx, fixed, bz]), *_base(rest)]
    n = tables - 1
    words = _developed(_mirrored(base), n, fixed=fixed)
    return words, f"full starter Z_{n} and one fixed table"


def _base(text: str) -> list[IntArray]:
    return [np.array([0, *map(int, word.split(","))]) for word in text.split()]


def _mirrored(base: list[IntArray]) -> IntArray:
    return np.array([row for word in base for row in (word, word[[1, 0, 3, 2]])])


def _developed(base: IntArray, n: int, *, fixed: int | None = None) -> IntArray:
    words = (base[:, None, :] + np.arange(n)[None, :, None]) % n
    if fixed is not None:
        words = np.where(base[:, None, :] == fixed, n, words)
    found: IntArray = words.reshape(-1, base.shape[1])
    return found
