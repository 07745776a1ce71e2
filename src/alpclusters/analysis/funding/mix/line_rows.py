"""Rows of cost lines and of law: double funding, profit, cumulation, pools (C7 to C12)."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from alpclusters.analysis.funding.case import FULL_BP
from alpclusters.analysis.funding.mix.cells import DE_MINIMIS, IntArray
from alpclusters.analysis.funding.mix.columns import CENTS, Columns, UnionCeiling, union_limit
from alpclusters.analysis.funding.mix.problem import Cumulation, line_ids
from alpclusters.analysis.funding.mix.rows import Rows

INF: Final = float("inf")
# An article counts as applied from 1 % of the line on: one part in so many.
APPLIED: Final = 100

type Terms = list[tuple[int, float]]


def add_line_rows(rows: Rows, columns: Columns) -> None:
    """Add the ceilings of all lines, accounts, thresholds and averages."""
    for line, cells in _by_line(columns):
        _add_double_funding(rows, columns, line, cells)
        _add_profit(rows, columns, line, cells)
    for i, cumulation in enumerate(columns.problem.cumulations):
        _add_cumulation(rows, columns, i, cumulation)
        if len(cumulation.central):
            _add_union_rate(rows, columns, i, cumulation)
    for pool in columns.problem.pools:
        rows.add_one(
            pool.constraint, pool.subject, _grants(columns, pool.cells), -INF, pool.limit_ct / CENTS
        )
    _add_averages(rows, columns)


def _by_line(columns: Columns) -> Iterator[tuple[int, IntArray]]:
    lines = columns.problem.cells.line
    order = np.argsort(lines, kind="stable")
    if len(order):
        for cells in np.split(order, np.flatnonzero(np.diff(lines[order])) + 1):
            yield int(lines[cells[0]]), cells


def _add_double_funding(rows: Rows, columns: Columns, line: int, cells: IntArray) -> None:
    """C7: what is declared to Union money is declared once (2018/1046 Art. 191(3))."""
    problem = columns.problem
    for origins in problem.once:
        union = [c for c in cells if problem.case.offers[problem.cells.offer[c]].origin in origins]
        if len(union) > 1:
            terms = [(int(c), 1.0) for c in union]
            rows.add_one("C7", _line(columns, line), terms, -INF, float(columns.cost[line]))


def _add_profit(rows: Rows, columns: Columns, line: int, cells: IntArray) -> None:
    """C8: no more is granted than a line costs (2018/1046 Art. 192)."""
    if columns.rate[cells].sum() > 1:
        terms = _grants(columns, cells)
        rows.add_one("C8", _line(columns, line), terms, -INF, float(columns.cost[line]))


def _add_cumulation(rows: Rows, columns: Columns, i: int, cumulation: Cumulation) -> None:
    """C9: the sum of aid stays below the most favourable article that is applied (Art. 8(3))."""
    name, places = _line(columns, cumulation.line), columns.setter_of
    aid = np.concatenate([setter.cells for setter in cumulation.setters])
    if (i, 0) not in places:
        limit = cumulation.setters[0].limit_ct / CENTS
        if len(aid) > 1:
            rows.add_one("C9", name, _grants(columns, aid), -INF, limit)
        return
    choice = [(places[i, k], 1.0) for k in range(len(cumulation.setters))]
    if len(cumulation.de_minimis):
        choice.append((places[i, DE_MINIMIS], 1.0))
    rows.add_one("C9-one", name, choice, -INF, 1.0)
    _add_limits(rows, columns, i, cumulation)
    _add_applied(rows, columns, i, cumulation)


def _add_limits(rows: Rows, columns: Columns, i: int, cumulation: Cumulation) -> None:
    """Aid under the articles from each one up stays below the limit that one of them sets.

    Where a lower article sets the limit, those above it carry less than 1 % of the line each.
    """
    name, places, setters = _line(columns, cumulation.line), columns.setter_of, cumulation.setters
    cost = float(columns.cost[cumulation.line])
    limits = [(places[i, k], -setter.limit_ct / CENTS) for k, setter in enumerate(setters)]
    for k in range(len(setters)):
        above = np.concatenate([setter.cells for setter in setters[k:]])
        most = min(sum(_nominal(columns, cumulation, j) for j in range(k, len(setters))), cost)
        nominal = [(place, -min(most, -limit)) for place, limit in limits[:k]]
        terms = [*_grants(columns, above), *limits[k:], *nominal]
        rows.add_one("C9", name, terms, -INF, 0.0)
    if len(cumulation.de_minimis):
        aid = np.concatenate([cumulation.de_minimis, *(setter.cells for setter in setters)])
        alone = (places[i, DE_MINIMIS], -cost)
        rows.add_one("C9", name, [*_grants(columns, aid), *limits, alone], -INF, 0.0)


def _nominal(columns: Columns, cumulation: Cumulation, setter: int) -> float:
    """Return the most that an article grants on a line without being applied, in euro."""
    rates = columns.rate[cumulation.setters[setter].cells]
    return _least_applied(columns, cumulation) * float(rates.max())


def _least_applied(columns: Columns, cumulation: Cumulation) -> float:
    """Return the least cost with which an article counts, in euro: 1 %, rounded up to a cent."""
    return -(-int(columns.problem.lines.cost_ct[cumulation.line]) // APPLIED) / CENTS


def _add_applied(rows: Rows, columns: Columns, i: int, cumulation: Cumulation) -> None:
    """An article above the lowest sets the limit only from 1 % of the line on."""
    least = _least_applied(columns, cumulation)
    if len(cumulation.setters) == 1 and not len(cumulation.de_minimis):
        _add_reach(rows, columns, i, cumulation)
        return
    for k, setter in enumerate(cumulation.setters):
        if k or setter.is_average:
            terms = [(int(cell), 1.0) for cell in setter.cells]
            terms.append((columns.setter_of[i, k], -least))
            rows.add_one("C9-applied", _line(columns, cumulation.line), terms, 0.0, INF)


def _add_reach(rows: Rows, columns: Columns, i: int, cumulation: Cumulation) -> None:
    """A line on which an average is alone counts as soon as an offer in use could pay for it."""
    taking = sorted({int(columns.cell_pair[cell]) for cell in cumulation.setters[0].cells})
    terms = [(columns.setter_of[i, 0], 1.0), *((columns.z + pair, -1.0) for pair in taking)]
    rows.add_one("C9-reach", _line(columns, cumulation.line), terms, -INF, 0.0)


def _add_union_rate(rows: Rows, columns: Columns, i: int, cumulation: Cumulation) -> None:
    """C10: all public money on a line stays below the most favourable rate (Art. 8(2)).

    Only where exempted aid and central Union money meet: a line may do without one of them.
    """
    name = _line(columns, cumulation.line)
    aid = np.concatenate([setter.cells for setter in cumulation.setters])
    public = [aid, cumulation.central, cumulation.de_minimis, cumulation.others]
    terms = _grants(columns, np.concatenate(public))
    mine = [
        (columns.u + at, ceiling)
        for at, ceiling in enumerate(columns.unions)
        if ceiling.cumulation == i
    ]
    if not mine:
        rows.add_one("C10", name, terms, -INF, (union_limit(columns.problem, i) or 0) / CENTS)
        return
    limits = [(column, -ceiling.limit_ct / CENTS) for column, ceiling in mine]
    rows.add_one("C10-one", name, [(column, 1.0) for column, _ in mine], -INF, 1.0)
    rows.add_one("C10", name, [*terms, *limits], -INF, 0.0)
    for column, ceiling in mine:
        _add_union_choice(rows, columns, cumulation, (column, ceiling))


def _add_union_choice(
    rows: Rows, columns: Columns, cumulation: Cumulation, choice: tuple[int, UnionCeiling]
) -> None:
    """Say when a ceiling may be chosen; one that holds always asks nothing."""
    column, ceiling = choice
    name, cost = _line(columns, cumulation.line), float(columns.cost[cumulation.line])
    if ceiling.kind == "article":
        article = columns.setter_of.get((ceiling.cumulation, ceiling.value))
        if article is not None:
            rows.add_one("C10-applied", name, [(column, 1.0), (article, -1.0)], -INF, 0.0)
    elif ceiling.kind == "rate":
        # A body has one grant of the Union's budget (DF-1), so its rate is that grant's.
        taking = {
            int(columns.z + columns.cell_pair[cell])
            for cell in cumulation.central
            if columns.problem.cells.bp[cell] == ceiling.value
        }
        terms = [(column, 1.0), *((pair, -1.0) for pair in sorted(taking))]
        rows.add_one("C10-applied", name, terms, -INF, 0.0)
    elif ceiling.kind in ("no_aid", "no_central"):
        aid = np.concatenate([setter.cells for setter in cumulation.setters])
        absent = aid if ceiling.kind == "no_aid" else cumulation.central
        rows.add_one("C10-none", name, [*_grants(columns, absent), (column, cost)], -INF, cost)


def _add_averages(rows: Rows, columns: Columns) -> None:
    """C9: an intensity over the whole aid period counts the lines that are used (Art. 27(8)).

    Aid on a line that another article limits stands apart from it.
    """
    problem = columns.problem
    for number, average in enumerate(problem.averages):
        apart = [
            (columns.a + at, i) for at, (whose, i) in enumerate(columns.apart) if whose == number
        ]
        for column, i in apart:
            _add_apart(rows, columns, column, i, average.article)
        limits = [
            (columns.setter_of[i, k], -average.bp / FULL_BP * float(columns.cost[c.line]))
            for i, c in enumerate(problem.cumulations)
            for k, setter in enumerate(c.setters)
            if setter.article == average.article and c.line in average.lines
        ]
        outside = [(column, -1.0) for column, _ in apart]
        terms = [*_grants(columns, average.cells), *limits, *outside]
        rows.add_one("C9-average", average.subject, terms, -INF, 0.0)


def _add_apart(rows: Rows, columns: Columns, column: int, i: int, average: str) -> None:
    """Aid stands apart up to what is there, and only where the average does not set the limit."""
    found = columns.problem.cumulations[i]
    name, cost = _line(columns, found.line), float(columns.cost[found.line])
    aid = np.concatenate([found.de_minimis, *(setter.cells for setter in found.setters)])
    there = [(cell, -rate) for cell, rate in _grants(columns, aid)]
    rows.add_one("C9-apart", name, [(column, 1.0), *there], -INF, 0.0)
    place = next(
        columns.setter_of[i, k] for k, one in enumerate(found.setters) if one.article == average
    )
    rows.add_one("C9-apart", name, [(column, 1.0), (place, cost)], -INF, cost)


def _grants(columns: Columns, cells: IntArray) -> Terms:
    return list(zip(cells.tolist(), columns.rate[cells].tolist(), strict=True))


def _line(columns: Columns, line: int) -> str:
    return f"line:{'+'.join(line_ids(columns.problem, line))}"
