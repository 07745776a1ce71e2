"""From euro as floating numbers to whole cents that keep every ceiling and floor."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

import numpy as np

from alpclusters.analysis.funding.case.mixes import Allocation, Cell
from alpclusters.analysis.funding.case.money import FULL_BP
from alpclusters.analysis.funding.mix.cells import IntArray
from alpclusters.analysis.funding.mix.columns import CENTS, Columns, FloatArray
from alpclusters.analysis.funding.mix.model import Model
from alpclusters.analysis.funding.mix.problem import BoolArray

# The solver's own tolerance in cents: a cost that is a hair below a cent is that cent.
HAIR: Final = 2e-3
EXACT: Final = 1e-6
YES: Final = 0.5
# Rows that speak of declared costs; all others speak of grants.
OF_COSTS: Final = ("C4-floor", "C7", "C9-applied", "C10-applied", "C14", "C14-rest")
# Follows from other rows, with bounds that need not be whole cents.
IMPLIED: Final = ("C1",)
# Rows whose floor has a margin in the model.
WITH_MARGIN: Final = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Rounded:
    """A mix in cents: per cell of the problem, and per line of the case.

    Attributes
    ----------
    declared, grant : array of shape (n_cells,)
    allocation : tuple of Cell
    objective_ct : int
        Grants minus efforts.
    broken : array of int
        Rows of the model that the cents break.
    """

    declared: IntArray
    grant: IntArray
    allocation: Allocation
    objective_ct: int
    broken: IntArray


def round_mix(model: Model, values: FloatArray) -> Rounded:
    """Round a mix down to cents and say which rows it breaks by that."""
    columns = model.columns
    taken = values[columns.z + columns.cell_pair] > YES if len(columns.pairs) else values[:0] > 0
    euros = np.where(taken, values[: columns.y], 0.0)
    declared = np.floor(euros * CENTS + HAIR).astype(np.int64)
    shares = _shares(columns, declared)
    shares = _paired(columns, shares)
    grant = np.zeros(len(declared), dtype=np.int64)
    for cell, _, _, granted in shares:
        grant[cell] += granted
    objective = int(grant.sum()) - _efforts_ct(columns, declared)
    broken = _broken(model, values, declared, grant)
    return Rounded(declared, grant, _allocation(columns, shares), objective, broken)


type Share = tuple[int, int, int, int]  # cell, line of the case, declared, grant


def _shares(columns: Columns, declared: IntArray) -> list[Share]:
    """Share each cell among the lines of the case behind it, largest remainder first."""
    problem, found = columns.problem, []
    for cell in np.flatnonzero(declared).tolist():
        members = problem.lines.members[problem.cells.line[cell]]
        costs = [problem.case.lines[i].cost_ct for i in members]
        bp = int(problem.cells.bp[cell])
        for line, part in zip(members, _pro_rata(int(declared[cell]), costs), strict=True):
            if part:
                found.append((cell, line, part, part * bp // FULL_BP))
    return found


def _pro_rata(amount: int, costs: list[int]) -> list[int]:
    total = sum(costs)
    amount = min(amount, total)
    parts = [amount * cost // total for cost in costs]
    rest = sorted(range(len(costs)), key=lambda i: (-(amount * costs[i] % total), i))
    for i in rest[: amount - sum(parts)]:
        parts[i] += 1
    return parts


def _paired(columns: Columns, shares: list[Share]) -> list[Share]:
    """Cut paired grants to exact multiples of their ratio (C18)."""
    case = columns.problem.case
    for link in case.links:
        if link.type == "paired":
            ids, ratio = link.offers[:2], link.ratio or (1, 1)
            cut = _Cut(ids, ratio, _units(columns, shares, ids, ratio))
            shares = [
                (cell, line, declared, cut(_offer(columns, cell), line, grant))
                for cell, line, declared, grant in shares
            ]
    return shares


def _offer(columns: Columns, cell: int) -> str:
    return columns.problem.case.offers[int(columns.problem.cells.offer[cell])].id


@dataclass(frozen=True, slots=True)
class _Cut:
    ids: tuple[str, ...]
    ratio: tuple[int, int]
    units: dict[int, int]

    def __call__(self, offer: str, line: int, grant: int) -> int:
        if offer not in self.ids:
            return grant
        return self.units.get(line, 0) * self.ratio[self.ids.index(offer)]


def _units(
    columns: Columns, shares: list[Share], ids: tuple[str, ...], ratio: tuple[int, int]
) -> dict[int, int]:
    grants: dict[int, dict[str, int]] = defaultdict(dict)
    for cell, line, _, grant in shares:
        offer = _offer(columns, cell)
        if offer in ids:
            grants[line][offer] = grant
    return {
        line: min(found.get(offer, 0) // part for offer, part in zip(ids, ratio, strict=True))
        for line, found in grants.items()
    }


def _efforts_ct(columns: Columns, declared: IntArray) -> int:
    cells = np.flatnonzero(declared)
    offers = np.unique(columns.cell_offer[cells])
    pairs = columns.pairs[np.unique(columns.cell_pair[cells])]
    once: int = sum(columns.terms[i].effort_ct for i in offers.tolist())
    each: int = sum(columns.terms[i].partner_effort_ct for i, _ in pairs.tolist())
    return once + each


def _allocation(columns: Columns, shares: list[Share]) -> Allocation:
    case, offers = columns.problem.case, columns.problem.cells.offer
    return tuple(
        sorted(
            Cell(case.offers[offers[cell]].id, case.lines[line].id, declared, grant)
            for cell, line, declared, grant in shares
        )
    )


def _broken(model: Model, values: FloatArray, declared: IntArray, grant: IntArray) -> IntArray:
    """Return the rows that do not hold with the cents of the mix."""
    columns, matrix = model.columns, model.matrix
    of_costs = _rows_named(model, OF_COSTS)
    n = len(declared)
    exact = np.where(model.is_integer, np.rint(values), values)
    cents = np.concatenate([declared.astype(np.float64), exact[n:] * CENTS])
    row, column = matrix.row, matrix.column
    amount = cents[column] * matrix.value
    is_grant = (column < n) & ~of_costs[row]
    cells = column[is_grant]
    amount[is_grant] = matrix.value[is_grant] / columns.rate[cells] * grant[cells]
    sums = np.bincount(row, weights=amount, minlength=len(model.row_lower))
    margin = np.where(_rows_named(model, ("C3-floor",)), WITH_MARGIN, 0.0)
    over = sums > model.row_upper * CENTS + EXACT
    under = sums < model.row_lower * CENTS - EXACT - margin
    return np.flatnonzero((over | under) & ~_rows_named(model, IMPLIED))


def _rows_named(model: Model, names: tuple[str, ...]) -> BoolArray:
    counts = [len(subjects) for _, subjects in model.blocks]
    flags = [constraint in names for constraint, _ in model.blocks]
    return np.repeat(np.array(flags, dtype=np.bool_), counts)
