"""How much collaboration size, distance and border explain: gravity, fitted as Poisson."""

from dataclasses import asdict, dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.errors import AnalysisError, NotFiniteError, ShapeError, Where
from alpclusters.analysis.network.regions import FloatArray, IntArray
from alpclusters.analysis.network.ties import frozen

# --- Poisson pseudo-maximum likelihood with robust and clustered standard errors ------------------


MOST_STEPS: Final = 100
TOLERANCE: Final = 1e-12
_REST: Final = 1e-6
_HALVINGS: Final = 30
_MOST_LOG: Final = 700.0
_LEAST_SHARE: Final = 1e-300


@dataclass(frozen=True, slots=True)
class PoissonFit:
    """A fit; `has_converged` says whether to believe it.

    Attributes
    ----------
    beta : ndarray of shape (p,), float64
    fitted : ndarray of shape (n,), float64
    deviance : float
    bread : ndarray of shape (p, p), float64
        Inverse of X' diag(fitted) X.
    score : ndarray of shape (n, p), float64
        Contribution of each row: (y - fitted) x.
    has_converged : bool
    """

    beta: FloatArray
    fitted: FloatArray
    deviance: float
    bread: FloatArray
    score: FloatArray
    has_converged: bool


def fit_poisson(y: FloatArray, x: FloatArray) -> PoissonFit:
    """Fit E y = exp(x beta) by reweighted least squares; a step that climbs is halved.

    Parameters
    ----------
    y : ndarray of shape (n,), not negative, not all zero
    x : ndarray of shape (n, p), full rank
    """
    fitted = (y + y.mean()) / 2
    beta = _solved(x, np.log(fitted) + (y - fitted) / fitted, fitted)
    fitted, has_converged = _mean(x, beta), False
    deviance = poisson_deviance(y, fitted)
    for _ in range(MOST_STEPS):
        aim = _solved(x, x @ beta + (y - fitted) / fitted, fitted)
        beta, fitted, new = _step(y, x, beta, aim, deviance)
        # A deviance that may be 0 is compared beside 1, not relative to itself.
        has_converged = abs(deviance - new) <= TOLERANCE * (abs(new) + 1)
        deviance = new
        if has_converged:
            break
    bread = np.linalg.pinv(x.T @ (fitted[:, None] * x))
    score = (y - fitted)[:, None] * x
    return PoissonFit(beta, fitted, deviance, bread, score, has_converged and _rests(y, x, score))


def robust_variance(fit: PoissonFit) -> FloatArray:
    """Return the sandwich without correction for small samples (HC0)."""
    found: FloatArray = fit.bread @ (fit.score.T @ fit.score) @ fit.bread
    return found


def dyadic_variance(fit: PoissonFit, first: IntArray, second: IntArray) -> FloatArray:
    """Return the sandwich in which rows that share a region may depend on one another.

    Two-way clustering for pairs without direction: it does not matter which region of a pair is
    named first (Cameron and Miller 2014; Aronow, Samii and Assenova 2015).
    """
    n = int(max(first.max(initial=-1), second.max(initial=-1))) + 1
    sums = np.zeros((n, fit.score.shape[1]))
    np.add.at(sums, first, fit.score)
    is_pair = first != second
    np.add.at(sums, second[is_pair], fit.score[is_pair])
    twice = fit.score[is_pair]
    found: FloatArray = fit.bread @ (sums.T @ sums - twice.T @ twice) @ fit.bread
    return found


def poisson_deviance(y: FloatArray, fitted: FloatArray) -> float:
    """Return the deviance, 0 for a perfect fit."""
    return float((unit_deviance(y, fitted)).sum())


def unit_deviance(y: FloatArray, fitted: FloatArray) -> FloatArray:
    """Return each row's part of the deviance; 0 ln 0 = 0."""
    ratio = np.ones_like(y)
    # On the way to a fit exp may come near 0; the ratio must stay finite.
    np.divide(y, np.maximum(fitted, _LEAST_SHARE * y), out=ratio, where=y > 0)
    return np.maximum(2 * (y * np.log(ratio) - (y - fitted)), 0.0)


def _step(
    y: FloatArray, x: FloatArray, beta: FloatArray, aim: FloatArray, deviance: float
) -> tuple[FloatArray, FloatArray, float]:
    for _ in range(_HALVINGS):
        fitted = _mean(x, aim)
        new = poisson_deviance(y, fitted)
        if new <= deviance * (1 + TOLERANCE) + TOLERANCE:
            return aim, fitted, new
        aim = (beta + aim) / 2
    return beta, _mean(x, beta), deviance


def _rests(y: FloatArray, x: FloatArray, score: FloatArray) -> bool:
    """Say whether the scores add up to 0; where they do not, the best beta is not finite.

    The deviance alone does not tell: far out it hardly changes any more.
    """
    return bool((np.abs(score.sum(axis=0)) <= _REST * (np.abs(x).T @ y)).all())


def _mean(x: FloatArray, beta: FloatArray) -> FloatArray:
    found: FloatArray = np.exp(np.clip(x @ beta, -_MOST_LOG, _MOST_LOG))
    return found


def _solved(x: FloatArray, target: FloatArray, weight: FloatArray) -> FloatArray:
    root = np.sqrt(weight)
    found: FloatArray = np.linalg.lstsq(x * root[:, None], target * root)[0]
    return found


# --- How much collaboration size, distance and border explain: gravity between regions ------------


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
