"""Answers of one person go together: the covariance of scores by person, drawn to the model's."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.ranking.dispersion import residuals
from alpclusters.analysis.ranking.equations import Design, dense_blocks
from alpclusters.analysis.ranking.reml import RemlFit

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

FEWEST_RATERS: Final = 8
LEAST_SEEN: Final = 1e-9  # of what the model expects: answers that it meets exactly
LEAST_LEFT: Final = 0.2  # of a residual's variance, after what the fit took of it


@dataclass(frozen=True, slots=True)
class Clustering:
    """What answers that go together add to the equations.

    Attributes
    ----------
    added : array of shape (n_columns, n_columns)
        To the covariance of the scores, in units of the equations.
    together : float
        Weight of what was seen against what the model expects, 0 to 1: how far answers go
        together beyond the model.
    """

    added: FloatArray
    together: float


def cluster(design: Design, fit: RemlFit) -> Clustering:
    """Compare the scores of each rater with what the model expects of them.

    The covariance that was seen is M = Σ g g' over raters, g the scores of the measures; the
    model expects M₀. M is brought to the variances of M₀ and weighed by 1 - Σ Var(M) / Σ (M - M₀)²
    over pairs of measures. Both stay positive semi-definite. With fewer than eight raters nothing
    is added.
    """
    n_columns = design.n_columns
    if design.n_raters < FEWEST_RATERS:
        return Clustering(np.zeros((n_columns, n_columns)), 0.0)
    scores = _scores(design, fit)
    weights = _table(design, design.weight)
    groups = _groups(design)
    parts = [_Part.of(scores[rows], weights[rows], fit.absorbed.d[rows]) for rows in groups]
    total = _Part.summed(parts)
    together = _together(total, design.n_raters)
    model = np.diag(total.expected)
    size = np.sqrt(model / np.maximum(np.diag(total.seen), LEAST_SEEN * model))
    added = np.zeros((n_columns, n_columns))
    for part, rows in zip(parts, groups, strict=True):
        spread = _spread(design, int(rows[0]))
        gap = _contrasts(size[:, None] * part.seen * size - part.expected, part.expected)
        added += together * (spread @ (spread @ gap).T)
    return Clustering((added + added.T) / 2, together)


@dataclass(frozen=True, slots=True)
class _Part:
    """Covariance of scores of some raters: seen, expected, and sums of squared products."""

    seen: FloatArray
    expected: FloatArray
    products: FloatArray

    @classmethod
    def of(cls, scores: Any, weights: Any, d: FloatArray) -> "_Part":
        n = scores.shape[1]
        seen, products = np.zeros((n, n)), np.zeros((n, n))
        expected = np.diag(np.asarray(weights.sum(axis=0)).ravel())
        for _, block in dense_blocks(scores):
            seen += block.T @ block
            products += (block**2).T @ block**2
        for rows, block in dense_blocks(weights):
            expected -= block.T @ (block / d[rows, None])
        return cls(seen, expected, products)

    @classmethod
    def summed(cls, parts: list["_Part"]) -> "_Part":
        names = ("seen", "expected", "products")
        return cls(*(np.sum([getattr(part, name) for part in parts], axis=0) for name in names))


def _scores(design: Design, fit: RemlFit) -> Any:
    """Return one row of scores per rater; residuals are enlarged by what the fit took of them."""
    w, ratio = design.weight, float(np.exp(fit.logs[0]))
    of_measure = np.bincount(design.measure, w, design.n_measures)[design.measure]
    left = np.maximum(1 - w / (of_measure + ratio), LEAST_LEFT)
    return _table(design, w * residuals(design, fit) / np.sqrt(left * fit.residual))


def _table(design: Design, figures: FloatArray) -> Any:
    """Lay figures of ratings out by rater and measure."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - a third of a second to import

    shape = (design.n_raters, design.n_measures)
    return csr_array((figures, (design.rater, design.measure)), shape=shape)


def _groups(design: Design) -> list[IntArray]:
    """Return the raters of each region, all in one without regions."""
    contrast = np.zeros((design.n_raters, design.contrast.shape[1]))
    contrast[design.rater] = design.contrast
    group = np.unique(contrast, axis=0, return_inverse=True)[1].ravel()
    return [np.flatnonzero(group == number) for number in range(group.max() + 1)]


def _together(total: _Part, n_raters: int) -> float:
    chance = total.products - total.seen**2 / n_raters
    gap = (total.seen - total.expected) ** 2
    np.fill_diagonal(chance, 0.0)
    np.fill_diagonal(gap, 0.0)
    return float(np.clip(1 - chance.sum() / gap.sum(), 0, 1)) if gap.sum() > 0 else 0.0


def _contrasts(gap: FloatArray, expected: FloatArray) -> FloatArray:
    """Take the common level out: how strict raters are is fitted, clusters tell of differences."""
    level = expected.sum(axis=0)
    whole = level.sum()
    if whole <= 0:
        return gap
    half = gap - np.outer(level / whole, gap.sum(axis=0))
    return np.asarray(half - np.outer(half.sum(axis=1), level / whole))


def _spread(design: Design, rater: int) -> Any:
    """Return the matrix from scores of measures to those of all columns, for a rater's region."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - as above

    n, p = design.n_measures, design.n_fixed
    row = int(np.flatnonzero(design.rater == rater)[0])
    fixed = np.append(1.0, design.contrast[row])
    measures = np.arange(n)
    entries = [np.repeat(fixed, n), np.ones(n)]
    rows = [np.repeat(np.arange(p), n), p + measures]
    region = -1 if design.region is None else int(design.region[row])
    if region >= 0:
        entries.append(np.ones(n))
        rows.append(p + n + measures * design.n_regions + region)
    columns = np.tile(measures, sum(part.size for part in rows) // n)
    places = (np.concatenate(rows), columns)
    return csr_array((np.concatenate(entries), places), shape=(design.n_columns, n))
