"""Rows that link one person's answers, and who knows some of them and looks for the row."""

import time
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.conventions import K_ANONYMITY
from alpclusters.analysis.disclosure.answers import BoolArray, IntArray, whole_matrix
from alpclusters.analysis.disclosure.systems import Row, Search, System
from alpclusters.analysis.errors import ScaleError, Where

# --- Rows that link one person's answers: who is read from them with the counts of groups ---------


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


# --- Who knows some answers of a person and looks for the row -------------------------------------


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
