"""Who can reach whom, and in how many steps."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from alpclusters.analysis.network.ties import Matrix, Stamp, Ties

# --- Who can reach whom ---------------------------------------------------------------------------


IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Components:
    """The parts into which a network falls.

    Attributes
    ----------
    label : ndarray of shape (n,), int64
        Part of each organisation: 0 is the giant, then by size, equal ones by first member.
    sizes : tuple of int
        Organisations in each part with at least two, greatest first.
    n_isolates : int
        Organisations without ties.
    giant_share : float or None
        Share of the giant in the connected organisations.
    reasons : tuple of str
        ``no_ties`` if there is no part with two organisations.
    stamp : Stamp
        What was counted.
    """

    label: IntArray
    sizes: tuple[int, ...]
    n_isolates: int
    giant_share: float | None
    reasons: tuple[str, ...]
    stamp: Stamp

    @property
    def n_components(self) -> int:
        """Number of parts with at least two organisations."""
        return len(self.sizes)

    @property
    def giant_size(self) -> int:
        """Organisations in the giant, 0 without ties."""
        return self.sizes[0] if self.sizes else 0

    @property
    def giant(self) -> IntArray:
        """Places of the organisations of the giant, ascending; empty without ties."""
        return np.flatnonzero(self.label == 0) if self.sizes else np.zeros(0, np.int64)


def components(ties: Ties) -> Components:
    """Find the connected parts of a network.

    Parameters
    ----------
    ties : Ties
        Neither weights nor groups are used.

    Returns
    -------
    Components
        Labels by size; isolates are counted apart.

    Examples
    --------
    >>> from alpclusters.analysis.network import make_ties
    >>> from scipy.sparse import csr_array
    >>> pair = csr_array([[0, 0, 1], [0, 0, 0], [1, 0, 0]])
    >>> found = components(make_ties(pair, [1, 2, 3], [0, 0, 0], ["AT"]))
    >>> found.sizes, found.n_isolates, found.giant.tolist()
    ((2,), 1, [0, 2])
    """
    label = _by_size(_labels(ties))
    counts = np.bincount(label)
    sizes = tuple(int(size) for size in counts[counts > 1])
    label.setflags(write=False)
    return Components(
        label,
        sizes,
        int((counts == 1).sum()),
        sizes[0] / sum(sizes) if sizes else None,
        () if sizes else ("no_ties",),
        ties.stamp,
    )


def _labels(ties: Ties) -> IntArray:
    if not ties.n:
        return np.zeros(0, np.int64)
    labels: IntArray = connected_components(ties.matrix, directed=False)[1].astype(np.int64)
    return labels


def _by_size(label: IntArray) -> IntArray:
    _, first, inverse, counts = np.unique(
        label, return_index=True, return_inverse=True, return_counts=True
    )
    rank = np.empty(len(counts), np.int64)
    rank[np.lexsort((first, -counts))] = np.arange(len(counts))
    return rank[inverse]


# --- How many steps lie between organisations: breadth-first search from many at once -------------
#
# One bit per source: a whole step of 64 searches is one OR over the ties.


BitArray = NDArray[np.uint64]
WORD: Final = 64
AT_ONCE: Final = 16 * WORD
TIES_AT_ONCE: Final = 16_384
BLOCK: Final = 255


@dataclass(frozen=True, slots=True)
class Distances:
    """Sums over everyone that each source reaches, itself left out.

    Attributes
    ----------
    total : ndarray of shape (s,), int64
        Sum of the steps.
    reached : ndarray of shape (s,), int64
        How many it reaches.
    farthest : ndarray of shape (s,), int64
        Steps to the farthest of them.
    """

    total: IntArray
    reached: IntArray
    farthest: IntArray


def distances_from(matrix: Matrix, sources: IntArray) -> Distances:
    """Search from every source; each organisation must have a tie."""
    blocks = _blocks(matrix)
    found = [
        _searched(matrix, sources[first : first + AT_ONCE], blocks)
        for first in range(0, len(sources), AT_ONCE)
    ]
    table = np.concatenate(found, axis=1) if found else np.zeros((3, 0), np.int64)
    return Distances(*table)


def _blocks(matrix: Matrix) -> list[tuple[int, int]]:
    """Rows with about as many ties as fit into the processor's cache."""
    n = matrix.shape[0]
    wanted = np.arange(TIES_AT_ONCE, matrix.nnz, TIES_AT_ONCE)
    cuts = np.unique(np.concatenate([[0], np.searchsorted(matrix.indptr, wanted), [n]]))
    return list(zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True))


def _searched(matrix: Matrix, sources: IntArray, blocks: list[tuple[int, int]]) -> IntArray:
    """Return total, reached, farthest; shape (3, s)."""
    front = _one_bit_each(matrix.shape[0], sources)
    unseen, following = ~front, np.empty_like(front)
    result = np.zeros((3, len(sources)), np.int64)
    step = 0
    while front.any():
        step += 1
        new = np.zeros(len(sources), np.int64)
        for first, last in blocks:
            new += _advanced(matrix, front, unseen, following, first, last)[: len(sources)]
        front, following = following, front
        result += np.stack([step * new, new, np.where(new > 0, step - result[2], 0)])
    return result


def _advanced(
    matrix: Matrix, front: BitArray, unseen: BitArray, following: BitArray, first: int, last: int
) -> IntArray:
    """Let some rows take a step; return how many each source has newly reached."""
    start = matrix.indptr[first : last + 1]
    partners = np.take(front, matrix.indices[start[0] : start[-1]], axis=0)
    new = following[first:last]
    np.bitwise_or.reduceat(partners, start[:-1] - start[0], axis=0, out=new)
    new &= unseen[first:last]
    unseen[first:last] ^= new
    return _bits_per_source(new)


def _one_bit_each(n: int, sources: IntArray) -> BitArray:
    bits = np.zeros((n, -(-len(sources) // WORD)), np.uint64)
    word, place = np.divmod(np.arange(len(sources), dtype=np.uint64), np.uint64(WORD))
    np.bitwise_or.at(bits, (sources, word.astype(np.int64)), np.uint64(1) << place)
    return bits


def _bits_per_source(bits: BitArray) -> IntArray:
    """Count the set bits of each column of bits; sums of 255 rows fit into a byte."""
    single = np.unpackbits(bits.astype("<u8", copy=False).view(np.uint8), axis=1, bitorder="little")
    starts = np.arange(0, len(single), BLOCK)
    sums: IntArray = np.add.reduceat(single, starts, axis=0, dtype=np.uint8).sum(
        axis=0, dtype=np.int64
    )
    return sums
