"""How many steps lie between organisations: breadth-first search from many at once.

One bit per source: a whole step of 64 searches is one OR over the ties.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.network.ties import Matrix

IntArray = NDArray[np.int64]
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
