"""Search for groups on the plane: k-means for each k, and which partition fits people best."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.opinion.checks import BoolArray, FloatArray, IntArray

# --- k-means in the plane and beyond: many starts at once, Lloyd steps, k-means++ seeding ---------


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


# --- How well people fit their group on the plane -------------------------------------------------


CHUNK_CELLS: Final = 1 << 19


def silhouettes(points: FloatArray, partitions: Sequence[NDArray[Any]]) -> FloatArray:
    """Return the mean silhouette of several partitions, with distances computed once.

    With a the mean distance to the others of the own group and b the least mean distance to
    another group, a person has (b - a) / max(a, b); a group of one counts 0, and so does a person
    for whom a = b = 0. O(n² k) time, distances in chunks: memory O(n).

    References
    ----------
    .. [1] P. J. Rousseeuw, Silhouettes, Journal of Computational and Applied Mathematics 20
       (1987), 53-65.
    """
    members = [partition[:, None] == np.unique(partition) for partition in partitions]
    every = np.concatenate(members, axis=1).astype(points.dtype)
    total = np.zeros(len(partitions))
    step = max(1, CHUNK_CELLS // max(1, len(points)))
    for start in range(0, len(points), step):
        rows = slice(start, start + step)
        sums = _distances(points[rows], points) @ every
        edges = np.cumsum([0, *(inside.shape[1] for inside in members)])
        for place, inside in enumerate(members):
            part = sums[:, edges[place] : edges[place + 1]]
            total[place] += _scores(part, inside[rows], inside.sum(axis=0)).sum()
    return total / max(1, len(points))


def _distances(some: FloatArray, points: FloatArray) -> FloatArray:
    across = some[:, :1] - points[:, 0]
    up = some[:, 1:] - points[:, 1]
    across *= across
    up *= up
    across += up
    return np.sqrt(across, out=across)


def _scores(sums: FloatArray, inside: BoolArray, sizes: NDArray[np.int64]) -> FloatArray:
    own_size = inside @ sizes
    own = (sums * inside).sum(axis=1) / np.maximum(1, own_size - 1)
    other = np.where(inside, np.inf, sums / np.maximum(1, sizes)).min(axis=1)
    other = np.where(np.isfinite(other), other, own)
    wider = np.maximum(own, other)
    scores = np.where(wider > 0, (other - own) / np.where(wider > 0, wider, 1), 0.0)
    return np.where(own_size > 1, scores, 0.0)


# --- Search for groups on the plane: a partition for each k, and which of them is taken -----------


MIN_GROUP: Final = 5
PEOPLE_PER_K: Final = 12  # the Polis server's rule: at most 2 + n / 12 groups
MAX_STARTED: Final = 4_000  # above it, the starts run on a sample
SAMPLE: Final = 2_000
Parts = Callable[[NDArray[np.int8]], bool]


@dataclass(frozen=True, slots=True)
class Search:
    """What was tried for k = 2, 3, ... and what was taken.

    Attributes
    ----------
    labels : array of int, shape (n_people,)
        Taken groups, numbered by size; all 0 if no partition is a candidate.
    silhouettes, inertia : array of shape (n_tried,)
        Above `MAX_STARTED` people with the means of a sample; only those taken are refined.
    candidates : array of bool, shape (n_tried,)
        Whether every group is large enough; where it was asked, also whether all lie apart.
    """

    labels: IntArray
    silhouettes: FloatArray
    inertia: FloatArray
    candidates: BoolArray


def search_groups(
    points: FloatArray,
    *,
    k_max: int,
    starts: int,
    rng: np.random.Generator,
    min_group: int = MIN_GROUP,
    parts: Parts | None = None,
) -> Search:
    """Partition people on the plane for each k and take the best silhouette.

    Parameters
    ----------
    points : array of shape (n_people, 2)
    k_max, starts : int
    rng : numpy.random.Generator
    min_group : int
    parts : callable, optional
        From labels of shape (n_people,) to whether every two groups lie apart: a partition of
        more than two groups that do not is no candidate. Asked of the best silhouette first and
        of none below the one taken.

    Returns
    -------
    Search

    Notes
    -----
    People are put in an order that their places give first, so neither the order of rows nor
    the signs of the axes play a part.
    A partition with a group under ``min_group`` people is no candidate, otherwise one outlier
    wins. Of equal silhouettes the smaller k is taken.
    """
    order = _canonical_order(points)
    tried = _partitions(points[order], k_max=k_max, starts=starts, rng=rng)
    scores = _silhouettes(points[order], [partition.labels for partition in tried], rng)
    sizes = [
        np.bincount(partition.labels, minlength=k) for k, partition in enumerate(tried, start=2)
    ]
    candidates = np.array([size.min() >= min_group for size in sizes], dtype=np.bool_)
    back = np.argsort(order)
    labels = np.zeros(len(points), np.int64)
    for best in np.argsort(-scores, kind="stable"):
        if candidates[best] and best and parts is not None:
            candidates[best] = parts(tried[best].labels[back])
        if candidates[best]:
            labels[order] = _refined(points[order], tried[best], min_group).labels
            break
    inertia = np.array([partition.inertia for partition in tried])
    return Search(numbered_by_size(labels), scores, inertia, candidates)


def _canonical_order(points: FloatArray) -> IntArray:
    """Order people by falling distance from the middle; a mirrored map has the same order."""
    across, up = points.T
    return np.lexsort((up, across, np.abs(across), across * across + up * up))[::-1]


def most_groups(n_people: int, k_max: int) -> int:
    """Return up to how many groups are looked for."""
    return min(k_max, 2 + n_people // PEOPLE_PER_K)


def numbered_by_size(labels: NDArray[Any]) -> IntArray:
    """Number groups from 0, the greatest first, ties by the smallest row; -1 stays."""
    result = np.full(labels.shape, -1, np.int64)
    placed = np.flatnonzero(labels >= 0)
    _, first, inverse, counts = np.unique(
        labels[placed], return_index=True, return_inverse=True, return_counts=True
    )
    number = np.empty(first.size, np.int64)
    number[np.lexsort((first, -counts))] = np.arange(first.size)
    result[placed] = number[inverse]
    return result


def _partitions(
    points: FloatArray, *, k_max: int, starts: int, rng: np.random.Generator
) -> list[Partition]:
    is_large = len(points) > MAX_STARTED
    tried_on = points[_sample(len(points), rng)] if is_large else points
    most = most_groups(len(points), k_max)
    found = [
        lloyd(tried_on, seed_centres(tried_on, k, starts=starts, rng=rng))
        for k in range(2, most + 1)
    ]
    return [assign(points, part.centres) for part in found] if is_large else found


def _refined(points: FloatArray, taken: Partition, min_group: int) -> Partition:
    """Move the means that a sample gave until nobody of all changes."""
    if len(points) <= MAX_STARTED:
        return taken
    refined = lloyd(points, taken.centres[None])
    return refined if np.bincount(refined.labels).min() >= min_group else taken


def _silhouettes(
    points: FloatArray, partitions: Sequence[NDArray[np.int8]], rng: np.random.Generator
) -> FloatArray:
    if len(points) <= SAMPLE:
        return silhouettes(points, partitions)
    rows = _sample(len(points), rng)
    return silhouettes(points[rows], [labels[rows] for labels in partitions])


def _sample(n_people: int, rng: np.random.Generator) -> IntArray:
    return np.sort(rng.choice(n_people, SAMPLE, replace=False))
