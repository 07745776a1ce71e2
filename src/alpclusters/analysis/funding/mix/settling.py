"""Rounding until nothing is broken: rows that cents break are tightened, the rest stays.

All of this repairs a candidate. The bound of a mix, and the word that there is none, come from the
model alone, which knows no such room.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from alpclusters.analysis.funding.mix.cents import rows_named
from alpclusters.analysis.funding.mix.columns import CENTS, FloatArray
from alpclusters.analysis.funding.mix.cuts import Cut, with_cuts
from alpclusters.analysis.funding.mix.model import Model
from alpclusters.analysis.funding.mix.problem import BoolArray
from alpclusters.analysis.funding.mix.rounding import Rounded, round_mix
from alpclusters.analysis.funding.mix.rows import Sparse
from alpclusters.analysis.funding.mix.solver import solve_model
from alpclusters.analysis.funding.mix.submodel import cut_out, free_columns

STEP: Final = 0.05
# Rows that may keep some cents of room where they bound what is used, so that floors can be met.
ROOMY: Final = (
    ("C6", "C7", "C8", "C9", "C9-average", "C10", "C11", "C12", "C13", "C14", "C14-rest", "C14-own",
     "C15", "C16"),
    ("C14", "C14-rest", "C14-own"),
)  # fmt: skip
ATTEMPTS: Final = 8
# Other offers and participations that are tried where no amounts keep all rows in whole cents.
CHOICES: Final = 20
WHOLE_OFFERS: Final = 30
OPTIONS: Final = {"mip_rel_gap": 1e-6, "mip_max_nodes": 1_000}
YES: Final = 0.5


def settle(model: Model, values: FloatArray) -> Rounded:
    """Round a mix to cents; where that breaks a row, look for another one that it does not break.

    First only amounts move. Where no amounts keep all rows in whole cents, the next best choice of
    offers and participations is tried, of all offers where they are few and else of the used ones.
    A mix that breaks a row in the end is returned as it is: the checker will refuse it.
    """
    rounded = settle_amounts(model, values)
    cuts: list[Cut] = []
    while len(rounded.broken) and len(cuts) < CHOICES:
        cuts.append(_another(model, values))
        answer = _choose_again(model, values, cuts)
        if answer is None:
            break
        values = answer
        rounded = settle_amounts(model, values)
    return rounded


def settle_amounts(model: Model, values: FloatArray) -> Rounded:
    """Round a mix to cents; where that breaks a row, ask for room and solve again.

    First the amounts are solved again with whole yes-or-no variables: a solver takes 0.999999
    for yes, which would cost cents. Offers, participations and articles stay as they are; only
    amounts move. Where cents break a row, room is asked for in several ways, those that cost least
    first, until a mix has lost no more than its cents; else the one that is worth most is taken.
    """
    model = without_apart(model, values)
    values = np.minimum(values, model.upper)
    exact = solve_model(fixed(model, values), is_relaxed=True)
    if exact.outcome == "optimal" and exact.values is not None:
        values = exact.values
    most = int(np.ceil(float(model.cost @ values) * CENTS))
    best, best_worth = round_mix(model, values), 0
    if not len(best.broken):
        return best
    for rounded, worth in _repaired(model, values, best):
        if len(best.broken) or worth > best_worth:
            best, best_worth = rounded, worth
        if worth >= most - len(best.allocation):
            break
    return best


def _repaired(model: Model, values: FloatArray, rounded: Rounded) -> Iterator[tuple[Rounded, int]]:
    """Yield mixes that cents do not break, and what they are worth in the model in cents.

    The rows that break get 0.05 EUR more room, at most eight times. A lump sum leaves nothing to
    ask for: there the ceilings around it keep some cents of room, which rounding gives back; in
    the end all ceilings do.
    """
    near = _near(model, rounded)
    rooms = [(names, rows) for rows in (near, None) for names in ROOMY]
    for start in (model, *(_roomy(model, values, names, rows) for names, rows in rooms)):
        yield from _tightened_until_kept(model, start, values, rounded if start is model else None)


def _tightened_until_kept(
    model: Model, start: Model, values: FloatArray, rounded: Rounded | None
) -> Iterator[tuple[Rounded, int]]:
    """Yield the first mix that keeps all rows while those that break get more room each time."""
    tighter = start
    for _ in range(ATTEMPTS + 1):
        if rounded is not None:
            tighter = _tightened(tighter, rounded)
        answer = solve_model(fixed(tighter, values), is_relaxed=True)
        if answer.outcome != "optimal" or answer.values is None:
            return
        rounded = round_mix(model, answer.values)
        if not len(rounded.broken):
            missed = float(model.cost[model.columns.s :] @ answer.values[model.columns.s :])
            yield rounded, rounded.objective_ct + round(missed * CENTS)
            return


def without_apart(model: Model, values: FloatArray) -> Model:
    """Return the model in which aid apart from an average is no longer an amount of its own.

    Once it is known which article limits a line, the average counts the line's aid or does not.
    """
    columns = model.columns
    if not columns.apart:
        return model
    value, upper = model.matrix.value.copy(), model.upper.copy()
    upper[columns.a : columns.s] = 0.0
    averages = np.flatnonzero(rows_named(model, ("C9-average",)))
    lines = columns.problem.cells.line
    for number, i in columns.apart:
        found, average = columns.problem.cumulations[i], columns.problem.averages[number]
        setters = {one.article: columns.setter_of[i, k] for k, one in enumerate(found.setters)}
        if values[setters[average.article]] <= YES:
            apart = np.flatnonzero(lines == found.line)
            here = (model.matrix.row == averages[number]) & np.isin(model.matrix.column, apart)
            value[here] = 0.0
    matrix = Sparse(model.matrix.start, model.matrix.column, value)
    return replace(model, matrix=matrix, upper=upper)


def fixed(model: Model, values: FloatArray) -> Model:
    """Return the model with all yes-or-no variables fixed at a mix."""
    whole = np.rint(values)
    return replace(
        model,
        lower=np.where(model.is_integer, whole, model.lower),
        upper=np.where(model.is_integer, whole, model.upper),
    )


def _another(model: Model, values: FloatArray) -> Cut:
    """Return the row that asks for other offers or participations than those of a mix."""
    places = np.arange(model.columns.y, model.columns.v)
    is_taken = values[places] > YES
    signs = np.where(is_taken, 1.0, -1.0)
    return Cut(places, signs, float(is_taken.sum()) - 1.0)


def _choose_again(model: Model, values: FloatArray, cuts: list[Cut]) -> FloatArray | None:
    columns = model.columns
    used = np.flatnonzero(values[columns.y : columns.z] > YES)
    free = np.ones(columns.n, dtype=np.bool_)
    if len(columns.terms) > WHOLE_OFFERS:
        free = free_columns(columns, values, used)
    part = cut_out(with_cuts(model, cuts), free, values)
    answer = solve_model(part.model, options=OPTIONS)
    return None if answer.values is None else part.extend(answer.values)


def _near(model: Model, rounded: Rounded) -> BoolArray:
    """Return which rows share amounts with the rows that cents break."""
    matrix, n = model.matrix, model.columns.y
    is_cell = matrix.column < n
    touched = np.unique(matrix.column[np.isin(matrix.row, rounded.broken) & is_cell])
    near = np.zeros(len(model.row_lower), dtype=np.bool_)
    near[matrix.row[np.isin(matrix.column, touched)]] = True
    return near


def _roomy(
    model: Model, values: FloatArray, names: tuple[str, ...], rows: BoolArray | None
) -> Model:
    """Keep a cent for each amount, and one more, in ceilings that something is used of.

    For each amount of the row itself in some rows; without such a choice, of the mix in all.
    """
    matrix, n = model.matrix, model.columns.y
    is_used = (matrix.column < n) & (values[matrix.column] > 0)
    counts = np.bincount(matrix.row[is_used], minlength=len(model.row_lower))
    chosen = rows_named(model, names)
    if rows is None:
        cents = np.full(len(counts), (np.count_nonzero(values[:n]) + 1) / CENTS)
    else:
        cents, chosen = (counts + 1) / CENTS, chosen & rows
    used = np.bincount(
        matrix.row, weights=np.abs(matrix.value * values[matrix.column]) * (matrix.column < n),
        minlength=len(model.row_lower),
    )  # fmt: skip
    room = np.where(chosen & (used > cents), cents, 0.0)
    return replace(model, row_lower=model.row_lower + room, row_upper=model.row_upper - room)


def _tightened(model: Model, rounded: Rounded) -> Model:
    lower, upper = model.row_lower.copy(), model.row_upper.copy()
    lower[rounded.broken] += STEP
    upper[rounded.broken] -= STEP
    is_equation = model.row_lower == model.row_upper
    return replace(
        model,
        row_lower=np.where(is_equation, model.row_lower, lower),
        row_upper=np.where(is_equation, model.row_upper, upper),
    )
