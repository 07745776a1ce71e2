"""Flow covers of cost lines: rows that the model implies for whole numbers, not for fractions.

On a line with ``sum g_j <= b`` and ``g_j <= M_j z_j`` (M_j the most that offer j may grant there),
let C be offers whose M together pass b by ``excess > 0``. Then
``sum_C g_j + sum_C max(0, M_j - excess) (1 - z_j)``
``+ sum_L (g_j - (max(M_C, M_j) - excess) z_j) <= b``
for any further offers L (Padberg, Van Roy and Wolsey 1985; extended: Van Roy and Wolsey 1986).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

import numpy as np

from alpclusters.analysis.funding.mix.cells import IntArray
from alpclusters.analysis.funding.mix.columns import CENTS, Columns, FloatArray
from alpclusters.analysis.funding.mix.model import Model
from alpclusters.analysis.funding.mix.rows import Sparse

MOST_OFFERS: Final = 10
MOST_IN_COVER: Final = 5
LEAST_VIOLATION: Final = 1e-3
SOME: Final = 1e-4
TINY: Final = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """``sum of value x <= upper``."""

    column: IntArray
    value: FloatArray
    upper: float


@dataclass(frozen=True, slots=True, eq=False)
class _Node:
    """A line as flows into it: cells, their participations, and what they bring at a point."""

    cells: IntArray
    takes: IntArray
    rate: FloatArray
    most: FloatArray
    flow: FloatArray
    share: FloatArray
    limit: float


def find_cuts(columns: Columns, values: FloatArray) -> list[Cut]:
    """Return the most violated flow cover of each line at a point, where there is one."""
    return [cut for node in _nodes(columns, values) if (cut := _cut(node)) is not None]


def with_cuts(model: Model, cuts: Sequence[Cut]) -> Model:
    """Return the model with further rows."""
    if not cuts:
        return model
    ends = model.matrix.start[-1] + np.cumsum([len(cut.column) for cut in cuts])
    matrix = Sparse(
        np.concatenate([model.matrix.start, ends]),
        np.concatenate([model.matrix.column, *(cut.column for cut in cuts)]),
        np.concatenate([model.matrix.value, *(cut.value for cut in cuts)]),
    )
    return replace(
        model,
        matrix=matrix,
        row_lower=np.concatenate([model.row_lower, np.full(len(cuts), -np.inf)]),
        row_upper=np.concatenate([model.row_upper, [cut.upper for cut in cuts]]),
        blocks=[*model.blocks, ("cover", [""] * len(cuts))],
    )


def _nodes(columns: Columns, values: FloatArray) -> Iterator[_Node]:
    problem = columns.problem
    order = np.argsort(problem.cells.line, kind="stable")
    if not len(order):
        return
    ends = np.flatnonzero(np.diff(problem.cells.line[order])) + 1
    for cells in np.split(order, ends):
        if len(cells) > 1:
            yield _node(columns, values, cells, float(columns.cost[problem.cells.line[cells[0]]]))
    for cumulation in problem.cumulations:
        setters = cumulation.setters
        is_plain = len(setters) == 1 and not len(cumulation.de_minimis)
        if is_plain and not setters[0].is_average and len(setters[0].cells) > 1:
            yield _node(columns, values, setters[0].cells, setters[0].limit_ct / CENTS)


def _node(columns: Columns, values: FloatArray, cells: IntArray, limit: float) -> _Node:
    takes = columns.z + columns.cell_pair[cells]
    rate = columns.rate[cells]
    return _Node(
        cells, takes, rate, rate * columns.most[cells], rate * values[cells], values[takes], limit
    )


def _cut(node: _Node) -> Cut | None:
    """Try all small covers among the offers that take part at this point."""
    support = np.flatnonzero(node.share > SOME)
    order = np.argsort(-node.share[support], kind="stable")
    support = support[order[:MOST_OFFERS]]
    best, found = LEAST_VIOLATION * node.limit, None
    for size in range(1, min(len(support), MOST_IN_COVER) + 1):
        for cover in combinations(support.tolist(), size):
            chosen = np.array(cover)
            excess = float(node.most[chosen].sum()) - node.limit
            if excess > TINY and float(node.most[chosen].max()) > excess:
                violation = _violation(node, chosen, excess)
                if violation > best:
                    best, found = violation, (chosen, excess)
    return None if found is None else _written(node, *found)


def _violation(node: _Node, cover: IntArray, excess: float) -> float:
    lifted = np.maximum(node.most[cover] - excess, 0.0)
    inside = float((node.flow[cover] + lifted * (1.0 - node.share[cover])).sum())
    further, price = _further(node, cover, excess)
    return inside + float((node.flow[further] - price * node.share[further]).sum()) - node.limit


def _further(node: _Node, cover: IntArray, excess: float) -> tuple[IntArray, FloatArray]:
    rest = np.setdiff1d(np.arange(len(node.cells)), cover)
    price = np.maximum(node.most[cover].max(), node.most[rest]) - excess
    gains = node.flow[rest] - price * node.share[rest] > TINY
    return rest[gains], price[gains]


def _written(node: _Node, cover: IntArray, excess: float) -> Cut:
    lifted = np.maximum(node.most[cover] - excess, 0.0)
    further, price = _further(node, cover, excess)
    columns = (node.cells[cover], node.takes[cover], node.cells[further], node.takes[further])
    values = (node.rate[cover], -lifted, node.rate[further], -price)
    return Cut(np.concatenate(columns), np.concatenate(values), node.limit - float(lifted.sum()))
