"""Cents that rounding took and that every ceiling lets one give back."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from alpclusters.analysis.funding.case.money import FULL_BP
from alpclusters.analysis.funding.mix.columns import CENTS, FloatArray
from alpclusters.analysis.funding.mix.model import Model
from alpclusters.analysis.funding.mix.problem import BoolArray

EXACT: Final = 1e-6
# Rows that speak of declared costs; all others speak of grants.
OF_COSTS: Final = ("C4-floor", "C7", "C9-applied", "C14", "C14-rest")
# Follow from other rows, with bounds that need not be whole cents.
IMPLIED: Final = ("C1", "cover")
# Rows of one cost line: each line of the case behind a merged one has its part of them.
OF_LINES: Final = ("C7", "C8", "C9", "C10")
# Rows in which the checker rounds parts of a grant to cents: room for a cent of each cell.
ROUNDED: Final = ("C16", "C14", "C14-rest")
FIXED: Final = "C18-ratio"
PASSES: Final = 8


@dataclass(slots=True)
class Share:
    """Declared cost and grant in cents of a cell of the problem on one line of the case."""

    cell: int
    line: int
    declared: int
    grant: int


def give_back(model: Model, values: FloatArray, shares: list[Share]) -> None:
    """Raise grants cent by cent, in the order of the shares, where every row has room."""
    room = _Room(model, values, shares)
    for _ in range(PASSES):
        if not sum(room.raise_by_a_cent(share) for share in shares):
            return


@dataclass(slots=True)
class _Limit:
    """``lower <= used <= upper`` in cents."""

    used: float
    lower: float
    upper: float

    def allows(self, more: float) -> bool:
        """A step may not pass a side; it may come nearer to one that is passed already."""
        then = self.used + more
        return (more >= 0 or then >= self.lower - EXACT) and (
            more <= 0 or then <= self.upper + EXACT
        )


@dataclass(slots=True)
class _Entry:
    """What a cent of a cell weighs in a limit."""

    limit: _Limit
    weight: float
    is_cost: bool

    def amount(self, declared: int, grant: int) -> float:
        return self.weight * (declared if self.is_cost else grant)


@dataclass(slots=True)
class _Rows:
    """Weights of the cells in the rows of a model, and what else stands in the rows."""

    model: Model
    values: FloatArray
    of_costs: BoolArray = field(init=False)
    names: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.of_costs = rows_named(self.model, OF_COSTS)
        self.names = [name for name, subjects in self.model.blocks for _ in subjects]

    def others(self) -> FloatArray:
        """Return what columns that are no cells bring to each row, in cents."""
        matrix = self.model.matrix
        exact = np.where(self.model.is_integer, np.rint(self.values), self.values) * CENTS
        exact[: self.model.columns.y] = 0.0
        amount = matrix.value * exact[matrix.column]
        return np.bincount(matrix.row, weights=amount, minlength=len(self.names))

    def limits(self, others: FloatArray, shares: list[Share]) -> list[_Limit]:
        """Return the rows as limits, with less room where the checker rounds."""
        top, low = self.model.row_upper * CENTS, self.model.row_lower * CENTS
        tight = np.where(rows_named(self.model, ROUNDED), float(len(shares)), 0.0)
        sides = (others.tolist(), (low + tight).tolist(), (top - tight).tolist())
        return [_Limit(*sides) for sides in zip(*sides, strict=True)]


class _Room:
    """What every row still allows."""

    def __init__(self, model: Model, values: FloatArray, shares: list[Share]) -> None:
        self._columns, self._rows = model.columns, _Rows(model, values)
        self._others = self._rows.others()
        self._whole = self._rows.limits(self._others, shares)
        self._parts: dict[tuple[int, int], _Limit] = {}
        self._in_row = self._weights(model, {share.cell for share in shares})
        self._at = {(share.cell, share.line): self._of(share) for share in shares}
        for share in shares:
            self._add(share, share.declared, share.grant)

    def raise_by_a_cent(self, share: Share) -> bool:
        """Raise the grant of a share by one cent if all rows have room for it."""
        entries, bp = (
            self._at[share.cell, share.line],
            int(self._columns.problem.cells.bp[share.cell]),
        )
        cost = self._columns.problem.case.lines[share.line].cost_ct
        declared = -(-(share.grant + 1) * FULL_BP // bp)
        more = max(declared - share.declared, 0)
        if not entries or share.declared + more > cost:
            return False
        if not all(entry.limit.allows(entry.amount(more, 1)) for entry in entries):
            return False
        self._add(share, more, 1)
        share.declared, share.grant = share.declared + more, share.grant + 1
        return True

    def _add(self, share: Share, declared: int, grant: int) -> None:
        for entry in self._at[share.cell, share.line]:
            entry.limit.used += entry.amount(declared, grant)

    def _weights(self, model: Model, cells: set[int]) -> dict[int, list[tuple[int, float]]]:
        matrix = model.matrix
        found: dict[int, list[tuple[int, float]]] = defaultdict(list)
        wanted = np.flatnonzero(np.isin(matrix.column, list(cells)))
        rows, columns = matrix.row[wanted].tolist(), matrix.column[wanted].tolist()
        for row, cell, value in zip(rows, columns, matrix.value[wanted].tolist(), strict=True):
            found[cell].append((row, value))
        return found

    def _of(self, share: Share) -> list[_Entry]:
        """Return the limits a share is in; none where its amount is fixed by another grant."""
        entries, rate = [], float(self._columns.rate[share.cell])
        for row, value in self._in_row[share.cell]:
            name, is_cost = self._rows.names[row], bool(self._rows.of_costs[row])
            if name == FIXED:
                return []
            weight = value if is_cost else value / rate
            if name not in IMPLIED:
                entries.append(_Entry(self._whole[row], weight, is_cost))
            if name in OF_LINES:
                entries.append(_Entry(self._part(row, share), weight, is_cost))
        return entries

    def _part(self, row: int, share: Share) -> _Limit:
        """Return the part that one line of the case has of a row of its merged line."""
        key = (row, share.line)
        if key not in self._parts:
            problem = self._columns.problem
            total = int(problem.lines.cost_ct[problem.cells.line[share.cell]])
            part = problem.case.lines[share.line].cost_ct / total
            whole = self._whole[row]
            self._parts[key] = _Limit(float(self._others[row]) * part, -np.inf, whole.upper * part)
        return self._parts[key]


def rows_named(model: Model, names: tuple[str, ...]) -> BoolArray:
    """Return which rows belong to some constraints."""
    counts = [len(subjects) for _, subjects in model.blocks]
    flags = [constraint in names for constraint, _ in model.blocks]
    return np.repeat(np.array(flags, dtype=np.bool_), counts)
