"""Figures of fewer than five people that follow from what is public (D3)."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

import numpy as np

from alpclusters.analysis.conventions import K_ANONYMITY
from alpclusters.analysis.disclosure.answers import BoolArray, IntArray
from alpclusters.analysis.disclosure.atoms import Atoms
from alpclusters.analysis.disclosure.systems import Outcome, Search

type Set = tuple[int, ...]
"""Atoms that together make a small set of people."""


def pinned_sets(
    atoms: Atoms,
    z: IntArray,
    search: Callable[[], Search],
    classes: Sequence[BoolArray],
    known: frozenset[int],
    seconds: Callable[[], float],
) -> Iterator[tuple[Set, bool]]:
    """Yield small sets of which a count is the same in every world, and whether that was decided.

    Counted are the answers of each class: a value, or a part of a pair.

    Sets are groups, what two groups share, and what one has and the other has not; those of
    whom everything is known already are left out.
    """
    for inside in small_sets(atoms):
        members = {person for atom in inside for person in atoms.members(atom)}
        if members <= known:
            continue
        mask = np.zeros(len(atoms.sizes), dtype=bool)
        mask[list(inside)] = True
        counted = [one for one in classes if z[mask][:, one].any()]
        open_ = [one for one in counted if not _is_exchanged(mask, one, atoms, z)]
        verdict = _verdict(mask, open_, z, search, seconds)
        if verdict is not None:
            yield inside, verdict


def small_sets(atoms: Atoms) -> list[Set]:
    """Return the sets of 1 to 4 people that groups and their differences make."""
    rows = [*atoms.inside, np.ones(len(atoms.sizes), dtype=bool)]
    made: dict[Set, None] = {}
    for one, other in combinations(rows, 2):
        for mask in (one, one & other, one & ~other, other & ~one):
            if 0 < atoms.sizes[mask].sum() < K_ANONYMITY:
                made.setdefault(tuple(np.flatnonzero(mask).tolist()))
    return list(made)


def _verdict(
    mask: BoolArray,
    classes: Sequence[BoolArray],
    z: IntArray,
    search: Callable[[], Search],
    seconds: Callable[[], float],
) -> bool | None:
    """Return None if every count may differ, True if one cannot, False if that is open."""
    is_open = False
    for alike in classes:
        outcomes = {_ask(mask, alike, sign, z, search, seconds) for sign in (1, -1)}
        if outcomes == {"fixed"}:
            return True
        is_open |= "moved" not in outcomes
    return False if is_open else None


def _ask(
    mask: BoolArray,
    alike: BoolArray,
    sign: int,
    z: IntArray,
    search: Callable[[], Search],
    seconds: Callable[[], float],
) -> Outcome:
    """Look for a world in which fewer (or more) of the set gave an answer of a class."""
    if seconds() <= 0:
        return "undecided"
    cost = np.zeros_like(z)
    cost[np.ix_(mask, alike)] = sign
    return search().smallest(cost.ravel(), int((cost * z).sum()), seconds=seconds())[0]


def _is_exchanged(mask: BoolArray, alike: BoolArray, atoms: Atoms, z: IntArray) -> bool:
    """Say whether an exchange of four changes how many of the set gave an answer of a class."""
    a, b, c, d = atoms.squares.T
    inside = mask.astype(np.int64)
    changed = inside[a] + inside[d] != inside[b] + inside[c]
    a, b, c, d = (column[changed] for column in (a, b, c, d))
    has = z > 0
    given = has[a][:, alike] & has[d][:, alike]
    taken = has[b][:, ~alike] & has[c][:, ~alike]
    return bool((given.any(axis=1) & taken.any(axis=1)).any())
