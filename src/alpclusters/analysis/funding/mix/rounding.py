"""From euro as floating numbers to whole cents that keep every ceiling and floor."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

import numpy as np

from alpclusters.analysis.funding.case import FULL_BP, Allocation, Cell
from alpclusters.analysis.funding.mix.cells import IntArray
from alpclusters.analysis.funding.mix.cents import (
    EXACT,
    IMPLIED,
    OF_COSTS,
    OF_REST,
    Share,
    Step,
    give_back,
    rows_named,
)
from alpclusters.analysis.funding.mix.columns import CENTS, Columns, FloatArray
from alpclusters.analysis.funding.mix.model import Model

# The solver's own tolerance in cents: a cost that is a hair below a cent is that cent.
HAIR: Final = 2e-3
YES: Final = 0.5


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
    """Round a mix down to cents, give back what fits, and say which rows it breaks by that."""
    columns = model.columns
    taken = values[columns.z + columns.cell_pair] > YES if len(columns.pairs) else values[:0] > 0
    euros = np.where(taken, values[: columns.y], 0.0)
    declared = np.floor(euros * CENTS + HAIR).astype(np.int64)
    shares = _shares(columns, declared)
    give_back(model, values, shares, _steps(columns, shares))
    declared, grant = np.zeros_like(declared), np.zeros_like(declared)
    for share in shares:
        declared[share.cell] += share.declared
        grant[share.cell] += share.grant
    objective = int(grant.sum()) - _efforts_ct(columns, declared)
    broken = _broken(model, values, declared, grant)
    return Rounded(declared, grant, _allocation(columns, shares), objective, broken)


def _shares(columns: Columns, declared: IntArray) -> list[Share]:
    """Share each cell among the lines of the case behind it, pro rata and rounded down.

    Rounded up, two offers could meet on one line with a cent more than it costs.
    """
    problem, found = columns.problem, []
    for cell in np.flatnonzero(declared).tolist():
        merged = problem.cells.line[cell]
        total, bp = int(problem.lines.cost_ct[merged]), int(problem.cells.bp[cell])
        for line in problem.lines.members[merged]:
            part = min(int(declared[cell]), total) * problem.case.lines[line].cost_ct // total
            if part:
                found.append(Share(cell, line, part, part * bp // FULL_BP))
    return found


def _steps(columns: Columns, shares: list[Share]) -> list[Step]:
    """Return in which steps grants may rise; paired ones are cut to multiples of their ratio."""
    paired: dict[tuple[int, int], list[tuple[Share, int]]] = defaultdict(list)
    single = {(share.cell, share.line): share for share in shares}
    for number, link in enumerate(columns.problem.case.links):
        if link.type == "paired":
            ids, ratio = link.offers[:2], link.ratio or (1, 1)
            units = _units(columns, shares, ids, ratio)
            for share in shares:
                offer = _offer(columns, share.cell)
                if offer in ids:
                    share.grant = units.get(share.line, 0) * ratio[ids.index(offer)]
                    paired[number, share.line].append((share, ratio[ids.index(offer)]))
                    single.pop((share.cell, share.line), None)
    both = [tuple(steps) for steps in paired.values() if len(steps) > 1]
    return [*(((share, 1),) for share in single.values()), *both]


def _offer(columns: Columns, cell: int) -> str:
    return columns.problem.case.offers[int(columns.problem.cells.offer[cell])].id


def _units(
    columns: Columns, shares: list[Share], ids: tuple[str, ...], ratio: tuple[int, int]
) -> dict[int, int]:
    grants: dict[int, dict[str, int]] = defaultdict(dict)
    for share in shares:
        offer = _offer(columns, share.cell)
        if offer in ids:
            grants[share.line][offer] = share.grant
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
            Cell(case.offers[offers[x.cell]].id, case.lines[x.line].id, x.declared, x.grant)
            for x in shares
        )
    )


def _broken(model: Model, values: FloatArray, declared: IntArray, grant: IntArray) -> IntArray:
    """Return the rows that do not hold with the cents of the mix."""
    columns, matrix = model.columns, model.matrix
    of_costs, of_rest = rows_named(model, OF_COSTS), rows_named(model, OF_REST)
    n = len(declared)
    exact = np.where(model.is_integer, np.rint(values), values)
    cents = np.concatenate([declared.astype(np.float64), exact[n:] * CENTS])
    row, column = matrix.row, matrix.column
    amount = cents[column] * matrix.value
    is_rest = (column < n) & of_rest[row]
    amount[is_rest] = (grant - declared)[column[is_rest]]
    is_grant = (column < n) & ~of_costs[row] & ~of_rest[row]
    cells = column[is_grant]
    amount[is_grant] = matrix.value[is_grant] / columns.rate[cells] * grant[cells]
    sums = np.bincount(row, weights=amount, minlength=len(model.row_lower))
    over = sums > model.row_upper * CENTS + EXACT
    under = sums < model.row_lower * CENTS - EXACT
    return np.flatnonzero((over | under) & ~rows_named(model, IMPLIED))
