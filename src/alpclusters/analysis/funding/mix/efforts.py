"""How much work a problem gets: constants by size, in work and never in seconds."""

from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.funding.mix.columns import Columns


@dataclass(frozen=True, slots=True)
class Effort:
    """What a size is given.

    Attributes
    ----------
    direct_gap : float or None
        Branch and bound on the whole strong form, with its covers, down to this gap comes first;
        None: never.
    cover_rounds : int
        How often the bound is made better by covers.
    block : int
        Offers of a step of the start.
    sizes : tuple of int
        Offers of a neighbourhood, in turn.
    work : int
        Simplex iterations and 50 for each node for bound, start and neighbourhoods.
    closing_gap : float
        Once the mix is found, branch and bound from there on makes the bound better until it is
        so near; 0: never.
    closing_nodes : int
        The most nodes for that; 1: only cuts.
    partner_nodes : int
        The most nodes for each partner where the bound is made better by taking partners apart;
        0: never.
    """

    direct_gap: float | None
    cover_rounds: int
    block: int
    sizes: tuple[int, ...]
    work: int
    closing_gap: float = 0.0
    closing_nodes: int = 1
    partner_nodes: int = 0


SMALL: Final = Effort(1e-6, 0, 0, (), 0)
MEDIUM: Final = Effort(0.0037, 1, 0, (), 0, 0.00145, 100)
DENSE: Final = Effort(None, 1, 20, (12, 24), 83_000, 0.0042)
LARGE: Final = Effort(None, 2, 40, (20, 40), 68_000, partner_nodes=250)
LARGEST: Final = Effort(None, 3, 20, (12, 30), 110_000, partner_nodes=10)
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
