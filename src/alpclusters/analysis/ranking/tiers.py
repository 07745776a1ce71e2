"""Cut the order of measures into tiers that do not overlap more than chance allows."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

MAX_EXACT: Final = 600  # measures; beyond, the exact search would take seconds
DIGITS: Final = 12  # sums of overlaps that agree so far are equal


@dataclass(frozen=True, slots=True)
class Partition:
    """Runs of an order: tier t is ``starts[t]`` to ``starts[t + 1]``.

    Attributes
    ----------
    starts : tuple of int
        First positions, then the number of measures.
    overlaps : tuple of float
        Of every two neighbouring tiers.
    is_exact : bool
        Whether no other partition has more tiers.
    """

    starts: tuple[int, ...]
    overlaps: tuple[float, ...]
    is_exact: bool


def cut_tiers(above: FloatArray, *, overlap: float) -> Partition:
    """Find the partition with the most tiers, then the least sum of overlaps, earliest cuts.

    Parameters
    ----------
    above : array of shape (n, n)
        Probability that the row's measure is above the column's, in order of estimates.
    overlap : float
        Greatest admissible mean probability that a measure of the next tier is above one of
        this.

    Returns
    -------
    Partition

    Notes
    -----
    Exact by dynamic programming over start and end of the last tier, O(n³), up to 600
    measures; beyond, the first admissible cut is taken each time.

    Examples
    --------
    >>> certain = np.array([[0.5, 0.6, 1.0], [0.4, 0.5, 1.0], [0.0, 0.0, 0.5]])
    >>> cut_tiers(certain, overlap=0.10).starts
    (0, 2, 3)
    """
    sums = np.zeros((above.shape[0] + 1,) * 2)
    sums[1:, 1:] = above.T.cumsum(axis=0).cumsum(axis=1)
    is_exact = above.shape[0] <= MAX_EXACT
    starts = _most_tiers(sums, overlap) if is_exact else _first_cuts(sums, overlap)
    triples = zip(starts, starts[1:], starts[2:], strict=False)
    return Partition(starts, tuple(_overlap(sums, *triple) for triple in triples), is_exact)


def find_borderline(
    above: FloatArray, partition: Partition, *, overlap: float
) -> NDArray[np.bool_]:
    """Flag measures that are on the wrong side of a neighbouring tier's member too often."""
    flags = np.zeros(above.shape[0], dtype=bool)
    starts = partition.starts
    for start, cut, end in zip(starts, starts[1:], starts[2:], strict=False):
        against = above[cut:end, start:cut] > overlap
        flags[cut:end] |= against.any(axis=1)
        flags[start:cut] |= against.any(axis=0)
    return flags


def _overlap(sums: FloatArray, start: int, cut: int, end: int) -> float:
    block = sums[cut, end] - sums[start, end] - sums[cut, cut] + sums[start, cut]
    return float(min(max(block / ((cut - start) * (end - cut)), 0.0), 1.0))


def _overlaps(sums: FloatArray, cut: int) -> FloatArray:
    """Return the overlap of [a, cut) and [cut, e) for all a below and all e above."""
    n = sums.shape[0] - 1
    block = sums[cut, cut + 1 :] - sums[:cut, cut + 1 :] - sums[cut, cut] + sums[:cut, cut, None]
    sizes = np.arange(cut, 0, -1)[:, None] * np.arange(1, n - cut + 1)
    return np.asarray(block / sizes)


def _most_tiers(sums: FloatArray, overlap: float) -> tuple[int, ...]:
    n = sums.shape[0] - 1
    count = np.full((n, n + 1), -1)
    count[:1] = 1
    cost, before = np.zeros((n, n + 1)), np.zeros((n, n + 1), dtype=np.int64)
    for cut in range(1, n):
        shared = _overlaps(sums, cut)
        reached = count[:cut, cut, None]
        tiers = np.where((reached > 0) & (shared <= overlap), reached + 1, -1)
        most = tiers.max(axis=0)
        sum_ = np.where(tiers == most, (cost[:cut, cut, None] + shared).round(DIGITS), np.inf)
        best = sum_.argmin(axis=0)
        count[cut, cut + 1 :], before[cut, cut + 1 :] = most, best
        cost[cut, cut + 1 :] = sum_[best, np.arange(best.size)]
    return _traced(count, cost, before)


def _traced(count: IntArray, cost: FloatArray, before: IntArray) -> tuple[int, ...]:
    end = count.shape[1] - 1
    final = count[:, end]
    cut = int(np.where(final == final.max(), cost[:, end], np.inf).argmin())
    starts = [end]
    while cut:
        starts.append(cut)
        cut, end = int(before[cut, end]), cut
    return (0, *reversed(starts))


def _first_cuts(sums: FloatArray, overlap: float) -> tuple[int, ...]:
    """Cut where a tier and an equally long run after it are told apart; then mend by joining."""
    n = sums.shape[0] - 1
    starts = [0]
    for cut in range(1, n):
        length = min(cut - starts[-1], n - cut)
        if _overlap(sums, starts[-1], cut, cut + length) <= overlap:
            starts.append(cut)
    return _joined([*starts, n], sums, overlap)


def _joined(starts: list[int], sums: FloatArray, overlap: float) -> tuple[int, ...]:
    while True:
        triples = zip(starts, starts[1:], starts[2:], strict=False)
        wrong = [cut for start, cut, end in triples if _overlap(sums, start, cut, end) > overlap]
        if not wrong:
            return tuple(starts)
        starts.remove(wrong[0])
