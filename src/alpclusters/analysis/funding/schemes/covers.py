"""The smallest set of changes that solves all conflicts: weighted set cover, exact."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.errors import AnalysisError, Where

MOST: Final = 60
MAX_NODES: Final = 200_000


@dataclass(frozen=True, slots=True)
class Option:
    """A change that can be made: what it solves, its weight, and who decides.

    Attributes
    ----------
    id : str
    solves : frozenset of str
        Keys of conflicts.
    weight : int
        At least 1.
    level : int
        Of who decides; low is near.
    """

    id: str
    solves: frozenset[str]
    weight: int
    level: int = 1


@dataclass(frozen=True, slots=True)
class Cover:
    """Changes that together solve every conflict that can be solved.

    Attributes
    ----------
    options : tuple of str
        Ids in order.
    weight : int
        Sum of their weights.
    levels : tuple of int
        Who decides, the highest first.
    """

    options: tuple[str, ...]
    weight: int
    levels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Covers:
    """The best covers, and what no change solves.

    Attributes
    ----------
    best : tuple of Cover
        By weight; ties by the lowest levels of decision, then ids. The first one is proved best
        unless ``is_proved`` is false. None of them holds a change it could do without.
    unsolved : tuple of str
        Conflicts that no option solves; the covers solve all others.
    is_proved : bool
        Whether the search came to its end.
    """

    best: tuple[Cover, ...]
    unsolved: tuple[str, ...]
    is_proved: bool


def smallest_cover(
    conflicts: Sequence[str], options: Sequence[Option], *, n_best: int = 3
) -> Covers:
    """Find the cheapest sets of changes that solve all conflicts.

    Weighted set cover by branch and bound: the conflict with the fewest options left is branched
    on; the bound adds for each open conflict the least weight per newly solved conflict, which no
    cover can undercut. Greedy choice by that ratio would not be exact.

    Parameters
    ----------
    conflicts : sequence of str
        Keys.
    options : sequence of Option
        At most 60 that solve anything.
    n_best : int
        How many covers to keep.

    Returns
    -------
    Covers

    Raises
    ------
    AnalysisError
        A weight below 1, an id that stands twice, too many options.

    Examples
    --------
    >>> from alpclusters.analysis.funding.schemes import Option
    >>> options = [
    ...     Option("A", frozenset("12"), 2), Option("B", frozenset("234"), 3),
    ...     Option("C", frozenset("45"), 2), Option("D", frozenset("135"), 3),
    ... ]
    >>> for cover in smallest_cover("12345", options).best:
    ...     print(cover.options, cover.weight)
    ('B', 'D') 6
    ('A', 'B', 'C') 7
    ('A', 'C', 'D') 7
    """
    useful = sorted((o for o in options if o.solves & set(conflicts)), key=lambda o: o.id)
    _check(options, len(useful), n_best)
    solvable = frozenset[str]().union(*(o.solves for o in useful))
    tree = _Tree(useful, n_best)
    tree.search(frozenset(conflicts) & solvable, (), frozenset())
    unsolved = tuple(key for key in dict.fromkeys(conflicts) if key not in solvable)
    return Covers(tuple(tree.best), unsolved, tree.n_nodes <= MAX_NODES)


def _check(options: Sequence[Option], n_useful: int, n_best: int) -> None:
    ids = {option.id for option in options}
    if len(ids) < len(options) or any(o.weight < 1 for o in options) or n_best < 1:
        raise AnalysisError("schemes.not_a_change", where=Where(argument="options"), found="")
    if n_useful > MOST:
        raise AnalysisError("schemes.too_many_changes", found=str(n_useful), expected=str(MOST))


type _Key = tuple[int, tuple[int, ...], tuple[str, ...]]


class _Tree:
    """Branches on the conflict with the fewest options left."""

    def __init__(self, options: Sequence[Option], n_best: int) -> None:
        self.options = options
        self.n_best = n_best
        self.best: list[Cover] = []
        self.n_nodes = 0

    def search(
        self, open_: frozenset[str], chosen: tuple[Option, ...], banned: frozenset[str]
    ) -> None:
        """Solve the open conflicts with options that are not banned."""
        self.n_nodes += 1
        if self.n_nodes > MAX_NODES:
            return
        if not open_:
            self._keep(chosen)
            return
        ways = self._ways(open_, banned)
        if ways is None or self._is_too_heavy(open_, chosen, ways):
            return
        for option in min(ways.values(), key=len):
            self.search(open_ - option.solves, (*chosen, option), banned)
            # Covers with this option have been seen: each cover is met once.
            banned |= {option.id}

    def _ways(
        self, open_: frozenset[str], banned: frozenset[str]
    ) -> Mapping[str, list[Option]] | None:
        free = [option for option in self.options if option.id not in banned]
        ways = {key: [o for o in free if key in o.solves] for key in sorted(open_)}
        return ways if all(ways.values()) else None

    def _is_too_heavy(
        self,
        open_: frozenset[str],
        chosen: tuple[Option, ...],
        ways: Mapping[str, list[Option]],
    ) -> bool:
        if len(self.best) < self.n_best:
            return False
        least = sum(min(o.weight / len(o.solves & open_) for o in found) for found in ways.values())
        # Ties may still win by level or name: only what is heavier is cut.
        bound = sum(option.weight for option in chosen) + math.ceil(least - 1e-9)
        return bound > self.best[-1].weight

    def _keep(self, chosen: tuple[Option, ...]) -> None:
        if _has_spare(chosen):
            return
        ordered = sorted(chosen, key=lambda option: option.id)
        levels = tuple(sorted((option.level for option in chosen), reverse=True))
        cover = Cover(tuple(o.id for o in ordered), sum(o.weight for o in chosen), levels)
        self.best = sorted([*self.best, cover], key=_key)[: self.n_best]


def _key(cover: Cover) -> _Key:
    return cover.weight, cover.levels, cover.options


def _has_spare(chosen: Sequence[Option]) -> bool:
    """Say whether an option could be left out."""
    solved = frozenset[str]().union(*(option.solves for option in chosen))
    return any(
        frozenset[str]().union(*(o.solves for o in chosen if o is not option)) == solved
        for option in chosen
    )
