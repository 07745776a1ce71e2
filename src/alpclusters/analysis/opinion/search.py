"""Search for groups on the plane: a partition for each k, and which of them is taken."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.opinion.arrays import BoolArray, FloatArray, IntArray
from alpclusters.analysis.opinion.kmeans import Partition, assign, lloyd, seed_centres
from alpclusters.analysis.opinion.silhouettes import silhouettes

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
