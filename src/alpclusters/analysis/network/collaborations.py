"""Every single collaboration with the project it comes from: what can be drawn anew."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.errors import ShapeError, Where
from alpclusters.analysis.network.incidences import Incidence
from alpclusters.analysis.network.projects import MAX_SIZE
from alpclusters.analysis.network.stamp import Stamp, Weights
from alpclusters.analysis.network.ties import frozen

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Collaborations:
    """Two organisations in one project, one row each.

    Attributes
    ----------
    first, second, project : ndarray of shape (k,), int64
        Places of the organisations (first below second) and of the project.
    weight : ndarray of shape (k,), float64
        What the row adds to its tie.
    group : ndarray of shape (n_organisations,), int64
        Index into ``group_names``, -1 where unknown.
    n_projects : int
        Projects that can be drawn, also those that tie nobody.
    group_names : tuple of str
    stamp : Stamp
        Conventions only; nothing is counted in it.
    """

    first: IntArray
    second: IntArray
    project: IntArray
    weight: FloatArray
    group: IntArray
    n_projects: int
    group_names: tuple[str, ...]
    stamp: Stamp


def project_collaborations(  # noqa: PLR0913 - the arguments of project_ties
    found: Incidence,
    size: ArrayLike,
    group: ArrayLike,
    group_names: Sequence[str],
    *,
    weights: Weights = "binary",
    max_size: int | None = MAX_SIZE,
    keep: ArrayLike | None = None,
    stamp: Stamp | None = None,
) -> Collaborations:
    """List who works with whom in which project; takes what `project_ties` takes.

    Parameters
    ----------
    found : Incidence
    size : array_like of shape (n_projects,)
        Participants of each project world-wide.
    group : array_like of shape (n_organisations,)
        Index into ``group_names``, -1 where unknown.
    group_names : sequence of str
    weights : {"binary", "full", "fractional"}
    max_size : int or None
    keep : array_like of bool, shape (n_projects,), optional
    stamp : Stamp, optional

    Returns
    -------
    Collaborations

    Raises
    ------
    ShapeError
        If ``size`` or ``group`` has another length.

    Examples
    --------
    >>> from alpclusters.analysis.network import incidence
    >>> rows = project_collaborations(incidence([1, 2, 3], [5, 5, 5]), [3], [0, 0, 1], ["AT", "IT"])
    >>> list(zip(rows.first.tolist(), rows.second.tolist()))
    [(0, 1), (0, 2), (1, 2)]
    """
    sizes, groups = np.array(size, dtype=np.int64), np.array(group, dtype=np.int64)
    _check_length(sizes, found.projects, "size")
    _check_length(groups, found.organisations, "group")
    taken = np.ones(len(sizes), bool) if keep is None else np.array(keep, dtype=bool)
    if max_size is not None:
        taken &= sizes <= max_size
    first, second, project = _pairs_within(found, taken)
    weight = 1.0 / np.maximum(sizes - 1, 1) if weights == "fractional" else np.ones(len(sizes))
    kept = replace(stamp or Stamp(), weights=weights, max_size=max_size, level=found.level)
    return Collaborations(
        frozen(first),
        frozen(second),
        frozen((np.cumsum(taken) - 1)[project]),
        frozen(weight[project]),
        frozen(groups),
        int(taken.sum()),
        tuple(group_names),
        kept,
    )


def _check_length(values: IntArray, like: IntArray, argument: str) -> None:
    if values.shape != like.shape:
        raise ShapeError("array.lengths_differ", where=Where(argument=argument))


def _pairs_within(found: Incidence, taken: NDArray[np.bool_]) -> tuple[IntArray, ...]:
    """Return every pair of participants of every project that is taken.

    Rows are sorted by project, then organisation: the partners of a row are those that follow it
    in its project.
    """
    rows = np.flatnonzero(taken[found.project])
    who, what = found.organisation[rows], found.project[rows]
    last = np.searchsorted(what, what, side="right")
    after = last - np.arange(len(what)) - 1
    left = np.repeat(np.arange(len(what)), after)
    step = np.arange(len(left)) - np.repeat(np.cumsum(after) - after, after)
    right = left + 1 + step
    return who[left], who[right], what[left]
