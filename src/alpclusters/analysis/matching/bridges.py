"""What one more tie between two regions would do for the whole: Frenken's T before and after."""

from dataclasses import dataclass

import numpy as np

from alpclusters.analysis.matching.score_parts import BoolArray, FloatArray, frozen
from alpclusters.analysis.network import RegionTable, Stamp, Ties, region_table
from alpclusters.analysis.network.integration import collaboration_shares, log_ratios, totals


@dataclass(frozen=True, slots=True)
class BridgeGains:
    """By how much one more tie lowers T, for every pair of regions.

    Attributes
    ----------
    gain : ndarray of shape (n_groups, n_groups), float64
        In nats; symmetric, 0 on the diagonal and where undefined. Above 0 where the pair is less
        joined than the average collaboration.
    share : ndarray of shape (n_groups, n_groups), float64
        Gain divided by the greatest one, held to -1 to 1; 0 if no gain is above 0.
    exact : ndarray of shape (n_groups, n_groups), bool
        Where there was no tie yet, so that the exact difference stands in place of the slope.
    group_names : tuple of str
    stamp : Stamp
    reasons : tuple of str
        ``no_ties``, ``one_group``.
    """

    gain: FloatArray
    share: FloatArray
    exact: BoolArray
    group_names: tuple[str, ...]
    stamp: Stamp
    reasons: tuple[str, ...]


def bridge_gains(ties: Ties | RegionTable) -> BridgeGains:
    """Say for every pair of regions what one more tie would do.

    Parameters
    ----------
    ties : Ties or RegionTable

    Returns
    -------
    BridgeGains

    Examples
    --------
    >>> from alpclusters.analysis.network import make_region_table
    >>> frenken = [[250, 200, 300], [200, 800, 200], [300, 200, 750]]
    >>> bridge_gains(make_region_table(frenken, ["FR", "UK", "DE"])).share.round(3)
    array([[0.   , 0.589, 0.349],
           [0.589, 0.   , 1.   ],
           [0.349, 1.   , 0.   ]])
    """
    table = region_table(ties) if isinstance(ties, Ties) else ties
    n = len(table.group_names)
    gain, empty = np.zeros((n, n)), np.zeros((n, n), bool)
    if table.total and n > 1:
        empty = (table.weight == 0) & ~np.eye(n, dtype=bool)
        gain = np.where(empty, 0.0, _slopes(table))
        np.fill_diagonal(gain, 0.0)
        for a, b in np.argwhere(np.triu(empty)).tolist():
            gain[a, b] = gain[b, a] = _recounted(table.weight, a, b)
    greatest = gain.max(initial=0.0)
    share = np.clip(gain / greatest, -1, 1) if greatest > 0 else np.zeros((n, n))
    reasons = () if table.total and n > 1 else ("no_ties",) if n > 1 else ("one_group",)
    return BridgeGains(
        frozen(gain), frozen(share), frozen(empty), table.group_names, table.stamp, reasons
    )


def _slopes(table: RegionTable) -> FloatArray:
    shares = collaboration_shares(table.weight)
    slopes: FloatArray = (totals(table.weight) - log_ratios(shares)) / table.total
    return slopes


def _recounted(weight: FloatArray, a: int, b: int) -> float:
    more = weight.copy()
    more[a, b] += 1
    if a != b:
        more[b, a] += 1
    return float(totals(weight) - totals(more))
