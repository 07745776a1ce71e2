"""Reliability of the estimates: how much of what parts the measures is not chance."""

import numpy as np

from alpclusters.analysis.ranking.equations import ridge
from alpclusters.analysis.ranking.reml import RemlFit


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
