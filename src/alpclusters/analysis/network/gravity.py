"""How much collaboration size, distance and border explain: gravity between regions."""

from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.errors import AnalysisError, NotFiniteError, ShapeError, Where
from alpclusters.analysis.network.poisson import (
    PoissonFit,
    dyadic_variance,
    fit_poisson,
    robust_variance,
    unit_deviance,
)
from alpclusters.analysis.network.regions import FloatArray, IntArray
from alpclusters.analysis.network.ties import frozen

MISSING_BELOW: Final = -2.0
LEAST_FITTED: Final = 5.0


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One coefficient of the model.

    Attributes
    ----------
    name : {"constant", "mass", "distance", "border"}
        ``mass`` is ln(m_i m_j), ``distance`` is ln of the distance.
    value : float
    se_robust : float
        HC0.
    se_clustered : float or None
        Pairs that share a region may depend on one another; None without regions.
    """

    name: str
    value: float
    se_robust: float
    se_clustered: float | None


@dataclass(frozen=True, slots=True)
class Gravity:
    """Observed flows against size, distance and border.

    Attributes
    ----------
    coefficients : tuple of Coefficient
        Empty if the model cannot be fitted.
    kept : ndarray of shape (k,), int64
        Rows of the input that were used.
    fitted, residual : ndarray of shape (k,), float64
        Expected flow, and the signed root of each row's deviance; empty without a fit.
    is_missing : ndarray of shape (k,), bool
        Residual below -2 with at least 5 expected.
    deviance : float or None
    n_dropped : int
        Rows with a region without mass.
    reasons : tuple of str
        No fit: ``no_flow``, ``too_few_pairs``, ``collinear``, ``not_converged``. For information:
        ``border_separated`` and ``border_constant`` (the border is left out),
        ``negative_cluster_variance``.
    """

    coefficients: tuple[Coefficient, ...]
    kept: IntArray
    fitted: FloatArray
    residual: FloatArray
    is_missing: NDArray[np.bool_]
    deviance: float | None
    n_dropped: int
    reasons: tuple[str, ...]

    def as_record(self) -> dict[str, object]:
        """Return it as a plain mapping for JSON."""
        record = asdict(self)
        arrays = ("kept", "fitted", "residual", "is_missing")
        return {**record, **{name: getattr(self, name).tolist() for name in arrays}}


def spatial_interaction(
    flow: ArrayLike,
    mass_i: ArrayLike,
    mass_j: ArrayLike,
    distance: ArrayLike,
    *,
    border: ArrayLike | None = None,
    first: ArrayLike | None = None,
    second: ArrayLike | None = None,
) -> Gravity:
    """Fit E y = exp(b0 + b1 ln(m_i m_j) + b2 ln d + b3 border) to pairs of regions.

    Parameters
    ----------
    flow : array_like of shape (n,)
        Collaboration of each unordered pair, zeros included; full or fractional weights.
    mass_i, mass_j : array_like of shape (n,)
        Organisations with any participation in the window; not ties, which would put the flow
        on both sides. A pair with a region of mass 0 is dropped and counted.
    distance : array_like of shape (n,)
        In km (`great_circle`); the unit changes the constant only.
    border : array_like of shape (n,), optional
        1 for different countries, else 0.
    first, second : array_like of shape (n,), integers not negative, optional
        The two regions of each pair, for clustered standard errors.

    Returns
    -------
    Gravity

    Raises
    ------
    AnalysisError
        Lengths that differ, a value that is not finite, a negative flow or mass, a distance that
        is not positive, a border other than 0 or 1, one region without the other.

    Notes
    -----
    Pseudo-maximum likelihood: consistent with zeros and with any spread of y. A border whose
    pairs are all zero on one side has no estimate: it is left out, and its pairs stay.

    References
    ----------
    .. [1] J. M. C. Santos Silva and S. Tenreyro, The log of gravity, Review of Economics and
       Statistics 88 (2006), 641-658.

    Examples
    --------
    >>> found = spatial_interaction([8, 4, 2], [1, 1, 1], [1, 2, 4], [1, 2, 8])
    >>> found.reasons
    ('too_few_pairs',)
    """
    y, mass, far, edge = _checked(flow, mass_i, mass_j, distance, border)
    regions = _regions(first, second, len(y))
    kept = np.flatnonzero(mass > 0)
    y, mass, far, edge = y[kept], mass[kept], far[kept], None if edge is None else edge[kept]
    edge, reasons = _usable_border(y, edge)
    columns = {"constant": np.ones(len(y)), "mass": np.log(mass), "distance": np.log(far)}
    if edge is not None:
        columns["border"] = edge
    x = np.stack(list(columns.values()), axis=1)
    n_dropped = int(len(np.asarray(flow)) - len(kept))
    hindrance = _hindrance(y, x)
    if hindrance:
        return _unfitted(kept, n_dropped, (hindrance, *reasons))
    fit = fit_poisson(y, x)
    if not fit.has_converged:
        return _unfitted(kept, n_dropped, ("not_converged", *reasons))
    clustered = None if regions is None else dyadic_variance(fit, *(r[kept] for r in regions))
    if clustered is not None and (np.diag(clustered) < 0).any():
        clustered, reasons = None, (*reasons, "negative_cluster_variance")
    residual = np.sign(y - fit.fitted) * np.sqrt(unit_deviance(y, fit.fitted))
    return Gravity(
        _coefficients(tuple(columns), fit, clustered),
        frozen(kept),
        frozen(fit.fitted),
        frozen(residual),
        frozen((residual < MISSING_BELOW) & (fit.fitted >= LEAST_FITTED)),
        fit.deviance,
        n_dropped,
        reasons,
    )


def _coefficients(
    names: tuple[str, ...], fit: PoissonFit, clustered: FloatArray | None
) -> tuple[Coefficient, ...]:
    robust = np.sqrt(np.diag(robust_variance(fit)))
    wide = [None] * len(names) if clustered is None else np.sqrt(np.diag(clustered)).tolist()
    rows = zip(names, fit.beta.tolist(), robust.tolist(), wide, strict=True)
    return tuple(Coefficient(*row) for row in rows)


def _checked(
    flow: ArrayLike,
    mass_i: ArrayLike,
    mass_j: ArrayLike,
    distance: ArrayLike,
    border: ArrayLike | None,
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray | None]:
    y = _column(flow, "flow", None)
    one, two = _column(mass_i, "mass_i", len(y)), _column(mass_j, "mass_j", len(y))
    far = _column(distance, "distance", len(y))
    edge = None if border is None else _column(border, "border", len(y))
    for name, is_wrong, allowed in (
        ("flow", (y < 0).any(), "0 – …"),
        ("mass_i", (one < 0).any(), "0 – …"),
        ("mass_j", (two < 0).any(), "0 – …"),
        ("distance", (far <= 0).any(), "> 0"),
        ("border", edge is not None and not np.isin(edge, (0, 1)).all(), "0, 1"),
    ):
        if is_wrong:
            code = "argument.out_of_range"
            raise AnalysisError(code, where=Where(argument=name), expected=allowed)
    return y, one * two, far, edge


def _column(values: ArrayLike, argument: str, length: int | None) -> FloatArray:
    column = np.array(values, dtype=np.float64)
    if column.ndim != 1 or (length is not None and len(column) != length):
        raise ShapeError("array.lengths_differ", where=Where(argument=argument))
    if not np.isfinite(column).all():
        raise NotFiniteError("array.not_finite", where=Where(argument=argument))
    return column


def _regions(
    first: ArrayLike | None, second: ArrayLike | None, length: int
) -> tuple[IntArray, IntArray] | None:
    if first is None and second is None:
        return None
    if first is None or second is None:
        raise AnalysisError("array.lengths_differ", where=Where(argument="second"))
    one, two = np.array(first, dtype=np.int64), np.array(second, dtype=np.int64)
    if one.shape != (length,) or two.shape != (length,):
        raise ShapeError("array.lengths_differ", where=Where(argument="first"))
    if len(one) and min(one.min(), two.min()) < 0:
        raise AnalysisError(
            "argument.out_of_range", where=Where(argument="first"), expected="0 – …"
        )
    return one, two


def _usable_border(
    y: FloatArray, edge: FloatArray | None
) -> tuple[FloatArray | None, tuple[str, ...]]:
    if edge is None or not len(edge):
        return None, ()
    if edge.min() == edge.max():
        return None, ("border_constant",)
    if not y[edge == 1].any() or not y[edge == 0].any():
        return None, ("border_separated",)
    return edge, ()


def _hindrance(y: FloatArray, x: FloatArray) -> str | None:
    if not y.any():
        return "no_flow"
    if len(y) <= x.shape[1]:
        return "too_few_pairs"
    return "collinear" if np.linalg.matrix_rank(x) < x.shape[1] else None


def _unfitted(kept: IntArray, n_dropped: int, reasons: tuple[str, ...]) -> Gravity:
    nothing = frozen(np.zeros(0))
    no_flags = frozen(np.zeros(0, dtype=bool))
    return Gravity((), frozen(kept), nothing, nothing, no_flags, None, n_dropped, reasons)
