"""Atoms: people who lie in exactly the same groups of a question cannot be told apart."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

import numpy as np

from alpclusters.analysis.disclosure.answers import Block, BoolArray, IntArray
from alpclusters.analysis.disclosure.statements import People

KEPT: Final = 512
MOST_SQUARES: Final = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class Atoms:
    """The atoms of all groups of a question.

    Attributes
    ----------
    of : array of int64, shape (n_people,)
        Atom of each person.
    inside : array of bool, shape (n_groups, n_atoms)
        Whether an atom lies in a group.
    sizes : array of int64, shape (n_atoms,)
        People.
    squares : array of int64, shape (n_squares, 4)
        Atoms a, b, c, d such that a and d together lie in the same groups as b and c together,
        with the same multiplicity: what a and d give up and b and c take over changes no
        histogram of a group.
    """

    of: IntArray
    inside: BoolArray
    sizes: IntArray
    squares: IntArray
    _members: tuple[tuple[int, ...], ...]

    def members(self, atom: int) -> tuple[int, ...]:
        """Return the people of an atom in ascending order."""
        return self._members[atom]


def counts_of(block: Block, atoms: Atoms) -> IntArray:
    """Return how many people of each atom gave each answer, shape (n_atoms, n_values)."""
    z = np.zeros((len(atoms.sizes), len(block.values)), dtype=np.int64)
    np.add.at(z, (atoms.of, block.answers), 1)
    return z


@lru_cache(maxsize=KEPT)
def atoms_of(groups: tuple[People, ...], n_people: int) -> Atoms:
    """Split all people by the groups they lie in; questions with the same groups share it."""
    signs = np.zeros((n_people, len(groups)), dtype=bool)
    for column, group in enumerate(groups):
        signs[list(group), column] = True
    inside, of = np.unique(signs, axis=0, return_inverse=True)
    of = of.reshape(-1).astype(np.int64)
    sizes = np.bincount(of, minlength=len(inside))
    squares = _squares(inside)
    members = tuple(tuple(np.flatnonzero(of == atom).tolist()) for atom in range(len(inside)))
    for array in (of, inside, sizes, squares):
        array.setflags(write=False)
    return Atoms(of, inside.T, sizes, squares, members)


def _squares(signs: BoolArray) -> IntArray:
    """Find all squares: two pairs of atoms whose memberships add up to the same."""
    codes = [sum(3**place for place in np.flatnonzero(sign).tolist()) for sign in signs]
    pairs = defaultdict(list)
    for one, other in combinations(range(len(codes)), 2):
        pairs[codes[one] + codes[other]].append((one, other))
    found: list[tuple[int, int, int, int]] = []
    for alike in pairs.values():
        for (a, d), (b, c) in combinations(alike, 2):
            found += [(a, b, c, d), (d, b, c, a), (b, a, d, c), (c, a, d, b)]
        if len(found) > MOST_SQUARES:
            break
    return np.array(found, dtype=np.int64).reshape(-1, 4)
