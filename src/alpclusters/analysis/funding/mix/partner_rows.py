"""Rows of partners: private match, own means, cash (C14 to C16), one grant of a kind (DF-1)."""

from collections import defaultdict
from typing import Final

import numpy as np

from alpclusters.analysis.funding.case import FULL_BP
from alpclusters.analysis.funding.mix.cells import IntArray
from alpclusters.analysis.funding.mix.columns import CENTS, Columns, FloatArray
from alpclusters.analysis.funding.mix.rows import Rows

INF: Final = float("inf")


def add_partner_rows(rows: Rows, columns: Columns) -> None:
    """Add all rows that speak of one partner, and the private match of offers."""
    _add_matches(rows, columns)
    _add_own_means(rows, columns)
    _add_cash(rows, columns)
    _add_one_grant(rows, columns)


def _add_matches(rows: Rows, columns: Columns) -> None:
    """C14: private money counts once, up to what grants leave open and own means allow."""
    by_offer: dict[int, list[int]] = defaultdict(list)
    by_partner: dict[int, list[int]] = defaultdict(list)
    for at, (offer, pair) in enumerate(columns.matches):
        cells = np.flatnonzero(columns.cell_pair == pair)
        rest = zip(cells.tolist(), (columns.rate[cells] - 1.0).tolist(), strict=True)
        column = columns.h + at
        name = f"offer:{columns.terms[offer].id}"
        rows.add_one("C14-rest", name, [(column, 1.0), *rest], -INF, 0.0)
        by_offer[offer].append(column)
        by_partner[int(columns.pairs[pair, 1])].append(column)
    _add_private_means(rows, columns, by_partner)
    for offer, terms in enumerate(columns.terms):
        if terms.private_match_bp:
            cells = np.flatnonzero(columns.cell_offer == offer)
            share = terms.private_match_bp / FULL_BP
            wanted = [(int(cell), -share) for cell in cells]
            found = [(column, 1.0) for column in by_offer[offer]]
            rows.add_one("C14", f"offer:{terms.id}", [*found, *wanted], 0.0, INF)


def _add_private_means(rows: Rows, columns: Columns, by_partner: dict[int, list[int]]) -> None:
    for partner, matched in by_partner.items():
        body = columns.problem.case.partners[partner]
        if body.own_ct is not None:
            terms = [(column, 1.0) for column in matched]
            rows.add_one("C14-own", f"partner:{body.id}", terms, -INF, body.own_ct / CENTS)


def _add_own_means(rows: Rows, columns: Columns) -> None:
    """C15: what grants leave open is at most what a partner can pay itself."""
    costs: dict[str, int] = defaultdict(int)
    for line in columns.problem.case.lines:
        costs[line.partner] += line.cost_ct
    for p, partner in enumerate(columns.problem.case.partners):
        if partner.own_ct is not None and costs[partner.id] > partner.own_ct:
            cells = np.flatnonzero(columns.cell_partner == p)
            least = (costs[partner.id] - partner.own_ct) / CENTS
            terms = list(zip(cells.tolist(), columns.rate[cells].tolist(), strict=True))
            rows.add_one("C15", f"partner:{partner.id}", terms, least, INF)


def _add_cash(rows: Rows, columns: Columns) -> None:
    """C16: in each quarter, what is spent for grants and not yet paid stays below the credit."""
    periods = columns.problem.case.periods.count
    for p, partner in enumerate(columns.problem.case.partners):
        cells = np.flatnonzero(columns.cell_partner == p)
        if partner.credit_ct is None or not len(cells):
            continue
        claims = cash_claims(columns, cells)
        for period in range(periods):
            values = claims[:, period]
            if (values > 0).any():
                where = np.zeros(len(cells), dtype=np.int64)
                name = (f"partner:{partner.id}@{period}",)
                rows.add("C16", name, [(where, cells, values)], -INF, partner.credit_ct / CENTS)


def cash_claims(columns: Columns, cells: IntArray) -> FloatArray:
    """Return what each euro declared leaves to be financed in each quarter.

    Returns
    -------
    array of shape (n_cells, n_periods)
        ``r ([spent] - prepaid [window open] - (1 - prepaid) [spent + lag])``.
    """
    terms = columns.terms
    offers = columns.cell_offer[cells]
    prepaid = np.array([t.prepay_bp / FULL_BP for t in terms])[offers][:, None]
    first = np.array([t.window[0] for t in terms])[offers][:, None]
    lag = np.array([t.lag_periods for t in terms])[offers][:, None]
    spent = columns.problem.lines.period[columns.problem.cells.line[cells]][:, None]
    now = np.arange(columns.problem.case.periods.count)[None, :]
    paid = prepaid * (first <= now) + (1.0 - prepaid) * (spent + lag <= now)
    return np.asarray(columns.rate[cells][:, None] * ((spent <= now) - paid))


def _add_one_grant(rows: Rows, columns: Columns) -> None:
    """One action, one grant of the Union budget for each beneficiary (DF-1)."""
    partners = columns.problem.case.partners
    for origins in columns.problem.one_grant:
        for p, partner in enumerate(partners):
            terms = [
                (columns.z + pair, 1.0)
                for pair, (offer, who) in enumerate(columns.pairs.tolist())
                if who == p and columns.terms[offer].origin in origins
            ]
            if len(terms) > 1:
                rows.add_one("C17-one-grant", f"partner:{partner.id}", terms, -INF, 1.0)
