"""Rows of the model, collected block by block and then put together as one sparse matrix."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from alpclusters.analysis.funding.mix.cells import IntArray
from alpclusters.analysis.funding.mix.columns import FloatArray

type Entries = tuple[IntArray, IntArray, FloatArray]


@dataclass(frozen=True, slots=True)
class RowName:
    """What a row is for: the constraint of the paper and whom it concerns."""

    constraint: str
    subject: str
    position: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Sparse:
    """A matrix by rows: entries of row i stand from ``start[i]`` to ``start[i + 1]``."""

    start: IntArray
    column: IntArray
    value: FloatArray

    @property
    def row(self) -> IntArray:
        """The row of each entry."""
        return np.repeat(np.arange(len(self.start) - 1), np.diff(self.start))


@dataclass(slots=True)
class Rows:
    """Collects rows; ``names`` of a block are made when somebody asks."""

    n: int = 0
    entries: list[Entries] = field(default_factory=list)
    lower: list[FloatArray] = field(default_factory=list)
    upper: list[FloatArray] = field(default_factory=list)
    blocks: list[tuple[str, Sequence[str]]] = field(default_factory=list)

    def add(
        self,
        constraint: str,
        subjects: Sequence[str],
        entries: Sequence[Entries],
        lower: FloatArray | float,
        upper: FloatArray | float,
    ) -> None:
        """Add a block of rows, one for each subject; entries are (row in block, column, value)."""
        count = len(subjects)
        if not count:
            return
        self.entries += [(rows + self.n, columns, values) for rows, columns, values in entries]
        self.lower.append(np.broadcast_to(np.asarray(lower, dtype=np.float64), (count,)))
        self.upper.append(np.broadcast_to(np.asarray(upper, dtype=np.float64), (count,)))
        self.blocks.append((constraint, subjects))
        self.n += count

    def add_one(
        self, constraint: str, subject: str, terms: Sequence[tuple[int, float]],
        lower: float, upper: float,
    ) -> None:  # fmt: skip
        """Add one row from pairs of column and value."""
        columns = np.array([column for column, _ in terms], dtype=np.int64)
        values = np.array([value for _, value in terms], dtype=np.float64)
        where = np.zeros(len(terms), dtype=np.int64)
        self.add(constraint, (subject,), [(where, columns, values)], lower, upper)

    def matrix(self) -> Sparse:
        """Return all rows; entries of one place are summed, zeros left out."""
        if not self.entries:
            nothing = np.zeros(0, dtype=np.int64)
            return Sparse(np.zeros(self.n + 1, dtype=np.int64), nothing, np.zeros(0))
        row, column, value = (
            np.concatenate([np.asarray(entry[i]) for entry in self.entries]) for i in range(3)
        )
        order = np.lexsort((column, row))
        row, column, value = row[order], column[order], value[order].astype(np.float64)
        first = np.ones(len(row), dtype=np.bool_)
        first[1:] = (row[1:] != row[:-1]) | (column[1:] != column[:-1])
        value = np.add.reduceat(value, np.flatnonzero(first)) if len(value) else value
        row, column = row[first], column[first]
        kept = value != 0.0
        row, column, value = row[kept], column[kept], value[kept]
        start = np.zeros(self.n + 1, dtype=np.int64)
        np.add.at(start, row + 1, 1)
        return Sparse(np.cumsum(start), column, value)

    def bounds(self) -> tuple[FloatArray, FloatArray]:
        """Return the lower and the upper sides."""
        if not self.lower:
            return np.zeros(0), np.zeros(0)
        return np.concatenate(self.lower), np.concatenate(self.upper)
