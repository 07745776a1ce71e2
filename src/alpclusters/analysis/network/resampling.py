"""Intervals by drawing projects anew, and what random labels would give."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.network.projects import Collaborations
from alpclusters.analysis.network.ties import Matrix, Stamp, Ties, frozen

# --- Intervals by drawing projects anew: ties of one project are not independent of one another


FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
DRAWS: Final = 500
LEVEL: Final = 0.95
# Draws with an undefined value are left out of an interval; with more of them there is none.
MOST_UNDEFINED: Final = 0.1
_BLOCK: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a figure lies in the middle part of the draws.

    Attributes
    ----------
    low, high : float
    level : float
        Part of the draws between them.
    draws, seed : int
    """

    low: float
    high: float
    level: float
    draws: int
    seed: int


@dataclass(frozen=True, slots=True)
class Resampled:
    """The table of regions under many draws of the projects.

    Attributes
    ----------
    tables : ndarray of shape (draws, n_groups, n_groups), float64
        As `RegionTable.weight`: each tie once.
    seed : int
    level : float
    n_projects : int
        Projects drawn from, with replacement.
    group_names : tuple of str
    stamp : Stamp
        Conventions of the collaborations.
    """

    tables: FloatArray
    seed: int
    level: float
    n_projects: int
    group_names: tuple[str, ...]
    stamp: Stamp

    def interval(self, values: FloatArray) -> Interval | None:
        """Return the middle part of one value per draw; None if too many are undefined."""
        defined = values[np.isfinite(values)]
        if len(defined) < (1 - MOST_UNDEFINED) * max(len(values), 1) or not len(defined):
            return None
        ends = np.quantile(defined, [(1 - self.level) / 2, (1 + self.level) / 2])
        return Interval(float(ends[0]), float(ends[1]), self.level, len(values), self.seed)


def resample_projects(
    collaborations: Collaborations, *, draws: int = DRAWS, seed: int = 0, level: float = LEVEL
) -> Resampled:
    """Draw the projects anew with replacement and count the table of regions each time.

    Exact for every kind of weights: a tie of weight "binary" is there in a draw if one of its
    projects was drawn.

    Parameters
    ----------
    collaborations : Collaborations
    draws : int, default 500
    seed : int, default 0
    level : float, default 0.95
        Of the intervals made from it.

    Returns
    -------
    Resampled

    Raises
    ------
    AnalysisError
        ``draws`` below 1 or ``level`` outside (0, 1).

    Examples
    --------
    >>> from alpclusters.analysis.network import incidence, project_collaborations
    >>> found = incidence([1, 2, 1, 3], [5, 5, 6, 6])
    >>> rows = project_collaborations(found, [2, 2], [0, 0, 1], ["AT", "IT"], weights="full")
    >>> tables = resample_projects(rows, draws=3).tables
    >>> (tables[:, 0, 0] + tables[:, 0, 1]).tolist()
    [2.0, 2.0, 2.0]
    """
    if draws < 1:
        raise AnalysisError(
            "argument.out_of_range", where=Where(argument="draws"), expected="1 – …"
        )
    if not 0 < level < 1:
        raise AnalysisError(
            "argument.out_of_range", where=Where(argument="level"), expected="0 – 1"
        )
    groups = len(collaborations.group_names)
    tables = np.zeros((draws, groups, groups))
    if collaborations.n_projects and groups:
        _fill(tables, collaborations, seed)
    return Resampled(
        frozen(tables),
        seed,
        level,
        collaborations.n_projects,
        collaborations.group_names,
        collaborations.stamp,
    )


def in_blocks(function: Callable[[FloatArray], FloatArray], tables: FloatArray) -> FloatArray:
    """Apply a function to some draws at a time, so that its own arrays stay small."""
    width = max(1, _BLOCK // max(tables[0].size, 1)) if len(tables) else 1
    parts = [function(tables[k : k + width]) for k in range(0, len(tables), width)]
    return np.concatenate(parts) if parts else function(tables)


def check_same_stamp(stamp: Stamp, resampled: Resampled | None) -> None:
    """Refuse draws of other conventions or of another window.

    Raises
    ------
    AnalysisError
    """
    if resampled is None:
        return
    drawn = resampled.stamp
    if (stamp.without_window(), stamp.window) != (drawn.without_window(), drawn.window):
        raise AnalysisError("network.other_stamp", where=Where(argument="resampled"))


def _fill(tables: FloatArray, rows: Collaborations, seed: int) -> None:
    """Count the table of every draw, some draws at a time."""
    counter = _Binary.of(rows) if rows.stamp.weights == "binary" else _Additive.of(rows)
    random, n, groups = np.random.default_rng(seed), rows.n_projects, tables.shape[-1]
    width = max(1, _BLOCK // max(counter.n_rows, n, groups * groups))
    for start in range(0, len(tables), width):
        part = tables[start : start + width]
        drawn = [np.bincount(random.integers(0, n, n), minlength=n) for _ in part]
        times = np.ascontiguousarray(np.array(drawn, dtype=np.float64).T)
        part[:] = _symmetric(counter.cells(times).T.reshape(-1, groups, groups))


@dataclass(frozen=True, slots=True)
class _Additive:
    """Weights that add up project by project: a matrix from projects to cells."""

    parts: Matrix

    @property
    def n_rows(self) -> int:
        return self.parts.shape[0]

    @classmethod
    def of(cls, rows: Collaborations) -> "_Additive":
        kept, cell = _known_rows(rows)
        shape = len(rows.group_names) ** 2, rows.n_projects
        return cls(csr_array((rows.weight[kept], (cell, rows.project[kept])), shape=shape))

    def cells(self, times: FloatArray) -> FloatArray:
        """Return the weight of every cell; ``times`` says how often each project was drawn."""
        found: FloatArray = self.parts @ times
        return found


@dataclass(frozen=True, slots=True)
class _Binary:
    """Ties that are there if one of their projects is: from projects to ties to cells."""

    has: Matrix
    summed: Matrix

    @property
    def n_rows(self) -> int:
        return self.has.shape[0]

    @classmethod
    def of(cls, rows: Collaborations) -> "_Binary":
        kept, cell = _known_rows(rows)
        key = rows.first[kept] * max(len(rows.group), 1) + rows.second[kept]
        _, where, tie = np.unique(key, return_index=True, return_inverse=True)
        n_ties, n_cells = len(where), len(rows.group_names) ** 2
        shape = (n_ties, rows.n_projects)
        place = (cell[where], np.arange(n_ties))
        return cls(
            csr_array((np.ones(len(tie)), (tie, rows.project[kept])), shape=shape),
            csr_array((np.ones(n_ties), place), shape=(n_cells, n_ties)),
        )

    def cells(self, times: FloatArray) -> FloatArray:
        """Return the number of ties of every cell."""
        found: FloatArray = self.summed @ ((self.has @ times) > 0).astype(np.float64)
        return found


def _known_rows(rows: Collaborations) -> tuple[NDArray[np.bool_], IntArray]:
    """Return which rows have two known groups, and the cell of the table for these."""
    one, two = rows.group[rows.first], rows.group[rows.second]
    kept = (one >= 0) & (two >= 0)
    low, high = np.minimum(one[kept], two[kept]), np.maximum(one[kept], two[kept])
    return kept, low * len(rows.group_names) + high


def _symmetric(upper: FloatArray) -> FloatArray:
    diagonal = np.eye(upper.shape[-1], dtype=bool)
    return np.where(diagonal, upper, upper + np.swapaxes(upper, -1, -2))


# --- What random labels would give: the expected number of ties within groups and its spread ------


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
