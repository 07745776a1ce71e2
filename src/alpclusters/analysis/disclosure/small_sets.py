"""Figures of fewer than five people that follow from what is public (D3)."""

from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np

from alpclusters.analysis.conventions import K_ANONYMITY
from alpclusters.analysis.disclosure.answers import BoolArray, IntArray
from alpclusters.analysis.disclosure.atoms import Atoms
from alpclusters.analysis.disclosure.systems import Search

type Set = tuple[int, ...]
"""Atoms that together make a small set of people."""


def pinned_sets(
    atoms: Atoms,
    z: IntArray,
    search: Search,
    known: frozenset[int],
    seconds: Callable[[], float],
) -> Iterator[tuple[Set, bool]]:
    """Yield small sets of which a count is the same in every world, and whether it was decided.

    Sets are groups, what two groups share, and what one has and the other has not; those of
    whom everything is known already are left out.
    """
    for inside in small_sets(atoms):
        members = {person for atom in inside for person in atoms.members(atom)}
        if members <= known:
            continue
        mask = np.zeros(len(atoms.sizes), dtype=bool)
        mask[list(inside)] = True
        verdict = _verdict(mask, atoms, z, search, seconds)
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
    mask: BoolArray, atoms: Atoms, z: IntArray, search: Search, seconds: Callable[[], float]
) -> bool | None:
    """Return None if every count may differ, True if one cannot, False if that is open."""
    is_open = False
    for value in np.flatnonzero(z[mask].sum(axis=0)).tolist():
        if _is_exchanged(mask, value, atoms, z):
            continue
        outcomes = []
        for sign in (1, -1):
            cost = np.zeros_like(z)
            cost[mask, value] = sign
            if seconds() <= 0:
                outcomes.append("undecided")
                break
            truth = int((cost * z).sum())
            outcome, _ = search.smallest(cost.ravel(), truth, seconds=seconds())
            outcomes.append(outcome)
            if outcome == "moved":
                break
        if "moved" in outcomes:
            continue
        if "undecided" not in outcomes:
            return True
        is_open = True
    return False if is_open else None


def _is_exchanged(mask: BoolArray, value: int, atoms: Atoms, z: IntArray) -> bool:
    """Say whether an exchange of four changes how many of the set gave a value."""
    a, b, c, d = atoms.squares.T
    change = mask[a].astype(int) + mask[d] - mask[b] - mask[c]
    a, b, c, d = (column[change != 0] for column in (a, b, c, d))
    has = z > 0
    given = has[a, value] & has[d, value]
    others = np.delete(np.arange(z.shape[1]), value)
    taken = has[b][:, others] & has[c][:, others]
    return bool((given & taken.any(axis=1)).any())
