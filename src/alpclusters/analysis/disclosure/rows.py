"""Rows that link one person's answers: who is read from them with the counts of groups."""

import time
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from alpclusters.analysis.conventions import K_ANONYMITY
from alpclusters.analysis.disclosure.answers import BoolArray, IntArray, whole_matrix
from alpclusters.analysis.disclosure.systems import Row, Search, System
from alpclusters.analysis.errors import ScaleError, Where

NOT_GIVEN: Final = -1
"""Place of an answer that a row does not have."""


@dataclass(frozen=True, slots=True)
class RowGroup:
    """A group of which counts are public beside the rows.

    Attributes
    ----------
    split, name : hashable
        Groups of one split exclude each other.
    members : frozenset of int
        The rows of its people: what an attacker wants to know.
    shown : frozenset of int
        Columns (questions) for which the counts of the group are public.
    """

    split: Hashable
    name: Hashable
    members: frozenset[int]
    shown: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class RowRelease:
    """A file with one row per person, and counts of groups of the same people.

    Attributes
    ----------
    answers : array of int64, shape (n_rows, n_columns)
        Position of each answer in the values of its column; -1 where a row has none.
    groups : tuple of RowGroup
    """

    answers: IntArray
    groups: tuple[RowGroup, ...]

    def __post_init__(self) -> None:
        answers = whole_matrix(self.answers, argument="answers", expected="(n_rows, n_columns)")
        object.__setattr__(self, "answers", answers)
        for group in self.groups:
            if group.members - set(range(len(answers))):
                raise ScaleError("disclosure.person_unknown", where=Where(argument="groups"))


@dataclass(frozen=True, slots=True, eq=False)
class RowAttack:
    """What is certain about which row belongs to which group (D1).

    Attributes
    ----------
    certain : array of bool, shape (n_rows, n_groups)
        Whether "is one of the group" or "is not one of it" holds in every world. Read-only.
    undecided : array of bool, shape (n_rows, n_groups)
        Not decided within the limit; counts as disclosed. Read-only.
    groups_read : tuple of bool
        Groups all of whose members are certain.
    tied : tuple of int
        Rows that are certainly in one group of every split.
    tied_below : tuple of int
        Those of them that fewer than five rows share all groups with.
    tied_alone : tuple of int
        Those that are alone in it.
    """

    certain: BoolArray
    undecided: BoolArray
    groups_read: tuple[bool, ...]
    tied: tuple[int, ...]
    tied_below: tuple[int, ...]
    tied_alone: tuple[int, ...]


def attack_rows(release: RowRelease, *, limit_s: float = 300.0) -> RowAttack:
    """Find which rows are certainly in a group, or certainly not.

    Each group by itself: one unknown per different row, equations for every answer of every
    question of which the group's counts are public. What is not certain by one group alone is
    asked again with all groups of its split, which exclude each other.

    Parameters
    ----------
    release : RowRelease
    limit_s : float, default 300
        Limit of processor time in seconds; what is undecided then counts as disclosed.

    Returns
    -------
    RowAttack

    Examples
    --------
    >>> import numpy as np
    >>> from alpclusters.analysis.disclosure import RowGroup, RowRelease, attack_rows
    >>> answers = np.array([[0, 1], [0, 0], [1, 1], [1, 0]])
    >>> group = RowGroup("role", "firm", frozenset({0, 1}), frozenset({0, 1}))
    >>> attack_rows(RowRelease(answers, (group,))).groups_read
    (True,)
    """
    ends = time.process_time() + limit_s
    shape = (len(release.answers), len(release.groups))
    certain, undecided = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    splits: dict[Hashable, list[int]] = {}
    for place, group in enumerate(release.groups):
        splits.setdefault(group.split, []).append(place)
    for places in splits.values():
        for place in places:
            certain[:, [place]], undecided[:, [place]] = _attack(release, [place], ends)
        if len(places) > 1 and not certain[:, places].all():
            more, _ = _attack(release, places, ends)
            certain[:, places] |= more
            undecided[:, places] &= ~more
    certain.setflags(write=False)
    undecided.setflags(write=False)
    tied = _tied(release, certain | undecided)
    shared = Counter(tied.values())
    return RowAttack(
        certain=certain,
        undecided=undecided,
        groups_read=tuple(
            bool((certain | undecided)[sorted(group.members), place].all())
            for place, group in enumerate(release.groups)
        ),
        tied=tuple(tied),
        tied_below=tuple(row for row, cell in tied.items() if shared[cell] < K_ANONYMITY),
        tied_alone=tuple(row for row, cell in tied.items() if shared[cell] == 1),
    )


def _attack(release: RowRelease, places: Sequence[int], ends: float) -> tuple[BoolArray, BoolArray]:
    """Decide the membership of every row in these groups of one split."""
    kinds, kind_of = np.unique(release.answers, axis=0, return_inverse=True)
    kind_of = kind_of.reshape(-1)
    sizes = np.bincount(kind_of)
    truth = np.zeros((len(places), len(kinds)), dtype=np.int64)
    for at, place in enumerate(places):
        np.add.at(truth[at], kind_of[sorted(release.groups[place].members)], 1)
    rows = [row for at, p in enumerate(places) for row in _counts(release, p, kinds, truth[at], at)]
    width = len(kinds)
    for kind in range(width) if len(places) > 1 else ():
        columns = tuple(at * width + kind for at in range(len(places)))
        rows.append(Row(columns, (1,) * len(places), 0, int(sizes[kind])))
    search = Search(System(tuple(sizes.tolist()) * len(places), tuple(rows)))
    # Of rows that are the same, some in the group and some not, none is certain.
    open_ = (truth == 0) | (truth == sizes)
    undecided = np.zeros_like(open_)
    while open_.any():
        cost = np.where(open_, np.where(truth == 0, -1, 1), 0)
        agreed = int((cost * truth).sum())
        outcome, world = search.smallest(cost.ravel(), agreed, seconds=ends - time.process_time())
        if world is None:
            undecided = open_ & (outcome != "fixed")
            break
        open_ &= world.reshape(truth.shape) == truth
    return (open_ & ~undecided)[:, kind_of].T, undecided[:, kind_of].T


def _counts(
    release: RowRelease, place: int, kinds: IntArray, truth: IntArray, at: int
) -> list[Row]:
    """Write the public counts of one group as equations over kinds of rows."""
    found = []
    for column in sorted(release.groups[place].shown):
        for value in np.unique(kinds[:, column]).tolist():
            if value == NOT_GIVEN:
                continue
            chosen = np.flatnonzero(kinds[:, column] == value)
            n = int(truth[chosen].sum())
            columns = tuple((at * len(kinds) + chosen).tolist())
            found.append(Row(columns, (1,) * len(columns), n, n))
    return found


def _tied(release: RowRelease, certain: BoolArray) -> Mapping[int, tuple[Hashable, ...]]:
    """Return the rows that are certainly in one group of every split, and in which."""
    splits = dict.fromkeys(group.split for group in release.groups)
    found = {}
    for row in range(len(release.answers)):
        cell = {
            group.split: group.name
            for place, group in enumerate(release.groups)
            if row in group.members and certain[row, place]
        }
        if splits and cell.keys() == splits.keys():
            found[row] = tuple(cell[split] for split in splits)
    return found
