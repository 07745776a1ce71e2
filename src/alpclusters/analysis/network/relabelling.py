"""What random labels would give: the expected number of ties within groups and its spread."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.network.ties import Ties

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
# The formula of the variance draws four different organisations.
LEAST_NODES: Final = 4


def expected_internal_share(n_by_group: IntArray) -> float | None:
    """Return the probability that two organisations drawn without replacement share a group."""
    n = int(n_by_group.sum())
    if n < 2:  # noqa: PLR2004 - a tie has two ends
        return None
    return float((n_by_group * (n_by_group - 1)).sum() / (n * (n - 1)))


def internal_ties_sd(n_by_group: IntArray, degree: IntArray) -> float | None:
    """Return the exact standard deviation of the number of ties within groups.

    The ties stand still, the labels of the connected organisations are shuffled: a count of joins
    under non-free sampling (Cliff and Ord 1981).
    """
    n, m = int(n_by_group.sum()), int(degree.sum()) // 2
    if n < LEAST_NODES or m == 0:
        return None
    beside = float((degree * (degree - 1)).sum()) / 2
    groups = n_by_group.astype(np.float64)
    two, three, four = (_falling(groups, r) for r in (2, 3, 4))
    pi = two.sum() / _fall(n, 2)
    p3 = three.sum() / _fall(n, 3)
    p4 = (four.sum() + two.sum() ** 2 - (two**2).sum()) / _fall(n, 4)
    variance = m * pi + 2 * beside * p3 + (m * (m - 1.0) - 2 * beside) * p4 - (m * pi) ** 2
    # Equal groups of everybody: nothing can vary, and rounding may fall below zero.
    return math.sqrt(max(float(variance), 0.0))


def shuffled_internal(ties: Ties, *, permutations: int, seed: int) -> FloatArray:
    """Return the weight within groups under shuffled labels of the connected organisations."""
    known = ties.known
    rows = np.repeat(np.arange(ties.n), known.degree)
    upper = rows < known.matrix.indices
    place = np.cumsum(known.degree > 0) - 1
    first, second = place[rows[upper]], place[known.matrix.indices[upper]]
    weight = known.matrix.data[upper]
    labels = ties.group[known.degree > 0].astype(_smallest(len(ties.group_names)))
    random = np.random.default_rng(seed)
    found = np.empty(permutations)
    for turn in range(permutations):
        random.shuffle(labels)
        found[turn] = weight[labels[first] == labels[second]].sum()
    return found


def _smallest(n: int) -> type[np.uint8 | np.int32]:
    return np.uint8 if n <= 256 else np.int32  # noqa: PLR2004 - what a byte holds


def _falling(values: FloatArray, r: int) -> FloatArray:
    steps = [np.maximum(values - k, 0.0) for k in range(r)]
    return np.prod(steps, axis=0)


def _fall(n: int, r: int) -> float:
    return float(math.perm(n, r))
