"""Fit crossed effects of measures and raters by restricted maximum likelihood."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.ranking.equations import (
    Absorbed,
    Design,
    Equations,
    Solution,
    build_equations,
    ridge,
    solve,
)

FloatArray = NDArray[np.float64]

LOWEST: Final = -8.0  # logarithms of the ratios residual variance to the variance of an effect
HIGHEST: Final = 14.0
ROUGH: Final = 1e-3  # slope at which a rough fit stops
IS_AT_BOUND: Final = 0.5
MUCH_WORK: Final = 2e9  # raters times squared columns; beyond, ratios come from some raters
SAMPLED_WORK: Final = 2e8  # of these
FEWEST_SAMPLED: Final = 200  # raters
IS_FLAT: Final = 1e-2
STEP: Final = 1e-4
LONGEST_STEP: Final = 1e-2
ZERO_REASONS: Final = (
    "measure_variance_zero",
    "rater_variance_zero",
    "interaction_variance_zero",
)


@dataclass(frozen=True, slots=True)
class RemlFit:
    """The fitted model; effects whose variance is 0 are exactly 0.

    Attributes
    ----------
    fixed : array of shape (n_fixed,)
        Intercept and contrasts, on the scale.
    measure_effects : array of shape (n_measures,)
    rater_effects : array of shape (n_raters,)
    cell_effects : array of shape (n_measures, n_regions)
        No columns without interaction.
    covariance : array of shape (n_columns, n_columns)
        Of the errors of fixed, measure and cell effects, variances taken as known.
    measure, rater, residual : float
        Variances.
    interaction : float or None
    criterion : float
        -2 log restricted likelihood.
    evaluations : int
        Of the optimiser.
    reasons : tuple of str
        ``*_variance_zero``, ``perfect_fit``, ``not_converged``, ``variances_of_some_raters``.
    logs : array of shape (2,) or (3,)
        Logarithms of the ratios of variances residual to measure, rater, interaction.
    equations : Equations
        What was fitted.
    absorbed : Absorbed
        The same with raters eliminated at ``logs``.
    """

    fixed: FloatArray
    measure_effects: FloatArray
    rater_effects: FloatArray
    cell_effects: FloatArray
    covariance: FloatArray
    measure: float
    rater: float
    interaction: float | None
    residual: float
    criterion: float
    evaluations: int
    reasons: tuple[str, ...]
    logs: FloatArray
    equations: Equations
    absorbed: Absorbed


def fit_reml(
    design: Design,
    *,
    start: FloatArray | None = None,
    much_work: float = MUCH_WORK,
    is_rough: bool = False,
    seed: int = 0,
) -> RemlFit:
    """Minimise the REML criterion over the ratios of variances.

    Parameters
    ----------
    design : Design
        Weights are taken as they are.
    start : array of shape (2,) or (3,), optional
        Logarithms of the ratios to begin with, such as those of a like fit.
    much_work : float, default 2e9
        Raters times squared columns beyond which the ratios are those of some raters, drawn with
        the seed (``variances_of_some_raters``); everything else is of all.
    is_rough : bool, default False
        Whether five digits are enough, as for a fit that only yields weights for the next.
    seed : int, default 0

    Returns
    -------
    RemlFit

    Raises
    ------
    TooLargeError
        See `build_equations`.
    numpy.linalg.LinAlgError
        The equations cannot be solved in floating point, such as with weights of 1e300.

    Notes
    -----
    L-BFGS-B with the exact gradient from ratios e or ``start``, within e^-8 to e^14; 10 to 40
    evaluations, then one Newton step. With finite differences the optimiser stops at a relative
    error of 1e-5. At the upper bound a variance is 0; at the lower one nothing is left to the
    residual (``perfect_fit``), and the variances are no more than lower limits.

    References
    ----------
    .. [1] C. R. Henderson, Best linear unbiased estimation and prediction under a selection
       model, Biometrics 31 (1975), 423-447.
    .. [2] H. D. Patterson and R. Thompson, Recovery of inter-block information when block sizes
       are unequal, Biometrika 58 (1971), 545-554.
    """
    equations = build_equations(design)
    if design.n_raters * float(design.n_columns) ** 2 <= much_work:
        logs, solution, evaluations = _minimised(equations, start, is_rough=is_rough)
        return _fit(design, equations, logs, solution, evaluations)
    sample = build_equations(_sampled(design, seed))
    logs, _, evaluations = _minimised(sample, start, is_rough=is_rough)
    fit = _fit(design, equations, logs, solve(equations, logs), evaluations)
    reasons = [reason for reason in fit.reasons if reason != "not_converged"]
    return replace(fit, reasons=(*reasons, "variances_of_some_raters"))


def _minimised(
    equations: Equations, start: FloatArray | None, *, is_rough: bool
) -> tuple[FloatArray, Solution, int]:
    from scipy.optimize import minimize

    n_ratios = 3 if equations.n_cells else 2

    def criterion(logs: FloatArray) -> tuple[float, FloatArray]:
        solution = solve(equations, logs)
        return solution.criterion, solution.gradient

    found = minimize(
        criterion,
        np.ones(n_ratios) if start is None else start,
        jac=True,
        method="L-BFGS-B",
        bounds=[(LOWEST, HIGHEST)] * n_ratios,
        options={
            "gtol": ROUGH if is_rough else 1e-7,
            "ftol": 1e-15,
            "maxiter": 200,
        },
    )
    logs = np.asarray(found.x, dtype=np.float64)
    if is_rough:
        return logs, solve(equations, logs), int(found.nfev)
    logs, solution = _polished(equations, logs)
    return logs, solution, int(found.nfev)


def _sampled(design: Design, seed: int) -> Design:
    """Keep some raters, at least one of each region."""
    n = max(FEWEST_SAMPLED, int(SAMPLED_WORK / float(design.n_columns) ** 2))
    order = np.random.default_rng(seed).permutation(design.n_raters)
    first = np.unique(design.contrast, axis=0, return_index=True)[1]
    kept = np.unique([*order[:n], *design.rater[first]])
    place = np.full(design.n_raters, -1)
    place[kept] = np.arange(kept.size)
    rows = place[design.rater] >= 0
    return replace(
        design,
        value=design.value[rows],
        rater=place[design.rater[rows]],
        measure=design.measure[rows],
        n_raters=kept.size,
        weight=design.weight[rows],
        contrast=design.contrast[rows],
        region=None if design.region is None else design.region[rows],
    )


def _polished(e: Equations, logs: FloatArray) -> tuple[FloatArray, Solution]:
    """Take one Newton step: the optimiser leaves eight digits, the step makes them twelve."""
    solution = solve(e, logs)
    free = np.flatnonzero((logs > LOWEST) & (logs < HIGHEST - IS_AT_BOUND))
    steps = STEP * np.eye(logs.size)[free]
    slopes = [(solve(e, logs + step).gradient - solution.gradient) / STEP for step in steps]
    curvature = np.array(slopes).reshape(free.size, logs.size)[:, free]
    if not free.size or np.linalg.eigvalsh(curvature + curvature.T).min() <= 0:
        return logs, solution
    better = logs.copy()
    better[free] -= np.linalg.solve(curvature, solution.gradient[free])
    if np.abs(better - logs).max() > LONGEST_STEP:
        return logs, solution
    return better, solve(e, better)


def _fit(
    design: Design, e: Equations, logs: FloatArray, solution: Solution, evaluations: int
) -> RemlFit:
    is_zero = logs >= HIGHEST - IS_AT_BOUND
    variances = np.where(is_zero, 0.0, solution.residual / np.exp(logs))
    effects, covariance = solution.effects.copy(), solution.residual * solution.inverse
    effects[0] += e.centre
    for part in _zero_parts(e, is_zero):
        effects[part] = covariance[part] = covariance[:, part] = 0.0
    return RemlFit(
        fixed=effects[: e.n_fixed],
        measure_effects=effects[e.measures],
        rater_effects=solution.rater_effects * (not is_zero[1]),
        cell_effects=effects[e.cells].reshape(design.n_measures, design.n_regions),
        covariance=covariance,
        measure=float(variances[0]),
        rater=float(variances[1]),
        interaction=float(variances[2]) if e.n_cells else None,
        residual=solution.residual,
        criterion=solution.criterion,
        evaluations=evaluations,
        reasons=_reasons(logs, solution),
        logs=logs,
        equations=e,
        absorbed=solution.absorbed,
    )


def _zero_parts(e: Equations, is_zero: NDArray[np.bool_]) -> list[slice]:
    parts = [e.measures] if is_zero[0] else []
    return [*parts, e.cells] if e.n_cells and is_zero[2] else parts


def _reasons(logs: FloatArray, solution: Solution) -> tuple[str, ...]:
    zero = [ZERO_REASONS[place] for place in np.flatnonzero(logs >= HIGHEST - IS_AT_BOUND)]
    is_perfect = solution.is_floored or bool((logs <= LOWEST + IS_AT_BOUND).any())
    inside = (logs > LOWEST) & (logs < HIGHEST)
    is_steep = bool((np.abs(solution.gradient[inside]) > IS_FLAT).any())
    return (
        *zero,
        *(["perfect_fit"] if is_perfect else []),
        *(["not_converged"] if is_steep and not is_perfect else []),
    )


# --- Reliability of the estimates: how much of what parts the measures is not chance --------------


def reliability(fit: RemlFit) -> float:
    """Return the share of the variance between measures in their means; 0 to 1.

    σ²u / (σ²u + v/2), with v the mean sampling variance of the difference of two measures, both
    adjusted for who rated them and not drawn towards the mean.

    Notes
    -----
    Piepho and Möhring's (2007) ratio for unbalanced tables. On a complete table with one residual
    variance it is exactly ICC(C,k) of McGraw and Wong (1996), k the raters: (MSR - MSE) / MSR.
    """
    if not fit.measure:
        return 0.0
    e, n = fit.equations, fit.equations.n_measures
    matrix = fit.absorbed.matrix + np.diag(ridge(e, np.append(0.0, np.exp(fit.logs[1:]))))
    columns = np.arange(len(matrix))
    own, others = columns[e.measures], np.setdiff1d(columns, columns[e.measures])
    crossed = matrix[np.ix_(others, own)]
    moved = np.linalg.solve(matrix[np.ix_(others, others)], crossed)
    told = matrix[np.ix_(own, own)] - crossed.T @ moved
    # What is the same for all measures went into the intercept; any number in its place will do.
    level = float(np.trace(told)) / n
    unexplained = float(np.trace(np.linalg.inv(told + level / n))) - 1 / level
    noise = fit.residual * unexplained / (n - 1)
    return float(fit.measure / (fit.measure + noise))
