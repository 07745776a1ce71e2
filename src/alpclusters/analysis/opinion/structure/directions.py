"""Directions in which a valley is looked for."""

from collections.abc import Iterable
from itertools import combinations
from typing import Final

import numpy as np

from alpclusters.analysis.opinion.arrays import FloatArray
from alpclusters.analysis.opinion.kmeans import lloyd, seed_centres

STARTS: Final = 2
GROUPS: Final = (2, 3)
MOVES: Final = 10  # of k-means: a direction need not be exact, and each draw takes its own
SMALL: Final = 1e-9


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
    return [step / max(SMALL, float(np.linalg.norm(step))) for step in steps]
