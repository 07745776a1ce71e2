"""Which cells of the table of regions must not be shown: too few organisations stand behind."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.network.regions import RegionTable, region_table
from alpclusters.analysis.network.stamp import Stamp
from alpclusters.analysis.network.ties import Ties, frozen

LEAST: Final = 5


@dataclass(frozen=True, slots=True)
class HiddenCells:
    """What is not shown of a table of regions.

    Attributes
    ----------
    cells : ndarray of shape (n_groups, n_groups), bool
        Cells with fewer than ``least`` organisations on either side.
    sums : ndarray of shape (n_groups,), bool
        Sums of rows that would give a hidden cell away: its own, or the only hidden one of a row.
    total : bool
        Whether the sum of the whole table would: it has exactly one hidden pair.
    least : int
    reasons : tuple of str
        ``small_groups`` if anything is hidden.
    stamp : Stamp
    """

    cells: NDArray[np.bool_]
    sums: NDArray[np.bool_]
    total: bool
    least: int
    reasons: tuple[str, ...]
    stamp: Stamp


def hidden_cells(ties: Ties | RegionTable, *, least: int = LEAST) -> HiddenCells:
    """Say which cells of the table have fewer than five organisations on either side.

    Parameters
    ----------
    ties : Ties or RegionTable
    least : int, default 5
        Organisations with a tie that a region needs.

    Returns
    -------
    HiddenCells

    Raises
    ------
    AnalysisError
        ``least`` below 1.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> from alpclusters.analysis.network import make_ties
    >>> alone = make_ties(csr_array((1, 1)), [7], [0], ["LI"])
    >>> hidden_cells(alone).cells.tolist()
    [[True]]
    """
    if least < 1:
        raise AnalysisError(
            "argument.out_of_range", where=Where(argument="least"), expected="1 – …"
        )
    table = region_table(ties) if isinstance(ties, Ties) else ties
    is_small = table.n_connected < least
    cells = is_small[:, None] | is_small[None, :]
    n_pairs = int(np.triu(cells).sum())
    return HiddenCells(
        frozen(cells),
        frozen(is_small | (cells.sum(1) == 1)),
        n_pairs == 1,
        least,
        ("small_groups",) if n_pairs else (),
        table.stamp,
    )
