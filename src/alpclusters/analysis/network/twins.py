"""Organisations that nobody can tell apart by their partners, taken together.

Those that took part in one and the same project only have the same partners and are partners
themselves. No shortest path between two others tells them apart, so one search serves them all.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array

from alpclusters.analysis.network.ties import Matrix

IntArray = NDArray[np.int64]
SEED: Final = 20010


@dataclass(frozen=True, slots=True)
class Quotient:
    """A network of classes of twins.

    Attributes
    ----------
    label : ndarray of shape (n,), int64
        Class of each organisation.
    weight : ndarray of shape (c,), int64
        Organisations in each class.
    binary : csr_array of shape (c, c)
        Ties between different classes, each 1.
    scaled : csr_array of shape (c, c)
        The same, each tie weighing as many as there are in the class it leads to.
    """

    label: IntArray
    weight: IntArray
    binary: Matrix
    scaled: Matrix


def join_twins(matrix: Matrix) -> Quotient:
    """Join organisations that are tied and have the same other partners."""
    label, first = _classes(matrix)
    weight = np.bincount(label, minlength=len(first)).astype(np.int64)
    binary = csr_array(matrix[first][:, first])
    binary.data = np.ones(binary.nnz)
    scaled: Matrix = csr_array(binary @ diags_array(weight.astype(np.float64)))
    return Quotient(label, weight, binary, scaled)


def _classes(matrix: Matrix) -> tuple[IntArray, IntArray]:
    """Compare closed neighbourhoods by two sums of 64 random bits per member.

    Different ones have equal sums with probability 2^-128 a pair.
    """
    n = matrix.shape[0]
    names = np.random.default_rng(SEED).integers(0, 2**64, (2, n), dtype=np.uint64)
    sums = names.copy()
    rows = np.flatnonzero(np.diff(matrix.indptr))
    if len(rows):
        for k in range(2):
            members = names[k][matrix.indices]
            sums[k, rows] += np.add.reduceat(members, matrix.indptr[rows])
    order = np.lexsort(sums)
    differs = (sums[:, order[1:]] != sums[:, order[:-1]]).any(axis=0)
    label = np.empty(n, np.int64)
    label[order] = np.concatenate([[0], np.cumsum(differs)])[:n]
    return label, np.unique(label, return_index=True)[1].astype(np.int64)
