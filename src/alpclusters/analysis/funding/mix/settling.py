"""Rounding until nothing is broken: rows that cents break are tightened, the rest stays."""

from dataclasses import replace
from typing import Final

import numpy as np

from alpclusters.analysis.funding.mix.columns import FloatArray
from alpclusters.analysis.funding.mix.model import Model
from alpclusters.analysis.funding.mix.rounding import Rounded, round_mix
from alpclusters.analysis.funding.mix.solver import solve_model

STEP: Final = 0.05
ATTEMPTS: Final = 8


def settle(model: Model, values: FloatArray) -> Rounded:
    """Round a mix to cents; where that breaks a row, ask for more room and solve again.

    First the amounts are solved again with whole yes-or-no variables: a solver takes 0.999999
    for yes, which would cost cents. Offers, participations and articles stay as they are; only
    amounts move. A row that cents break gets 0.05 EUR more room. A mix that still breaks a row
    after eight attempts is returned as it is: the checker will refuse it.
    """
    exact = solve_model(fixed(model, values), is_relaxed=True)
    if exact.outcome == "optimal" and exact.values is not None:
        values = exact.values
    rounded = round_mix(model, values)
    tighter = model
    for _ in range(ATTEMPTS):
        if not len(rounded.broken):
            break
        tighter = _tightened(tighter, rounded)
        answer = solve_model(fixed(tighter, values), is_relaxed=True)
        if answer.outcome != "optimal" or answer.values is None:
            break
        values = answer.values
        rounded = round_mix(model, values)
    return rounded


def fixed(model: Model, values: FloatArray) -> Model:
    """Return the model with all yes-or-no variables fixed at a mix."""
    whole = np.rint(values)
    return replace(
        model,
        lower=np.where(model.is_integer, whole, model.lower),
        upper=np.where(model.is_integer, whole, model.upper),
    )


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
