"""Axes of opinion: maximum likelihood factor analysis on seen cells only."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from alpclusters.analysis.opinion.arrays import FloatArray, IntArray
from alpclusters.analysis.opinion.structure.answers import Answers, Single
from alpclusters.analysis.opinion.structure.strictness import Centred

STEPS: Final = 25
SETTLED: Final = 1e-3  # relative change of the strength of the axes
SUBSPACE_STEPS: Final = 8
RIDGE: Final = 2.0
LEAST_NOISE: Final = 0.1  # of a statement's variance
SMALL: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Factors:
    """Axes on which people lie, each with mean 0 and variance 1 between them.

    Attributes
    ----------
    loadings : array of shape (n_statements, k)
        Change of an answer per step of the axis, in points of the scale.
    noise : array of shape (n_statements,)
        Variance that the axes leave.
    variances : array of shape (n_statements,)
        Variance of the answers.
    """

    loadings: FloatArray
    noise: FloatArray
    variances: FloatArray

    @property
    def k(self) -> int:
        """Number of axes."""
        return int(self.loadings.shape[1])

    def strengths(self) -> FloatArray:
        """Return Σλ² of each axis; shape (k,)."""
        return np.asarray((self.loadings**2).sum(axis=0))

    def shares(self) -> FloatArray:
        """Return the share of the variance of all answers along each axis; shape (k,)."""
        return np.asarray(self.strengths() / max(SMALL, float(self.variances.sum())))


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What the answers say of each person's place.

    Attributes
    ----------
    precision : array of shape (n_people, k, k)
        Σ λλ' / ψ over the statements seen.
    pull : array of shape (n_people, k)
        Σ λz / ψ.
    """

    precision: FloatArray
    pull: FloatArray

    def scores(self, prior: float = 1.0) -> FloatArray:
        """Return the places (A + prior I)⁻¹ b; shape (n_people, k)."""
        k = self.pull.shape[1]
        solved = np.linalg.solve(self.precision + prior * np.eye(k), self.pull[..., None])
        return np.asarray(solved[..., 0])


def evidence(factors: Factors, centred: Any, seen: Any) -> Evidence:
    """Return what each person's answers say; tables of people by statements, full or sparse."""
    k = factors.k
    rows, columns = np.triu_indices(k)
    weighted = factors.loadings / factors.noise[:, None]
    products = weighted[:, rows] * factors.loadings[:, columns]
    pull = centred @ weighted.astype(np.float32)
    packed = seen @ products.astype(np.float32)
    precision = np.empty((centred.shape[0], k, k))
    precision[:, rows, columns] = packed
    precision[:, columns, rows] = packed
    return Evidence(precision, pull.astype(np.float64))


def fit_factors(
    answers: Answers, centred: Centred, k: int, *, rng: np.random.Generator, steps: int = STEPS
) -> Factors:
    """Fit k axes by EM.

    Parameters
    ----------
    answers : Answers
    centred : Centred
    k : int
        Fewer than statements.
    rng : numpy.random.Generator
        For the start of the subspace steps.
    steps : int
        At most this many steps of EM.

    Returns
    -------
    Factors
        Canonical: Λ'Ψ⁻¹Λ is diagonal and falls; the greatest loading of an axis is positive.
    """
    table, seen, n_item = answers.spread(centred.cells), answers.seen(), answers.n_by_item()
    squares = np.bincount(answers.item, weights=centred.cells**2, minlength=answers.shape[1])
    variances = np.maximum(SMALL, squares / np.maximum(1, n_item))
    scores = _started(table, answers.n_by_person(), k, rng)
    spread = scores[:, :, None] * scores[:, None, :]
    factors = _maximised(table, seen, scores, spread, variances)
    before = factors.strengths().sum()
    for _ in range(steps):
        told = evidence(factors, table, seen)
        inverse = np.linalg.inv(told.precision + np.eye(k))
        scores = (inverse @ told.pull[..., None])[..., 0]
        spread = inverse + scores[:, :, None] * scores[:, None, :]
        root = np.linalg.cholesky(spread.mean(axis=0) + SMALL * np.eye(k))
        back = np.linalg.inv(root)
        factors = _maximised(table, seen, scores @ back.T, back @ spread @ back.T, variances)
        after = factors.strengths().sum()
        if abs(after - before) < SETTLED * max(SMALL, before):
            break
        before = after
    return _canonical(factors)


def _started(table: Single, n_person: IntArray, k: int, rng: np.random.Generator) -> FloatArray:
    """Return white scores of the leading subspace of Z'Z with half the diagonal taken off."""
    half = (table * table).sum(axis=0)[:, None] / 2
    basis: Single = rng.standard_normal((table.shape[1], k), dtype=np.float32)
    for _ in range(SUBSPACE_STEPS):
        basis = np.linalg.qr(table.T @ (table @ basis) - half * basis)[0].astype(np.float32)
    scores = (table @ basis).astype(np.float64) / np.sqrt(np.maximum(1, n_person))[:, None]
    root = np.linalg.cholesky(scores.T @ scores / len(scores) + SMALL * np.eye(k))
    return np.asarray(np.linalg.solve(root, scores.T).T)


def _maximised(
    table: Single, seen: Single, scores: FloatArray, spread: FloatArray, variances: FloatArray
) -> Factors:
    """Return loadings and noise for given first and second moments of the scores."""
    k = scores.shape[1]
    rows, columns = np.triu_indices(k)
    packed = (seen.T @ spread[:, rows, columns].astype(np.float32)).astype(np.float64)
    second = np.empty((len(variances), k, k))
    second[:, rows, columns] = packed
    second[:, columns, rows] = packed
    first = (table.T @ scores.astype(np.float32)).astype(np.float64)
    loadings = np.linalg.solve(second + RIDGE * np.eye(k), first[..., None])[..., 0]
    n_item = seen.sum(axis=0, dtype=np.float64)
    explained = np.einsum("ck,ck->c", loadings, 2 * first - (second @ loadings[..., None])[..., 0])
    noise = (variances * (n_item + 1) - explained) / (n_item + 1)
    return Factors(loadings, np.maximum(LEAST_NOISE * variances, noise), variances)


def _canonical(factors: Factors) -> Factors:
    weighted = factors.loadings / factors.noise[:, None]
    _, turn = np.linalg.eigh(factors.loadings.T @ weighted)
    loadings = factors.loadings @ turn[:, ::-1]
    peak = np.abs(loadings).argmax(axis=0)
    sign = np.where(loadings[peak, np.arange(loadings.shape[1])] < 0, -1.0, 1.0)
    return Factors(loadings * sign, factors.noise, factors.variances)
