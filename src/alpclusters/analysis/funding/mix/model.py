"""The mixed-integer model of a problem as sparse arrays, in euro, to be maximised."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from alpclusters.analysis.funding.mix.cells import IntArray
from alpclusters.analysis.funding.mix.columns import CENTS, Columns, FloatArray
from alpclusters.analysis.funding.mix.freezing import freeze
from alpclusters.analysis.funding.mix.line_rows import add_line_rows
from alpclusters.analysis.funding.mix.link_rows import add_forbidden, add_link_rows
from alpclusters.analysis.funding.mix.offer_rows import Form, add_offer_rows
from alpclusters.analysis.funding.mix.partner_rows import add_partner_rows
from alpclusters.analysis.funding.mix.problem import BoolArray, Problem
from alpclusters.analysis.funding.mix.rows import RowName, Rows, Sparse
from alpclusters.analysis.funding.mix.wish_rows import add_wish_rows


@dataclass(frozen=True, eq=False)
class Model:
    """``max cost x`` with ``row_lower <= A x <= row_upper`` and ``lower <= x <= upper``.

    Attributes
    ----------
    columns : Columns
        Where each variable stands.
    matrix : Sparse
        A by rows.
    row_lower, row_upper : array of shape (n_rows,)
    lower, upper, cost : array of shape (n_columns,)
        All upper bounds are finite, so that any duals give a bound.
    is_integer : array of bool of shape (n_columns,)
    blocks : sequence of (str, sequence of str)
        Constraint and subjects of the rows, block by block.
    """

    columns: Columns
    matrix: Sparse
    row_lower: FloatArray
    row_upper: FloatArray
    lower: FloatArray
    upper: FloatArray
    cost: FloatArray
    is_integer: BoolArray
    blocks: Sequence[tuple[str, Sequence[str]]]

    @property
    def row_start(self) -> IntArray:
        """First entry of each row."""
        return self.matrix.start

    @property
    def col_index(self) -> IntArray:
        """Column of each entry."""
        return self.matrix.column

    @property
    def value(self) -> FloatArray:
        """Value of each entry."""
        return self.matrix.value

    @cached_property
    def rows(self) -> tuple[RowName, ...]:
        """What each row is for."""
        return tuple(
            RowName(constraint, subject, i)
            for constraint, subjects in self.blocks
            for i, subject in enumerate(subjects)
        )


def build(
    problem: Problem, *, form: Form = "strong", forbidden: Sequence[frozenset[str]] = ()
) -> Model:
    """Build the model of a problem.

    Parameters
    ----------
    problem : Problem
    form : {"strong", "short"}
        ``strong`` links each cell to its participation (C1): a better bound; ``short`` only their
        sum (C1'): fewer rows.
    forbidden : sequence of frozenset of str
        Sets of offers from which the answer has to differ in at least two.

    Returns
    -------
    Model
        Values in euro; rows named by the numbers of the method's page.

    Examples
    --------
    >>> import datetime as dt
    >>> from alpclusters.analysis.funding.case import Case, Periods, Territory
    >>> from alpclusters.analysis.funding.mix.preparing import prepare
    >>> nothing = Case("Nothing yet", Periods(dt.date(2025, 1, 1), 4), (), (), (), (), ())
    >>> len(build(prepare(nothing, Territory({}))).cost)
    0
    """
    columns, rows = Columns(problem), Rows()
    add_offer_rows(rows, columns, form)
    add_line_rows(rows, columns)
    add_partner_rows(rows, columns)
    add_link_rows(rows, columns)
    add_wish_rows(rows, columns)
    add_forbidden(rows, columns, forbidden)
    row_lower, row_upper = rows.bounds()
    model = Model(
        columns=columns,
        matrix=rows.matrix(),
        row_lower=row_lower,
        row_upper=row_upper,
        lower=np.zeros(columns.n),
        upper=_upper(columns),
        cost=_prices(columns),
        is_integer=_integers(columns),
        blocks=rows.blocks,
    )
    freeze((model.matrix, model.row_lower, model.row_upper))
    freeze((model.lower, model.upper, model.cost, model.is_integer))
    return model


def _upper(columns: Columns) -> FloatArray:
    upper = np.ones(columns.n)
    upper[: columns.y] = columns.most
    for at, (_, pair) in enumerate(columns.matches):
        cells = columns.cell_pair == pair
        upper[columns.h + at] = columns.cost[columns.problem.cells.line[cells]].sum()
    for at, (_, cumulation) in enumerate(columns.apart):
        upper[columns.a + at] = columns.cost[columns.problem.cumulations[cumulation].line]
    for at, number in enumerate(columns.soft_wishes):
        if columns.problem.case.wishes[number].type == "max_offers":
            upper[columns.s + at] = len(columns.terms)
    return upper


def _prices(columns: Columns) -> FloatArray:
    """Grants minus efforts, minus what missed wishes cost."""
    cost = np.zeros(columns.n)
    cost[: columns.y] = columns.rate
    cost[columns.y : columns.z] = [-t.effort_ct / CENTS for t in columns.terms]
    partner_efforts = np.array([-t.partner_effort_ct / CENTS for t in columns.terms])
    if len(columns.pairs):
        cost[columns.z : columns.v] = partner_efforts[columns.pairs[:, 0]]
    for at, number in enumerate(columns.soft_wishes):
        cost[columns.s + at] = -(columns.problem.case.wishes[number].weight or 0) / CENTS
    return cost


def _integers(columns: Columns) -> BoolArray:
    integers = np.zeros(columns.n, dtype=np.bool_)
    integers[columns.y : columns.h] = True
    # A country is present as soon as one of its partners is: whole numbers by themselves.
    integers[columns.v : columns.m] = False
    return integers
