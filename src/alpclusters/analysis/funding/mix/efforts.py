"""How much work a problem gets: constants by size, in work and never in seconds."""

from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.funding.mix.columns import Columns


@dataclass(frozen=True, slots=True)
class Bargain:
    """What taking partners apart is given.

    Attributes
    ----------
    rounds : int
        How often partners choose at better prices.
    nodes : int
        The most nodes for each partner in a round.
    mixes : tuple of int
        Rounds after which a mix is made out of what they chose.
    recent : int
        How many of the last choices of each partner a mix may use.
    mix_nodes : int
        The most nodes for a mix.
    gap : float
        How near the search of each partner goes to its end.
    likely : tuple of float
        So much of a participation at the point of the linear program lets a mix use it; a mix is
        made for each, from the one before on. 1: only what was chosen.
    again : int
        How many groups of partners choose again after that, while the others keep what they have.
    """

    rounds: int
    nodes: int
    mixes: tuple[int, ...]
    recent: int
    mix_nodes: int
    gap: float = 0.0002
    likely: tuple[float, ...] = (0.05,)
    again: int = 0


@dataclass(frozen=True, slots=True)
class Effort:
    """What a size is given.

    Attributes
    ----------
    direct_gap : float or None
        Branch and bound on the whole strong form, with its covers, down to this gap is all;
        None: never.
    cover_rounds : int
        How often the bound is made better by covers.
    block : int
        Offers of a step of the start.
    block_nodes : int
        The most nodes for each step of the start; 1 leaves more for the search after it.
    bargain : Bargain, optional
        Rounds with partners taken apart.
    closing_gap : float
        Once the mix is found, branch and bound from there on makes the bound better until it is
        so near; 0: never.
    closing_nodes : int
        The most nodes for that; 1: only cuts.
    """

    direct_gap: float | None
    cover_rounds: int
    block: int
    block_nodes: int = 20
    bargain: Bargain | None = None
    closing_gap: float = 0.0
    closing_nodes: int = 1


SMALL: Final = Effort(1e-6, 0, 0)
MEDIUM: Final = Effort(None, 1, 20, 20, Bargain(2, 250, (2,), 3, 200, 0.0001), 0.00145, 100)
DENSE: Final = Effort(None, 1, 20, 20, Bargain(4, 250, (3,), 3, 100))
LARGE: Final = Effort(None, 2, 40, 20, Bargain(1, 250, (1,), 1, 50, 0.0005, (1.0, 0.3)))
LARGEST: Final = Effort(None, 2, 20, 1, Bargain(1, 250, (1,), 1, 50, 0.0005, (1.0,), 3))
SMALL_INTEGERS: Final = 500
MEDIUM_CELLS: Final = 1_500
DENSE_OFFERS: Final = 120
LARGE_CELLS: Final = 4_500


def effort_for(columns: Columns) -> Effort:
    """Choose by size: yes-or-no variables, then cells, then offers."""
    cells = len(columns.problem.cells)
    if columns.h - columns.y <= SMALL_INTEGERS:
        return SMALL
    if cells <= MEDIUM_CELLS:
        return MEDIUM
    if len(columns.terms) <= DENSE_OFFERS:
        return DENSE
    return LARGE if cells <= LARGE_CELLS else LARGEST
