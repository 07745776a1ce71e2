"""Who knows some answers of a person and looks for the row."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.disclosure.answers import BoolArray, IntArray, whole_matrix
from alpclusters.analysis.disclosure.rows import NOT_GIVEN
from alpclusters.analysis.errors import ScaleError, Where

MOST_EXACT: Final = 2_000_000
"""Sets of answers of all people together up to which every set is tried."""
DRAWN: Final = 100_000
"""Sets drawn for all people together where there are too many to try them all."""
SEED: Final = 1


@dataclass(frozen=True, slots=True)
class KnowledgeAttack:
    """How often a row is found by somebody who knows q of its answers.

    Attributes
    ----------
    q : int
        Answers known.
    share : float
        Mean over people and over sets of q of their answers, from 0 to 1: the share of cases in
        which exactly one row has these answers.
    is_exact : bool
        Whether every set was tried; else 100,000 are drawn for all people, with a fixed seed.
    """

    q: int
    share: float
    is_exact: bool


def knowledge_attack(
    vectors: ArrayLike, *, known: tuple[int, ...] = (1, 2, 3, 4, 5, 6)
) -> tuple[KnowledgeAttack, ...]:
    """Say how often rows are found by neighbours who heard a few answers.

    Parameters
    ----------
    vectors : array_like of int, shape (n_rows, n_columns)
        The rows that are public; -1 where a row has no answer. No rows: nothing is found.
    known : tuple of int
        Numbers of answers a neighbour knows.

    Returns
    -------
    tuple of KnowledgeAttack
        One per number. People with fewer answers than that are left out.

    Examples
    --------
    >>> found = knowledge_attack([[0, 1], [0, 0], [1, 1]], known=(1, 2))
    >>> [(one.q, round(one.share, 3)) for one in found]
    [(1, 0.333), (2, 1.0)]
    >>> knowledge_attack([], known=(3,))[0].share
    0.0
    """
    given = vectors if np.size(vectors) else np.zeros((0, 0))
    rows = whole_matrix(given, argument="vectors", expected="(n_rows, n_columns)")
    if any(q < 1 for q in known):
        where = Where(argument="known")
        raise ScaleError("argument.out_of_range", where=where, expected=">= 1")
    is_exact = {q: len(rows) * comb(rows.shape[1], q) <= MOST_EXACT for q in known}
    return tuple(KnowledgeAttack(q, _share(rows, q, exact=is_exact[q]), is_exact[q]) for q in known)


def _share(rows: IntArray, q: int, *, exact: bool) -> float:
    rng = np.random.default_rng(SEED)
    drawn = DRAWN // max(len(rows), 1)
    shares = []
    for person in range(len(rows)):
        given = np.flatnonzero(rows[person] != NOT_GIVEN)
        if len(given) >= q:
            others = np.delete(rows, person, axis=0)[:, given]
            alike = others == rows[person, given]
            shares.append(_found(alike, _sets(len(given), q, rng, 0 if exact else drawn)))
    return float(np.mean(shares)) if shares else 0.0


def _sets(n: int, q: int, rng: np.random.Generator, drawn: int) -> IntArray:
    """Return sets of q of n answers, one per line: so many drawn, or all."""
    if not drawn:
        return np.array(list(combinations(range(n), q)), dtype=np.int64).reshape(-1, q)
    return rng.random((drawn, n)).argpartition(q - 1, axis=1)[:, :q]


def _found(alike: BoolArray, sets: IntArray) -> float:
    """Return the share of sets on which no other row agrees."""
    taken = np.zeros(len(sets), dtype=bool)
    for part in _parts(alike):
        agrees = np.ones((len(part), len(sets)), dtype=bool)
        for column in sets.T:
            agrees &= part[:, column]
        taken |= agrees.any(axis=0)
    return float(1 - taken.mean())


def _parts(alike: BoolArray) -> Iterator[BoolArray]:
    """Yield the other rows in parts that fit into memory."""
    for start in range(0, len(alike), 100):
        yield alike[start : start + 100]
