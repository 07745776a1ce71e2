"""Rows of wishes (C20): hard ones as rows, soft ones with a variable for what is missed."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from alpclusters.analysis.funding.case import Wish
from alpclusters.analysis.funding.mix.columns import CENTS, Columns
from alpclusters.analysis.funding.mix.problem import line_ids
from alpclusters.analysis.funding.mix.rows import Rows

INF: Final = float("inf")

type Terms = list[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class _Side:
    """``lower <= terms <= upper``; one unit of missing is worth ``unit`` of the row."""

    terms: Terms
    lower: float
    upper: float
    unit: float


def add_wish_rows(rows: Rows, columns: Columns) -> None:
    """Add a row for each wish; one that nothing can fulfil stays as a row that cannot hold."""
    soft = {wish: columns.s + i for i, wish in enumerate(columns.soft_wishes)}
    for number, wish in enumerate(columns.problem.case.wishes):
        side = _side(columns, wish, number)
        terms = side.terms
        if number in soft:
            sign = 1.0 if side.lower > -INF else -1.0
            terms = [*terms, (soft[number], sign * side.unit)]
        rows.add_one("C20", f"wish:{number}", terms, side.lower, side.upper)


def _side(columns: Columns, wish: Wish, number: int) -> _Side:
    if wish.type in ("use", "avoid"):
        used = [(columns.y + i, 1.0) for i, t in enumerate(columns.terms) if t.id == wish.offer]
        is_use = wish.type == "use"
        return _Side(used, 1.0, INF, 1.0) if is_use else _Side(used, -INF, 0.0, 1.0)
    if wish.type == "max_offers":
        used = [(columns.y + i, 1.0) for i in _meant(columns, number)]
        return _Side(used, -INF, float(wish.count or 0), 1.0)
    amount = (wish.amount_ct or 1) / CENTS
    return _Side(_grants(columns, wish, number), amount, INF, amount)


def _meant(columns: Columns, number: int) -> list[int]:
    """Return the places of the offers that a wish speaks of: all, where nothing else is said."""
    scopes = columns.problem.scopes
    every = range(len(columns.terms))
    return [i for i in every if not scopes or columns.terms[i].id in scopes[number]]


def _grants(columns: Columns, wish: Wish, number: int) -> Terms:
    chosen = np.isin(columns.cell_offer, _meant(columns, number))
    if wish.type == "min_partner":
        ids = [partner.id for partner in columns.problem.case.partners]
        chosen = columns.cell_partner == (ids.index(wish.partner) if wish.partner in ids else -1)
    if wish.type == "fund_line":
        lines = range(len(columns.problem.lines))
        named = [i for i in lines if wish.line in line_ids(columns.problem, i)]
        chosen = np.isin(columns.problem.cells.line, named)
    cells = np.flatnonzero(chosen)
    return list(zip(cells.tolist(), columns.rate[cells].tolist(), strict=True))
