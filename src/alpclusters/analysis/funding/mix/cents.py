"""Cents that rounding took and that every ceiling lets one give back."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from alpclusters.analysis.funding.case import FULL_BP
from alpclusters.analysis.funding.mix.columns import CENTS, FloatArray
from alpclusters.analysis.funding.mix.model import Model
from alpclusters.analysis.funding.mix.problem import BoolArray

EXACT: Final = 1e-6
# Rows that speak of declared costs, and of what grants leave open of them; all others speak of
# grants.
OF_COSTS: Final = ("C4-floor", "C7", "C9-applied", "C14")
OF_REST: Final = ("C14-rest",)
# Follow from other rows, with bounds that need not be whole cents.
IMPLIED: Final = ("C1", "cover")
# Holds by the steps in which paired grants are raised.
KEPT: Final = "C18-ratio"
# Rows of one cost line: each line of the case behind a merged one has its part of them.
OF_LINES: Final = ("C7", "C8", "C9", "C10")
# Rows of which the checker rounds both sides to cents: one cent less room.
ROUNDED: Final = ("C14",)
PASSES: Final = 100


@dataclass(slots=True)
class Share:
    """Declared cost and grant in cents of a cell of the problem on one line of the case."""

    cell: int
    line: int
    declared: int
    grant: int


type Step = tuple[tuple[Share, int], ...]


def give_back(model: Model, values: FloatArray, shares: list[Share], steps: list[Step]) -> None:
    """Raise grants step by step, where every row has room.

    A step raises one grant by a cent, or grants that are paired by cents in their ratio.
    """
    room = _Room(model, values, shares)
    for _ in range(PASSES):
        if not sum(room.take(step) for step in steps):
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
    """What a cent of declared cost and of grant of a cell weighs in a limit."""

    limit: _Limit
    cost: float
    grant: float

    def amount(self, declared: int, grant: int) -> float:
        return self.cost * declared + self.grant * grant


@dataclass(slots=True)
class _Rows:
    """Weights of the cells in the rows of a model, and what else stands in the rows."""

    model: Model
    values: FloatArray
    names: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.names = [name for name, subjects in self.model.blocks for _ in subjects]

    def others(self) -> FloatArray:
        """Return what columns that are no cells bring to each row, in cents."""
        matrix = self.model.matrix
        exact = np.where(self.model.is_integer, np.rint(self.values), self.values) * CENTS
        exact[: self.model.columns.y] = 0.0
        amount = matrix.value * exact[matrix.column]
        return np.bincount(matrix.row, weights=amount, minlength=len(self.names))

    def limits(self, others: FloatArray) -> list[_Limit]:
        """Return the rows as limits, with less room where the checker rounds."""
        top, low = self.model.row_upper * CENTS, self.model.row_lower * CENTS
        tight = np.where(rows_named(self.model, ROUNDED), 1.0, 0.0)
        sides = (others.tolist(), (low + tight).tolist(), (top - tight).tolist())
        return [_Limit(*sides) for sides in zip(*sides, strict=True)]


class _Room:
    """What every row still allows."""

    def __init__(self, model: Model, values: FloatArray, shares: list[Share]) -> None:
        self._columns, self._rows = model.columns, _Rows(model, values)
        self._others = self._rows.others()
        self._whole = self._rows.limits(self._others)
        self._parts: dict[tuple[int, int], _Limit] = {}
        self._in_row = self._weights(model, {share.cell for share in shares})
        self._at = {(share.cell, share.line): self._of(share) for share in shares}
        for share in shares:
            self._add(share, share.declared, share.grant)

    def take(self, step: Step) -> bool:
        """Raise the grants of a step if all rows have room for it."""
        done: list[tuple[Share, int, int]] = []
        for share, cents in step:
            more = self._further_cost(share, cents)
            if more is None or not self._allows(share, more, cents):
                for other, cost, grant in done:
                    self._raise(other, -cost, -grant)
                return False
            self._raise(share, more, cents)
            done.append((share, more, cents))
        return True

    def _further_cost(self, share: Share, cents: int) -> int | None:
        """Return what has to be declared for some more cents; None where the line is used up."""
        bp = int(self._columns.problem.cells.bp[share.cell])
        cost = self._columns.problem.case.lines[share.line].cost_ct
        more = max(-(-(share.grant + cents) * FULL_BP // bp) - share.declared, 0)
        return None if share.declared + more > cost else more

    def _allows(self, share: Share, declared: int, grant: int) -> bool:
        entries = self._at[share.cell, share.line]
        return all(entry.limit.allows(entry.amount(declared, grant)) for entry in entries)

    def _raise(self, share: Share, declared: int, grant: int) -> None:
        self._add(share, declared, grant)
        share.declared, share.grant = share.declared + declared, share.grant + grant

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
        """Return the limits a share is in."""
        entries, rate = [], float(self._columns.rate[share.cell])
        for row, value in self._in_row[share.cell]:
            name = self._rows.names[row]
            if name == KEPT:
                continue
            weights = weights_in(name, value, rate)
            if name not in IMPLIED:
                entries.append(_Entry(self._whole[row], *weights))
            if name in OF_LINES:
                entries.append(_Entry(self._part(row, share), *weights))
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


def weights_in(name: str, value: float, rate: float) -> tuple[float, float]:
    """Return what a cent of cost and one of grant weigh in a row that knows euro of cost alone.

    In whole cents a grant is a little less than its rate of the cost.
    """
    if name in OF_REST:
        return -1.0, 1.0
    return (value, 0.0) if name in OF_COSTS else (0.0, value / rate)


def rows_named(model: Model, names: tuple[str, ...]) -> BoolArray:
    """Return which rows belong to some constraints."""
    counts = [len(subjects) for _, subjects in model.blocks]
    flags = [constraint in names for constraint, _ in model.blocks]
    return np.repeat(np.array(flags, dtype=np.bool_), counts)
