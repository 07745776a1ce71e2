"""A bound that needs no solver to check: duals of the linear program, cleaned and rounded."""

import hashlib
from dataclasses import dataclass
from typing import Final

import numpy as np

from alpclusters.analysis.errors import NotFiniteError, ShapeError, Where
from alpclusters.analysis.funding.mix.columns import FloatArray
from alpclusters.analysis.funding.mix.model import Model

STEP: Final = 2.0**20
METHOD: Final = "duals of the linear program of the strong form, weak duality"


@dataclass(frozen=True, slots=True, eq=False)
class Certificate:
    """Duals and the bound that follows from them.

    Attributes
    ----------
    duals : array of shape (n_rows,)
        In steps of 2^-20, so that they are exact rationals.
    bound : float
        In euro.
    digest : str
        SHA-256 of the duals as whole numbers of steps, 64 bit, little endian.
    method : str
    """

    duals: FloatArray
    bound: float
    digest: str
    method: str = METHOD


def certify(model: Model, duals: FloatArray) -> Certificate:
    """Turn any duals into a certificate (any vector gives a valid bound; good ones a tight one).

    Parameters
    ----------
    model : Model
    duals : array of shape (n_rows,)

    Returns
    -------
    Certificate

    Raises
    ------
    ShapeError, NotFiniteError
        Not as many duals as rows; a dual that is no number.

    Examples
    --------
    >>> import datetime as dt
    >>> from alpclusters.analysis.funding.case import Case, Periods, Territory
    >>> from alpclusters.analysis.funding.mix.preparing import prepare
    >>> from alpclusters.analysis.funding.mix.model import build
    >>> nothing = Case("Nothing yet", Periods(dt.date(2025, 1, 1), 4), (), (), (), (), ())
    >>> model = build(prepare(nothing, Territory({})))
    >>> certify(model, np.zeros(0)).bound
    0.0
    """
    steps = np.rint(cleaned(model, duals) * STEP).astype(np.int64)
    kept = steps / STEP
    kept.setflags(write=False)
    digest = hashlib.sha256(steps.astype("<i8").tobytes()).hexdigest()
    return Certificate(kept, dual_bound(model, kept), digest)


def dual_bound(model: Model, duals: FloatArray) -> float:
    """Return the bound of weak duality, which holds for any duals.

    ``sum_i (w_i > 0 ? w_i hi_i : w_i lo_i) + sum_j u_j max(0, c_j - (A'w)_j)``: all columns have
    finite upper bounds and lower bounds of 0.

    Parameters
    ----------
    model : Model
    duals : array of shape (n_rows,)

    Returns
    -------
    float
        Euro.

    Raises
    ------
    ShapeError, NotFiniteError
        Not as many duals as rows; a dual that is no number.

    Examples
    --------
    >>> import datetime as dt
    >>> from alpclusters.analysis.funding.case import Case, Periods, Territory
    >>> from alpclusters.analysis.funding.mix.preparing import prepare
    >>> from alpclusters.analysis.funding.mix.model import build
    >>> nothing = Case("Nothing yet", Periods(dt.date(2025, 1, 1), 4), (), (), (), (), ())
    >>> model = build(prepare(nothing, Territory({})))
    >>> dual_bound(model, np.zeros(0))
    0.0
    """
    w = cleaned(model, duals)
    sides = np.where(w > 0, model.row_upper, model.row_lower)
    of_rows = (w * np.where(w == 0.0, 0.0, sides)).sum()
    rest = np.maximum(0.0, model.cost - priced(model, w))
    return float(of_rows + (model.upper * rest).sum())


def priced(model: Model, duals: FloatArray) -> FloatArray:
    """Return what the rows of each column cost at some duals: ``A'w``."""
    return np.bincount(
        model.matrix.column, weights=model.matrix.value * duals[model.matrix.row],
        minlength=len(model.cost),
    )  # fmt: skip


def cleaned(model: Model, duals: FloatArray) -> FloatArray:
    """Put 0 where a dual would meet an infinite side."""
    if duals.shape != model.row_upper.shape:
        raise ShapeError("array.lengths_differ", where=Where(argument="duals"))
    if not np.isfinite(duals).all():
        raise NotFiniteError("array.not_finite", where=Where(argument="duals"))
    meets = np.where(duals > 0, model.row_upper, model.row_lower)
    return np.where(np.isfinite(meets), duals, 0.0)
