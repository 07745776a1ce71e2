"""How strict each person is: the part of ratings that is the same for all statements."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from alpclusters.analysis.opinion.arrays import FloatArray
from alpclusters.analysis.opinion.structure.answers import Answers

PASSES: Final = 3
LEAST: Final = 1e-6  # of the spread of strictness, in squared points of the scale


@dataclass(frozen=True, slots=True, eq=False)
class Centred:
    """Answers less the mean of their statement, and less strictness where it is removed.

    Attributes
    ----------
    cells : array of shape (n_cells,)
    means : array of shape (n_statements,)
        Mean answer of each statement.
    strictness : array of shape (n_people,)
        How much higher than others a person answers; 0 where strictness is kept.
    spread, noise : float
        Variance of strictness between people, and of what is left; 0 where it is kept.
    """

    cells: FloatArray
    means: FloatArray
    strictness: FloatArray
    spread: float
    noise: float

    @property
    def ratio(self) -> float:
        """Noise per spread of strictness, by which it is shrunk; NaN where it is kept."""
        return self.noise / self.spread if self.spread else math.nan


def centre(answers: Answers, *, remove_strictness: bool) -> Centred:
    """Take the mean of each statement out of the answers, and on wish each person's strictness.

    Notes
    -----
    Strictness v is shrunk: v = sum(x - µ) / (n + σ²e / σ²v), with moment estimates of both
    variances, in three passes between v and µ.
    """
    x, (n_people, n_items) = answers.values(), answers.shape
    n_item, n_person = answers.n_by_item(), answers.n_by_person()

    def item_means(cells: FloatArray) -> FloatArray:
        sums = np.bincount(answers.item, weights=cells, minlength=n_items)
        return np.asarray(sums / np.maximum(1, n_item))

    strictness, spread, noise, means = np.zeros(n_people), 0.0, 0.0, item_means(x)
    for _ in range(PASSES if remove_strictness else 0):
        rest = x - means[answers.item]
        sums = np.bincount(answers.person, weights=rest, minlength=n_people)
        squares = np.bincount(answers.person, weights=rest * rest, minlength=n_people)
        pairs = float((n_person * (n_person - 1)).sum())
        spread = max(LEAST, float((sums * sums - squares).sum()) / max(1.0, pairs))
        noise = max(LEAST, float(squares.sum()) / max(1, x.size) - spread)
        strictness = sums / (n_person + noise / spread)
        means = item_means(x - strictness[answers.person])
    cells = x - means[answers.item] - strictness[answers.person]
    return Centred(cells, means, strictness, spread, noise)


def strictness_share(answers: Answers) -> float:
    """Return the share of the variance that is how high a person answers to everything."""
    found = centre(answers, remove_strictness=True)
    return found.spread / (found.spread + found.noise)


def centre_alike(answers: Answers, known: Centred) -> Centred:
    """Centre the answers of other people by what is known of the statements."""
    cells = answers.values() - known.means[answers.item]
    strictness = np.zeros(answers.shape[0])
    if known.spread:
        sums = np.bincount(answers.person, weights=cells, minlength=strictness.size)
        strictness = sums / (answers.n_by_person() + known.noise / known.spread)
        cells = cells - strictness[answers.person]
    return Centred(cells, known.means, strictness, known.spread, known.noise)
