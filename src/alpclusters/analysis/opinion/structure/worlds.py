"""Worlds to compare with: the same statements, gaps and strength, but a continuum or two camps."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import ndtr, ndtri

from alpclusters.analysis.opinion.arrays import FloatArray
from alpclusters.analysis.opinion.structure.answers import Answers, Codes

ADDED: Final = 0.3  # answers to each point of the scale, so that no threshold is infinite
MOST_SHARED: Final = 0.9  # of a statement's latent variance
CAMP_WEIGHT: Final = 0.917  # 0.917² + 0.4² = 1
CAMP_SPREAD: Final = 0.4
SMALL: Final = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Margins:
    """Where the latent answer to each statement is cut into the points of the scale.

    Attributes
    ----------
    cuts : array of shape (n_statements, n_points - 1)
        Thresholds of a standard normal.
    steepness : array of shape (n_statements,)
        Expected change of the answer per step of the latent one (Stein's lemma).
    """

    cuts: FloatArray
    steepness: FloatArray


def margins_of(answers: Answers) -> Margins:
    """Return thresholds that give each statement the shares of its own answers."""
    n_items, n_points = answers.shape[1], answers.points.size
    flat = answers.item * n_points + answers.code
    counts = np.bincount(flat, minlength=n_items * n_points).reshape(n_items, n_points) + ADDED
    shares = np.cumsum(counts, axis=1)[:, :-1] / counts.sum(axis=1, keepdims=True)
    cuts = ndtri(shares)
    density = np.exp(-cuts * cuts / 2) / np.sqrt(2 * np.pi)
    return Margins(cuts, np.maximum(SMALL, density @ np.diff(answers.points)))


def latent_loadings(margins: Margins, loadings: FloatArray) -> FloatArray:
    """Return loadings of the latent answers; what all axes share is held at 0.9.

    ``loadings`` in points of the scale, shape (n_statements, k).
    """
    latent = loadings / margins.steepness[:, None]
    shared = (latent**2).sum(axis=1, keepdims=True)
    return np.asarray(latent * np.sqrt(np.minimum(1.0, MOST_SHARED / np.maximum(SMALL, shared))))


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """A maker of answers in the cells of real ones.

    Attributes
    ----------
    answers : Answers
        Gives the cells.
    margins : Margins
    loadings : array of shape (n_statements, k)
        Of the latent answers.
    strictness : float
        Standard deviation between people, in points of the scale; 0 for none.
    """

    answers: Answers
    margins: Margins
    loadings: FloatArray
    strictness: float

    def draw(self, places: FloatArray, rng: np.random.Generator) -> Answers:
        """Draw answers of people at given places; shape (n_people, k)."""
        loadings, strictness = self._held()
        own = rng.standard_normal(len(places)) if self.strictness else None
        everywhere = places.astype(np.float32) @ loadings.T.astype(np.float32)
        latent = everywhere[self.answers.person, self.answers.item]
        shared = (loadings**2).sum(axis=1)
        if own is not None:
            shared = shared + strictness**2
            latent += (strictness[self.answers.item] * own[self.answers.person]).astype(np.float32)
        noise = np.sqrt(1 - shared).astype(np.float32)
        latent += noise[self.answers.item] * rng.standard_normal(latent.size, dtype=np.float32)
        return self.answers.with_codes(self._coded(latent))

    def _held(self) -> tuple[FloatArray, FloatArray]:
        """Return loadings and those of strictness, together at most 0.9 of the variance."""
        strictness = self.strictness / self.margins.steepness
        shared = (self.loadings**2).sum(axis=1) + strictness**2
        hold = np.sqrt(np.minimum(1.0, MOST_SHARED / np.maximum(SMALL, shared)))
        return self.loadings * hold[:, None], np.asarray(strictness * hold)

    def _coded(self, latent: np.ndarray) -> Codes:
        code = np.zeros(latent.size, np.int8)
        for cuts in self.margins.cuts.T.astype(np.float32):
            code += latent > cuts[self.answers.item]
        return code


def continuum_places(n: int, k: int, rng: np.random.Generator) -> FloatArray:
    """Draw places of people without any camps; shape (n, k)."""
    return rng.standard_normal((n, k))


def camp_places(n: int, k: int, share: float, rng: np.random.Generator) -> FloatArray:
    """Draw places of two camps on the first axis, one of a given share; shape (n, k)."""
    places = rng.standard_normal((n, k))
    is_first = rng.random(n) < share
    centre = np.where(is_first, np.sqrt((1 - share) / share), -np.sqrt(share / (1 - share)))
    sign = 1.0 if rng.random() < 0.5 else -1.0  # noqa: PLR2004 - a coin
    places[:, 0] = sign * CAMP_WEIGHT * centre + CAMP_SPREAD * places[:, 0]
    return places


def answer_chances(margins: Margins, loadings: FloatArray, grid: FloatArray) -> FloatArray:
    """Return the log chance of each answer at each place of one axis.

    Parameters
    ----------
    margins : Margins
    loadings : array of shape (n_statements,)
        Of the latent answers.
    grid : array of shape (n_places,)

    Returns
    -------
    array of shape (n_statements * n_points, n_places)
    """
    n_items = loadings.size
    rest = np.sqrt(np.maximum(1 - MOST_SHARED, 1 - loadings**2))
    below = ndtr((margins.cuts[:, :, None] - loadings[:, None, None] * grid) / rest[:, None, None])
    ends = np.zeros((n_items, 1, grid.size))
    cumulative = np.concatenate([ends, below, ends + 1], axis=1)
    chances = np.maximum(1e-12, np.diff(cumulative, axis=1))
    return np.asarray(np.log(chances).reshape(-1, grid.size))
