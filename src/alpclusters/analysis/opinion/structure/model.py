"""Axes of opinion stronger than chance: factors, places on them, and the continuum alike."""

import math
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

import numpy as np

from alpclusters.analysis.opinion.checks import FloatArray, IntArray
from alpclusters.analysis.opinion.structure.answers import (
    Answers,
    Centred,
    Single,
    centre,
    centre_alike,
)
from alpclusters.analysis.opinion.structure.worlds import (
    GRID,
    Margins,
    World,
    answer_chances,
    continuum_places,
    directions_of,
    latent_loadings,
    margins_of,
    valley_depths,
)

# --- Axes of opinion: maximum likelihood factor analysis on seen cells only -----------------------


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


# --- How likely each person's answers are at each place of an axis --------------------------------


LINEAR_PRIOR: Final = 0.15
CALIBRATED_ON: Final = 4_000  # people drawn, at least
NEAR: Final = 1e-4  # root of the mean square
LOG_CHI: Final = 1.2704  # -E[log χ²₁]


class Likelihood(Protocol):
    """From answers and directions to log likelihoods on the grid."""

    def __call__(self, answers: Answers, directions: FloatArray) -> FloatArray:
        """Return log likelihoods of shape (n_directions, n_people, n_places)."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class ProbitLikelihood:
    """Each answer speaks by its own cuts: for answers whose strictness is kept."""

    margins: Margins
    loadings: FloatArray

    def __call__(self, answers: Answers, directions: FloatArray) -> FloatArray:
        """Return log likelihoods; ``directions`` of shape (n_directions, k)."""
        chosen = _chosen(answers)
        tables = [answer_chances(self.margins, self.loadings @ one, GRID) for one in directions]
        parts, mixes = zip(*(compressed(table) for table in tables), strict=True)
        together = chosen @ np.concatenate(parts, axis=1).astype(np.float32)
        ends = np.cumsum([part.shape[1] for part in parts])[:-1]
        summed = np.split(together.astype(np.float64), ends, axis=1)
        return np.array([one @ mix for one, mix in zip(summed, mixes, strict=True)])


@dataclass(frozen=True, slots=True, eq=False)
class ScoreLikelihood:
    """A linear score speaks, calibrated on people drawn: for answers without strictness."""

    factors: Factors
    places: FloatArray
    scores: FloatArray

    @classmethod
    def calibrated(
        cls, factors: Factors, world: World, rng: np.random.Generator
    ) -> "ScoreLikelihood":
        """Draw people of a continuum until there are 4,000 and note their scores."""
        n = world.answers.shape[0]
        places, scores = [], []
        for _ in range(-(-CALIBRATED_ON // n)):
            places.append(rng.standard_normal((n, factors.k)))
            scores.append(linear_scores(factors, world.draw(places[-1], rng)))
        return cls(factors, np.concatenate(places), np.concatenate(scores))

    def __call__(self, answers: Answers, directions: FloatArray) -> FloatArray:
        """Return log likelihoods; ``directions`` of shape (n_directions, k)."""
        scores = linear_scores(self.factors, answers)
        return np.array([self._along(scores @ one, one) for one in directions])

    def _along(self, scores: FloatArray, direction: FloatArray) -> FloatArray:
        place, score = self.places @ direction, self.scores @ direction
        curve = np.polynomial.Polynomial.fit(place, score, 3)
        rest = np.log((score - curve(place)) ** 2 + 1e-12) + LOG_CHI
        spread = np.exp(np.polynomial.Polynomial.fit(place, rest, 2)(GRID) / 2)
        mean = np.maximum.accumulate(curve(GRID))
        apart = (scores[:, None] - mean) / spread
        return np.asarray(-apart * apart / 2 - np.log(spread))


def linear_scores(factors: Factors, answers: Answers) -> FloatArray:
    """Return (A + 0.15 I)⁻¹ b of answers less strictness; shape (n_people, k)."""
    table = answers.table(centre(answers, remove_strictness=True).cells)
    seen = answers.table(np.ones(answers.code.size))
    return evidence(factors, table, seen).scores(LINEAR_PRIOR)


def compressed(table: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Write a smooth table as a product of two of few columns and few rows.

    Returns
    -------
    (array of shape (n_rows, r), array of shape (r, n_columns))
        Their product differs from the table by 1e-4 in the root of the mean square.
    """
    values, vectors = np.linalg.eigh(table.T @ table)
    left = np.cumsum(np.maximum(0.0, values))
    kept = vectors[:, left > NEAR**2 * table.size]
    return table @ kept, kept.T


def _chosen(answers: Answers) -> Any:
    """Mark the answer of each cell: people by statements times points, sparse."""
    n_points = answers.points.size
    place = answers.item * n_points + answers.code
    return answers.sparse(np.ones(place.size), place, answers.shape[1] * n_points)


