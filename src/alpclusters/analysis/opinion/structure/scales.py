"""How likely each person's answers are at each place of an axis."""

from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np

from alpclusters.analysis.opinion.arrays import FloatArray
from alpclusters.analysis.opinion.structure.answers import Answers
from alpclusters.analysis.opinion.structure.factors import Factors, evidence
from alpclusters.analysis.opinion.structure.strictness import centre
from alpclusters.analysis.opinion.structure.valley import GRID
from alpclusters.analysis.opinion.structure.worlds import Margins, World, answer_chances

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
