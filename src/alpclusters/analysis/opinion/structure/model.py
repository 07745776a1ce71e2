"""Axes of opinion stronger than chance, and the continuum of the same strength."""

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from alpclusters.analysis.opinion.arrays import FloatArray
from alpclusters.analysis.opinion.structure.answers import Answers
from alpclusters.analysis.opinion.structure.directions import directions_of
from alpclusters.analysis.opinion.structure.factors import Factors, evidence, fit_factors
from alpclusters.analysis.opinion.structure.scales import (
    Likelihood,
    ProbitLikelihood,
    ScoreLikelihood,
)
from alpclusters.analysis.opinion.structure.strictness import Centred, centre, centre_alike
from alpclusters.analysis.opinion.structure.valley import valley_depths
from alpclusters.analysis.opinion.structure.worlds import (
    World,
    continuum_places,
    latent_loadings,
    margins_of,
)

CLEAR: Final = 100  # people from which no axis means one opinion
MOST_AXES: Final = 3
FEW_AXES: Final = 2
NOISE_SETS: Final = 3
ABOVE_NOISE: Final = 1.15
REFITS: Final = 2
YES_SAYING: Final = 0.80
SMALL: Final = 1e-9
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
