"""Simulated rooms with agreed and divided measures whose true values are known; all made up."""

from dataclasses import dataclass
from typing import Final

import numpy as np

KINDS: Final = ("consensus", "moderate", "divided")
SPREAD: Final = {
    "camps": {"consensus": 0.5, "moderate": 0.8, "divided": 0.8},
    "one opinion": {"consensus": 0.5, "moderate": 0.8, "divided": 1.2},
    "clumps": {"consensus": 0.8},
}
APART: Final = 1.1  # of a camp from the mean, on divided measures
CAMP: Final = 0.6  # of the people
STRICT: Final = 0.5  # standard deviation between people
CLUMP: Final = 0.4  # of a clump from the mean
CROWD: Final = 4_000  # people whose mean is the true value


@dataclass(frozen=True)
class Room:
    """Ratings in columns, with the kind and the true mean of each measure."""

    value: np.ndarray
    rater: np.ndarray
    measure: np.ndarray
    kind: np.ndarray
    truth: np.ndarray

    @property
    def table(self):
        return self.value, self.rater, self.measure


def simulated_room(seed: int, design: str, n_raters: int, n_measures: int, fill: float) -> Room:
    """Draw a room; ``design`` is "camps", "one opinion" or "clumps"."""
    g = np.random.default_rng(seed)
    spread = SPREAD[design]
    kind = np.array(tuple(spread))[np.arange(n_measures) % len(spread)]
    centre = 3.2 + (
        CLUMP * g.choice([-1, 1], n_measures)
        if design == "clumps"
        else g.normal(0, 0.4, n_measures)
    )
    sizes = np.array([spread[name] for name in kind])
    side = np.where((kind == "divided") & (design == "camps"), g.choice([-1, 1], n_measures), 0)

    def people(n: int) -> np.ndarray:
        camp = np.where(g.random(n) < CAMP, 1.0, -1.0)
        latent = centre + APART * camp[:, None] * side + g.normal(0, STRICT, (n, 1))
        return np.clip(np.rint(latent + g.normal(size=(n, n_measures)) * sizes), 1, 5)

    truth = people(CROWD).mean(axis=0)
    answers = people(n_raters)
    rater, measure = np.nonzero(g.random(answers.shape) < fill)
    return Room(answers[rater, measure], rater, measure, kind, truth)
