"""Worlds to compare with, directions to look in, and how much a valley is worth."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from scipy.special import ndtr, ndtri

from alpclusters.analysis.opinion.checks import FloatArray, IntArray
from alpclusters.analysis.opinion.search import lloyd, seed_centres
from alpclusters.analysis.opinion.structure.answers import Answers, Codes

# --- Directions in which a valley is looked for ---------------------------------------------------


STARTS: Final = 2
GROUPS: Final = (2, 3)
MOVES: Final = 10  # of k-means: a direction need not be exact, and each draw takes its own
LEAST_LENGTH: Final = 1e-9


def directions_of(places: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Return the axes and, of several axes, what parts the centres of two and of three groups.

    ``places`` of shape (n_people, k); the answer of shape (n_directions, k), unit vectors.
    """
    k = places.shape[1]
    found = list(np.eye(k))
    if k > 1:
        for n_groups in GROUPS:
            start = seed_centres(places, n_groups, starts=STARTS, rng=rng)
            found += between(lloyd(places, start, steps=MOVES).centres)
    return np.array(found)


def between(centres: Iterable[FloatArray]) -> list[FloatArray]:
    """Return the directions from centre to centre; each centre of shape (k,)."""
    steps = [first - second for first, second in combinations(centres, 2)]
    return [step / max(LEAST_LENGTH, float(np.linalg.norm(step))) for step in steps]


# --- How much a valley is worth: the likelihood of any mixture over that of the best single hill


GRID: Final = np.linspace(-3.2, 3.2, 33)
KERNEL_SD: Final = 0.2
BINS: Final = 40
STEPS: Final = 60
MODES: Final = (-1.2, -0.8, -0.4, 0.0, 0.4, 0.8, 1.2)
LEAST_LIKELIHOOD: Final = 1e-300
LEAST_MERGED: Final = 1e-37  # single precision


def valley_depths(likelihoods: FloatArray) -> FloatArray:
    """Return how much better a valley fits than one hill, for each direction.

    Parameters
    ----------
    likelihoods : array of shape (n_directions, n_people, 33)
        Log likelihood of each person's answers at the places of ``GRID``.

    Returns
    -------
    array of shape (n_directions,)
        ℓ₁ - ℓ₀ >= 0: natural log likelihood of the best weights on the grid, less that of the
        best weights that rise to one mode and fall from it.
    """
    merged = [_merged(_smoothed(one)) for one in likelihoods]
    n_bins = max(len(counts) for _, counts in merged)
    tables = np.ones((len(merged), n_bins, GRID.size))
    counts = np.zeros((len(merged), n_bins))
    for place, (table, count) in enumerate(merged):
        tables[place, : len(count)], counts[place, : len(count)] = table, count
    fitted = _fitted(tables, counts)
    return np.asarray(np.maximum(0.0, fitted[:, 0] - fitted[:, 1:].max(axis=1)))


def _smoothed(likelihood: FloatArray) -> FloatArray:
    """Return likelihoods, each person's greatest 1, smoothed along the grid."""
    kind = np.float64 if len(likelihood) <= 2 * BINS else np.float32
    below = (likelihood - likelihood.max(axis=1, keepdims=True)).astype(kind)
    return np.asarray(np.exp(below) @ _KERNEL.astype(kind))


def _merged(table: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Merge people of like place and like certainty to at most 80 bins."""
    if len(table) <= 2 * BINS:
        return table, np.ones(len(table))
    grid = GRID.astype(table.dtype)
    weight = table * np.exp(-grid * grid / 2)
    weight /= weight.sum(axis=1, keepdims=True)
    mean = weight @ grid
    spread = weight @ (grid * grid) - mean * mean
    by_spread = np.argsort(spread, kind="stable")
    order = np.concatenate(
        [half[np.argsort(mean[half], kind="stable")] for half in np.array_split(by_spread, 2)]
    )
    sizes = np.concatenate([_parted(half, BINS) for half in _parted(len(table), 2)])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    logs = np.add.reduceat(np.log(np.maximum(LEAST_MERGED, table[order])), starts)
    return np.exp(logs / sizes[:, None]), sizes.astype(np.float64)


def _parted(total: int, n_parts: int) -> IntArray:
    """Return the sizes of parts as equal as can be, the greater ones first."""
    return total // n_parts + (np.arange(n_parts) < total % n_parts)


def _fitted(tables: FloatArray, counts: FloatArray) -> FloatArray:
    """Return log likelihoods of the best weights: free ones, then hills around each mode.

    ``tables`` of shape (n_directions, n_bins, n_places), ``counts`` of shape (n_directions,
    n_bins); the answer has shape (n_directions, 1 + n_modes).
    """
    total = counts.sum(axis=1)[:, None, None]
    weights = np.full((len(tables), *_MODELS.shape[:2]), 1 / GRID.size)
    for _ in range(STEPS):
        pull = counts[:, :, None] / _chances(tables, weights)
        gain = (tables.swapaxes(1, 2) @ pull).swapaxes(1, 2)
        weights *= (_MODELS.swapaxes(1, 2) @ gain[..., None])[..., 0] / total
    return np.asarray((counts[:, :, None] * np.log(_chances(tables, weights))).sum(axis=1))


def _chances(tables: FloatArray, weights: FloatArray) -> FloatArray:
    """Return how likely each bin is in each model; shape (n_directions, n_bins, n_models)."""
    mixed = (_MODELS @ weights[..., None])[..., 0]
    return np.maximum(LEAST_LIKELIHOOD, tables @ mixed.swapaxes(1, 2))


def _kernel() -> FloatArray:
    apart = (GRID[:, None] - GRID) / KERNEL_SD
    kernel = np.exp(-apart * apart / 2)
    return np.asarray(kernel / kernel.sum(axis=0))


def _hills() -> FloatArray:
    """Return for each mode uniforms from it to each place; shape (n_modes, n_places, n_places)."""
    hills = np.zeros((len(MODES), GRID.size, GRID.size))
    for number, mode in enumerate(MODES):
        middle = int(np.abs(GRID - mode).argmin())
        for place in range(GRID.size):
            low, high = min(middle, place), max(middle, place)
            hills[number, low : high + 1, place] = 1 / (high - low + 1)
    return hills


_KERNEL: Final = _kernel()
_MODELS: Final = np.concatenate([np.eye(GRID.size)[None], _hills()])


# --- Worlds to compare with: the same statements, gaps and strength, but a continuum or two camps


ADDED: Final = 0.3  # answers to each point of the scale, so that no threshold is infinite
MOST_SHARED: Final = 0.9  # of a statement's latent variance
CAMP_WEIGHT: Final = 0.917  # 0.917² + 0.4² = 1
CAMP_SPREAD: Final = 0.4
LEAST_VARIANCE: Final = 1e-6


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
    return Margins(cuts, np.maximum(LEAST_VARIANCE, density @ np.diff(answers.points)))


def latent_loadings(margins: Margins, loadings: FloatArray) -> FloatArray:
    """Return loadings of the latent answers; what all axes share is held at 0.9.

    ``loadings`` in points of the scale, shape (n_statements, k).
    """
    latent = loadings / margins.steepness[:, None]
    shared = (latent**2).sum(axis=1, keepdims=True)
    return np.asarray(
        latent * np.sqrt(np.minimum(1.0, MOST_SHARED / np.maximum(LEAST_VARIANCE, shared)))
    )


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
        hold = np.sqrt(np.minimum(1.0, MOST_SHARED / np.maximum(LEAST_VARIANCE, shared)))
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
