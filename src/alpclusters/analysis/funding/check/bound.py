"""Recompute the bound of a mix from its certificate, in exact fractions.

Weak duality: for any row duals w the optimum of ``max obj x`` under ``lo <= A x <= hi`` and
``l <= x <= u`` is at most ``sum_i (w_i > 0 ? w_i hi_i : w_i lo_i) + sum_j max over [l_j, u_j] of
(obj_j - (A'w)_j) x_j``. No solver is needed and nobody has to be trusted: only w and the data.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import isfinite, isinf
from typing import Final, Protocol

from alpclusters.analysis.errors import AnalysisError

STEP: Final = Fraction(1, 2**20)


class Certificate(Protocol):
    """Row duals; they are taken in steps of 2**-20, so that they are exact."""

    @property
    def duals(self) -> Sequence[float]:
        """Return one dual for each row."""


class Programme(Protocol):
    """A mixed integer programme to be maximised, rows as in compressed sparse rows."""

    @property
    def row_start(self) -> Sequence[int]:
        """Return where each row begins in ``col_index`` and ``value``, and where the last ends."""

    @property
    def col_index(self) -> Sequence[int]:
        """Return the columns of the entries."""

    @property
    def value(self) -> Sequence[float]:
        """Return the entries."""

    @property
    def row_lower(self) -> Sequence[float]:
        """Return the least value of each row."""

    @property
    def row_upper(self) -> Sequence[float]:
        """Return the greatest value of each row."""

    @property
    def lower(self) -> Sequence[float]:
        """Return the least value of each column."""

    @property
    def upper(self) -> Sequence[float]:
        """Return the greatest value of each column."""

    @property
    def cost(self) -> Sequence[float]:
        """Return what each column adds to the objective."""


class BoundError(AnalysisError):
    """A certificate that does not fit its programme or proves nothing."""


def recompute_bound(certificate: Certificate, programme: Programme) -> Fraction:
    """Return the bound that a certificate proves, exactly, in the programme's unit.

    Parameters
    ----------
    certificate : Certificate
        ``duals``: one for each row, rounded to 2**-20 (any duals prove a bound).
    programme : Programme
        The rows, columns and objective; its numbers are taken as the exact fractions they are.

    Returns
    -------
    Fraction
        No feasible point has a greater objective. In euro where the programme is; the bound in
        cents is ``floor(100 * bound)``.

    Raises
    ------
    BoundError
        ``bound.lengths`` if there are not as many duals as rows; ``bound.not_finite`` if one is no
        number; ``bound.infinite`` if a column without a finite bound would decide.

    Notes
    -----
    A dual that would meet an infinite side counts as 0. Time grows with the number of entries.

    References
    ----------
    .. [1] A. Neumaier, O. Shcherbina, Safe bounds in linear and mixed-integer linear programming,
       Mathematical Programming 99 (2004), 283-296. doi:10.1007/s10107-003-0433-3

    Examples
    --------
    One row, x + y <= 4, and 3 x + 2 y to be maximised with both at most 3:

    >>> from types import SimpleNamespace
    >>> tiny = SimpleNamespace(
    ...     row_start=[0, 2], col_index=[0, 1], value=[1, 1], row_lower=[0], row_upper=[4],
    ...     lower=[0, 0], upper=[3, 3], cost=[3, 2])
    >>> recompute_bound(SimpleNamespace(duals=[2]), tiny)
    Fraction(11, 1)
    """
    duals = [_step(dual) for dual in certificate.duals]
    if len(duals) != len(programme.row_upper):
        raise BoundError(
            "bound.lengths", found=str(len(duals)), expected=str(len(programme.row_upper))
        )
    sides = zip(duals, programme.row_lower, programme.row_upper, strict=True)
    cleaned = [_cleaned(dual, low, high) for dual, low, high in sides]
    reduced = _reduced(cleaned, programme)
    columns = zip(reduced, programme.lower, programme.upper, strict=True)
    return _rows(cleaned, programme) + sum((_best(*column) for column in columns), Fraction(0))


def _step(dual: float) -> Fraction:
    if not isfinite(dual):
        raise BoundError("bound.not_finite", found=str(dual))
    return round(Fraction(float(dual)) / STEP) * STEP


def _cleaned(dual: Fraction, low: float, high: float) -> Fraction:
    """Take a dual as 0 where it would meet an infinite side."""
    return Fraction(0) if isinf(high if dual > 0 else low) else dual


def _rows(duals: Sequence[Fraction], programme: Programme) -> Fraction:
    sides = zip(duals, programme.row_lower, programme.row_upper, strict=True)
    return sum(
        (dual * Fraction(high if dual > 0 else low) for dual, low, high in sides if dual),
        Fraction(0),
    )


def _reduced(duals: Sequence[Fraction], programme: Programme) -> list[Fraction]:
    """Return ``obj - A'w`` for each column."""
    left = [Fraction(value) for value in _numbers(programme.cost)]
    starts = [int(at) for at in programme.row_start]
    columns, values = [int(at) for at in programme.col_index], _numbers(programme.value)
    for row, dual in enumerate(duals):
        if dual:
            for entry in range(starts[row], starts[row + 1]):
                left[columns[entry]] -= dual * Fraction(values[entry])
    return left


def _best(gain: Fraction, low: float, high: float) -> Fraction:
    """Return the most that a column can add to the objective."""
    end = high if gain > 0 else low
    if gain and isinf(end):
        raise BoundError("bound.infinite", found=str(end))
    return gain * Fraction(end) if gain else Fraction(0)


def _numbers(values: Iterable[float]) -> list[float]:
    return [value if isinstance(value, int) else float(value) for value in values]