# --- Axes of opinion stronger than chance, and the continuum of the same strength -----------------


CLEAR: Final = 100  # people from which no axis means one opinion
MOST_AXES: Final = 3
FEW_AXES: Final = 2
NOISE_SETS: Final = 3
ABOVE_NOISE: Final = 1.15
REFITS: Final = 2
YES_SAYING: Final = 0.80
LEAST_RATIO: Final = 0.1
MOST_RATIO: Final = 1.5


@dataclass(frozen=True, slots=True)
class Model:
    """Axes of those who decide, and the world of the same strength without camps.

    Attributes
    ----------
    answers : Answers
    centred : Centred
    factors : Factors
        With k axes.
    shares : array of shape (k,)
        Share of all variance along each axis, corrected for chance.
    world : World
        With the loadings corrected for chance.
    removes : bool
        Whether strictness is taken out.
    """

    answers: Answers
    centred: Centred
    factors: Factors
    shares: FloatArray
    world: World
    removes: bool

    def names(self) -> tuple[str, ...]:
        """Return ``yes_saying`` for an axis that is how readily people agree, else nothing."""
        axes = np.eye(self.factors.k)
        return tuple("yes_saying" if says_yes(self, axis) else "" for axis in axes)


def fit_model(answers: Answers, rng: np.random.Generator, *, removes: bool) -> Model | None:
    """Fit the axes that are stronger than chance; None if there is none."""
    margins = margins_of(answers)
    most = MOST_AXES if answers.shape[0] >= CLEAR else FEW_AXES
    centred = centre(answers, remove_strictness=removes)
    spread = math.sqrt(centred.spread)

    def refitted(world: World, k: int) -> FloatArray:
        told = world.draw(continuum_places(answers.shape[0], world.loadings.shape[1], rng), rng)
        again = centre(told, remove_strictness=removes)
        return fit_factors(told, again, k, rng=rng).strengths()

    empty = World(answers, margins, np.zeros((answers.shape[1], 1)), spread)
    by_chance = max(float(refitted(empty, most)[0]) for _ in range(NOISE_SETS))
    first = fit_factors(answers, centred, most, rng=rng)
    k = int((first.strengths() > ABOVE_NOISE * by_chance).sum())
    if not k:
        return None
    factors = first if k == most else fit_factors(answers, centred, k, rng=rng)
    raw = World(answers, margins, latent_loadings(margins, factors.loadings), spread)
    again = np.mean([refitted(raw, k) for _ in range(REFITS)], axis=0)
    ratio = np.clip(np.sqrt(factors.strengths() / again), LEAST_RATIO, MOST_RATIO)
    world = replace(raw, loadings=latent_loadings(margins, factors.loadings * ratio))
    shares = factors.shares() * ratio**2
    return Model(answers, centred, factors, shares, world, removes)


def likelihood_of(model: Model, rng: np.random.Generator) -> Likelihood:
    """Return how answers speak: by their cuts, or without strictness by a calibrated score."""
    if model.removes:
        return ScoreLikelihood.calibrated(model.factors, model.world, rng)
    return ProbitLikelihood(model.world.margins, model.world.loadings)


def deepest_valley(
    answers: Answers, model: Model, likelihood: Likelihood, rng: np.random.Generator
) -> tuple[float, FloatArray]:
    """Return the deepest valley and its direction."""
    directions = np.ones((1, 1))
    if model.factors.k > 1:
        centred = centre(answers, remove_strictness=model.removes)
        directions = directions_of(_places(answers, centred, model.factors), rng)
    depths = valley_depths(likelihood(answers, directions))
    best = int(depths.argmax())
    return float(depths[best]), directions[best]


def _places(answers: Answers, centred: Centred, factors: Factors) -> FloatArray:
    seen = answers.table(np.ones(answers.code.size))
    return evidence(factors, answers.table(centred.cells), seen).scores()


def says_yes(model: Model, direction: FloatArray) -> bool:
    """Tell whether people lie along a direction as they readily agree."""
    if model.removes:
        return False
    answers = model.answers
    sums = np.bincount(answers.person, weights=answers.values(), minlength=answers.shape[0])
    mean = sums / np.maximum(1, answers.n_by_person())
    place = _places(answers, model.centred, model.factors) @ direction
    if mean.std() < SMALL or place.std() < SMALL:
        return False
    return bool(abs(np.corrcoef(mean, place)[0, 1]) >= YES_SAYING)


def placed(answers: Answers, model: Model) -> tuple[FloatArray, FloatArray]:
    """Return places and strictness of some people."""
    centred = centre_alike(answers, model.centred)
    return _places(answers, centred, model.factors), centred.strictness
