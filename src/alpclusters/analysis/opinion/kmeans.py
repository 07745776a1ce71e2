"""k-means in the plane and beyond: many starts at once, Lloyd steps, k-means++ seeding."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.opinion.arrays import FloatArray

MAX_STEPS: Final = 100
Labels = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Partition:
    """Labels 0..k-1 (n_people,), means of the groups (k, d), sum of squared distances."""

    labels: Labels
    centres: FloatArray
    inertia: float


def seed_centres(
    points: FloatArray, k: int, *, starts: int, rng: np.random.Generator
) -> FloatArray:
    """Draw starting points after k-means++: far from those already drawn.

    Returns
    -------
    array of shape (starts, k, d)
    """
    return np.stack([_seeded(points, k, rng) for _ in range(starts)])


def _seeded(points: FloatArray, k: int, rng: np.random.Generator) -> FloatArray:
    centres = np.empty((k, points.shape[1]))
    centres[0] = points[rng.integers(len(points))]
    nearest = _squared(points, centres[0])
    for place in range(1, k):
        below = nearest.cumsum()
        drawn = below.searchsorted(rng.random() * below[-1], side="right")
        centres[place] = points[min(int(drawn), len(points) - 1)]
        np.minimum(nearest, _squared(points, centres[place]), out=nearest)
    return centres


def lloyd(points: FloatArray, centres: FloatArray, *, steps: int = MAX_STEPS) -> Partition:
    """Move groups to their means until nobody changes; the start of least inertia wins.

    Parameters
    ----------
    points : array of shape (n_people, d)
    centres : array of shape (starts, k, d)
        An empty group restarts at the person farthest from the own mean.
    steps : int
        At most so many moves.

    Returns
    -------
    Partition
    """
    centres = centres.copy()
    labels = np.full((centres.shape[0], len(points)), -1, np.int8)
    moving = np.arange(centres.shape[0])
    along = np.tile(points.T, centres.shape[0])
    for _ in range(steps):
        found = _nearest(points, centres[moving])
        changed = (found != labels[moving]).any(axis=1)
        moving, found = moving[changed], found[changed]
        if not moving.size:
            break
        labels[moving] = found
        centres[moving] = _means(points, along, found, centres[moving])
    inertia = [_inertia(points, *start) for start in zip(labels, centres, strict=True)]
    best = int(np.argmin(inertia))
    return Partition(labels[best], centres[best], float(inertia[best]))


def assign(points: FloatArray, centres: FloatArray) -> Partition:
    """Give each person the nearest centre, of shape (k, d); centres stay where they are."""
    labels = _nearest(points, centres[None])[0]
    return Partition(labels, centres, _inertia(points, labels, centres))


def _squared(points: FloatArray, centre: FloatArray) -> FloatArray:
    apart = points - centre
    return np.asarray(np.einsum("pd,pd->p", apart, apart))


def _nearest(points: FloatArray, centres: FloatArray) -> Labels:
    """Return the nearest centre of each person per start; ties to the first."""
    flat = centres.reshape(-1, centres.shape[2])
    offset = (flat * flat).sum(axis=1).reshape(centres.shape[:2])
    # |x - c|² - |x|² orders centres as |x - c|² does.
    score = (-2 * flat @ points.T).reshape(*centres.shape[:2], len(points)) + offset[..., None]
    least, labels = score[:, 0].copy(), np.zeros(score[:, 0].shape, np.int8)
    for place in range(1, centres.shape[1]):
        closer = score[:, place] < least
        np.copyto(labels, np.int8(place), where=closer)
        np.minimum(least, score[:, place], out=least)
    return labels


def _means(
    points: FloatArray, along: FloatArray, labels: Labels, centres: FloatArray
) -> FloatArray:
    """Return the means of the groups; ``along`` repeats the points per start, (d, n)."""
    n_starts, k, _ = centres.shape
    groups = (labels + k * np.arange(n_starts)[:, None]).ravel()
    sizes = np.bincount(groups, minlength=n_starts * k).reshape(n_starts, k)
    result = np.empty_like(centres)
    for axis, own in enumerate(along[:, : groups.size]):
        sums = np.bincount(groups, weights=own, minlength=n_starts * k)
        result[..., axis] = sums.reshape(n_starts, k) / np.maximum(1, sizes)
    for start in np.flatnonzero((sizes == 0).any(axis=1)):
        places = np.flatnonzero(sizes[start] == 0)
        far = _farthest(points, centres[start][labels[start]], places.size)
        result[start, places] = points[far]
    return result


def _farthest(points: FloatArray, own: FloatArray, n: int) -> NDArray[np.intp]:
    distance = ((points - own) ** 2).sum(axis=1)
    order = np.argsort(-distance, kind="stable")
    return np.resize(order[:n], n)


def _inertia(points: FloatArray, labels: Labels, centres: FloatArray) -> float:
    return float(((points - centres[labels]) ** 2).sum())
