"""What the optimiser works on: offers that can be used, merged lines, cells, and all ceilings."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.funding.case import Case
from alpclusters.analysis.funding.mix.cells import Cells, IntArray
from alpclusters.analysis.funding.mix.pools import Average, Pool

type BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Lines after merging; arrays of shape (n_lines,).

    Attributes
    ----------
    partner, period, cost_ct : array of int
    is_outside : array of bool
    members : tuple of tuple of int
        Positions of the lines of the case that were merged into each.
    """

    partner: IntArray
    period: IntArray
    cost_ct: IntArray
    is_outside: BoolArray
    members: tuple[tuple[int, ...], ...]

    def __len__(self) -> int:
        return len(self.partner)


@dataclass(frozen=True, slots=True, eq=False)
class Setter:
    """An article that may set the limit on a line, with the cells under it.

    ``rate_ct`` is its intensity of the cost. ``limit_ct`` bounds the aid on the line: the same, but
    the whole cost where the intensity holds for a period.
    """

    article: str
    limit_ct: int
    cells: IntArray
    rate_ct: int
    is_average: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Cumulation:
    """State aid, de minimis and other public money that meet on one line (C9, C10).

    ``setters`` ascend by their rate, then by their name, as the law ranks them; ``central`` holds
    cells of centrally managed Union money
    where the most favourable Union rate is a ceiling, else nothing; ``others`` public money that is
    neither aid nor centrally managed by the Union.
    """

    line: int
    setters: tuple[Setter, ...]
    de_minimis: IntArray
    central: IntArray
    others: IntArray


@dataclass(frozen=True, slots=True)
class Dropped:
    """An offer that cannot be used, and why: no cells, floor, partners, countries, rejected."""

    offer: str
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """All the optimiser needs, in whole cents.

    Attributes
    ----------
    case : Case
        Offers and partners are numbered as there.
    lines : Lines
    cells : Cells
        Only of offers that can be used.
    cumulations, pools, averages : tuple
        Ceilings on one line, over many cells, and over the used lines of a period.
    rejected : tuple of str
    seals : tuple of (int, int)
        Pairs (Seal offer, offer whose proposal it takes up) that exclude each other.
    dropped : tuple of Dropped
    assumptions : tuple of (str, str)
        Offer and partner whose open questions are taken as answered well.
    once : tuple of tuple of str
        Origins to which together a cost is declared only once (C7).
    one_grant : tuple of tuple of str
        Origins of which a partner takes one grant only (DF-1).
    silent : array of bool of shape (n_offers, n_partners)
        Partners that take part in an offer though they get nothing (Swiss partners in Interreg).
    least : tuple of (int, int)
        For each offer of the case the least countries and beneficiaries from Member States.
    looser : Looser or None
        Where some ceilings are stricter than the law.
    scopes : tuple of frozenset of str
        For each wish of the case the offers that it speaks of; empty: each speaks of all.
    """

    case: Case
    lines: Lines
    cells: Cells
    cumulations: tuple[Cumulation, ...]
    pools: tuple[Pool, ...]
    averages: tuple[Average, ...]
    rejected: tuple[str, ...]
    seals: tuple[tuple[int, int], ...]
    dropped: tuple[Dropped, ...]
    assumptions: tuple[tuple[str, str], ...]
    once: tuple[tuple[str, ...], ...]
    one_grant: tuple[tuple[str, ...], ...]
    silent: BoolArray
    least: tuple[tuple[int, int], ...]
    looser: "Looser | None" = None
    scopes: tuple[frozenset[str], ...] = ()

    @property
    def used_offers(self) -> IntArray:
        """Positions of offers that have cells."""
        return np.unique(self.cells.offer)


@dataclass(frozen=True, slots=True, eq=False)
class Looser:
    """What stands beside a problem that is stricter than the law where days of aid meet on a line.

    Attributes
    ----------
    problem : Problem
        The same with ceilings that lose no mix the law allows. The bound and the word that there is
        no mix come from it.
    day : array of int of shape (n_cells,)
        On which day's law the aid of each cell is judged, numbered; -1 where it is no aid.
    narrowed : callable
        Gets which cells may be used; returns the strict problem of those alone. It is less strict
        on lines where fewer days are left.
    """

    problem: Problem
    day: IntArray
    narrowed: Callable[[BoolArray], Problem]


def line_ids(problem: Problem, line: int) -> list[str]:
    """Return the lines of the case behind a merged line."""
    return [problem.case.lines[i].id for i in problem.lines.members[line]]
