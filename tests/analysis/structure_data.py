"""Simulated votes and ratings with a known structure; no people behind them."""

import csv
from pathlib import Path

import numpy as np

from alpclusters.analysis.consensus import Ratings

FIXTURES = "data/ratings/structure"
WITHIN = 0.3  # standard deviation inside a camp; two equal camps lie at +-0.954
CONTINUA = ("normal", "uniform", "skewed", "two_axes", "yes_saying", "yes_saying_and_axis")
EMPTY = ("nothing", "strictness")


def places(kind: str, n: int, rng: np.random.Generator) -> np.ndarray:
    """Draw where people stand; each axis has variance 1 where there is one."""
    return PLACES.get(kind, _normal)(n, rng)


def _normal(n, rng):
    return rng.standard_normal((n, 1))


def _nowhere(n, rng):  # noqa: ARG001 - the form of all kinds
    return np.zeros((n, 1))


def _uniform(n, rng):
    return rng.uniform(-(3**0.5), 3**0.5, (n, 1))


def _skewed(n, rng):
    return (rng.gamma(2, size=(n, 1)) - 2) / 2**0.5


def _camps(n, rng):
    return 0.954 * rng.choice([-1.0, 1.0], (n, 1)) + WITHIN * rng.standard_normal((n, 1))


def _uneven(n, rng):
    side = np.where(rng.random((n, 1)) < 0.25, 3**0.5, -(3**-0.5))
    return 0.954 * side + WITHIN * rng.standard_normal((n, 1))


def _three(n, rng):
    turn = rng.integers(3, size=n) * 2 * np.pi / 3
    corners = 1.35 * np.column_stack([np.cos(turn), np.sin(turn)])
    return corners + WITHIN * rng.standard_normal((n, 2))


PLACES = {
    "uniform": _uniform,
    "skewed": _skewed,
    "two_axes": lambda n, rng: rng.standard_normal((n, 2)),
    "yes_saying": _nowhere,
    "nothing": _nowhere,
    "camps": _camps,
    "uneven": _uneven,
    "three": _three,
}


def simulated(kind: str, n: int, p: int, filled: float, seed: int) -> np.ndarray | Ratings:
    """Return votes of people of one kind; of strictness, ratings from 1 to 5."""
    rng = np.random.default_rng([seed, n, p, round(100 * filled), *kind.encode()])
    if kind == "strictness":
        return _rated(np.zeros((n, p)), filled, rng)
    place = places(kind, n, rng)
    loadings = 0.7 * rng.standard_normal((p, place.shape[1]))
    latent = place @ loadings.T + 0.5 * rng.standard_normal(p) + rng.standard_normal((n, p))
    if kind.startswith("yes_saying"):
        latent += 0.8 * rng.standard_normal((n, 1))
    votes = np.where(np.abs(latent) <= 0.35, 0.0, np.sign(latent))
    votes[rng.random(votes.shape) > filled] = np.nan
    return votes


def rated(kind: str, n: int, p: int, filled: float, seed: int) -> Ratings:
    """Return ratings from 1 to 5 of people of one kind who are also unequally strict."""
    rng = np.random.default_rng([seed, n, p, round(100 * filled), *kind.encode()])
    place = places(kind, n, rng)
    return _rated(place @ (0.7 * rng.standard_normal((p, place.shape[1]))).T, filled, rng)


def _rated(opinion: np.ndarray, filled: float, rng: np.random.Generator) -> Ratings:
    n, p = opinion.shape
    strict, liked = rng.normal(0, 0.7, (n, 1)), rng.normal(3.2, 0.6, p)
    values = np.clip(np.rint(liked + strict + opinion + rng.normal(0, 0.9, (n, p))), 1, 5)
    person, item = np.nonzero(rng.random((n, p)) < filled)
    return Ratings.from_arrays(person, item, values[person, item], scale=(1, 2, 3, 4, 5))


def read_fixture(folder: Path, name: str) -> np.ndarray | Ratings:
    """Read one of the shared files: votes as a table, ratings as they are."""
    with (folder / name).open(encoding="ascii", newline="") as file:
        header, *rows = csv.reader(file)
    person, item, value = np.array(rows, dtype=np.float64).T
    person, item = person.astype(int), item.astype(int)
    if header[2] == "rating":
        return Ratings.from_arrays(person, item, value, scale=(1, 2, 3, 4, 5))
    votes = np.full((person.max() + 1, item.max() + 1), np.nan)
    votes[person, item] = value
    return votes
