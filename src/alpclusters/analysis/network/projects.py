"""Ties from joint projects: who took part in what, collaborations, and windows of time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from alpclusters.analysis.errors import AnalysisError, ShapeError, Where
from alpclusters.analysis.network.ties import (
    Level,
    Matrix,
    Stamp,
    Ties,
    Weights,
    Window,
    frozen,
    make_ties,
)

# --- Who took part in what: organisations and projects, each pair once ----------------------------


IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Incidence:
    """Who took part in what, each pair once.

    Attributes
    ----------
    organisation, project : ndarray of shape (k,), int64
        Places in ``organisations`` and ``projects``.
    organisations, projects : ndarray
        The caller's numbers, ascending.
    loops : ndarray of shape (n_projects,), int64
        Pairs of units of one parent in each project: ties of the parent to itself, left out.
    level : {"organisation", "parent"}
        Whether units were merged into their parents.
    """

    organisation: IntArray
    project: IntArray
    organisations: IntArray
    projects: IntArray
    loops: IntArray
    level: Level = "organisation"

    @property
    def size(self) -> IntArray:
        """Return the number of participants of each project."""
        return np.bincount(self.project, minlength=len(self.projects)).astype(np.int64)


def incidence(
    organisation: ArrayLike, project: ArrayLike, *, parent: ArrayLike | None = None
) -> Incidence:
    """Read rows of participations; a repeated row counts once.

    Parameters
    ----------
    organisation, project : array_like of shape (k,), integers
        One row per participation, the caller's numbers.
    parent : array_like of shape (k,), integers, optional
        The body each row's organisation is a unit of (its own number where it is none): units are
        merged into it.

    Returns
    -------
    Incidence

    Raises
    ------
    AnalysisError
        If lengths differ, or numbers are not whole.

    Examples
    --------
    >>> incidence([7, 9, 7], [1, 1, 1]).size
    array([2])
    """
    who, what = _whole(organisation, "organisation"), _whole(project, "project")
    above = who if parent is None else _whole(parent, "parent")
    for name, values in (("project", what), ("parent", above)):
        if values.shape != who.shape or who.ndim != 1:
            raise ShapeError("array.lengths_differ", where=Where(argument=name))
    rows = np.unique(np.stack([what, who, above]), axis=1) if len(who) else np.stack([what] * 3)
    projects, column = np.unique(rows[0], return_inverse=True)
    organisations, place = np.unique(rows[2], return_inverse=True)
    n = max(len(organisations), 1)
    pairs, units = np.unique(column * n + place, return_counts=True)
    loops = np.bincount(pairs // n, units * (units - 1) // 2, len(projects)).astype(np.int64)
    return Incidence(
        frozen(pairs % n),
        frozen(pairs // n),
        frozen(organisations),
        frozen(projects),
        frozen(loops),
        "organisation" if parent is None else "parent",
    )


def _whole(values: ArrayLike, argument: str) -> IntArray:
    given = np.asarray(values)
    if given.size and not np.issubdtype(given.dtype, np.integer):
        raise AnalysisError("network.not_whole_numbers", where=Where(argument=argument))
    return np.array(given, dtype=np.int64)


# --- Ties from joint projects ---------------------------------------------------------------------


MAX_SIZE: Final = 100


def project_ties(  # noqa: PLR0913 - each is a convention of its own
    found: Incidence,
    size: ArrayLike,
    group: ArrayLike,
    group_names: Sequence[str],
    *,
    weights: Weights = "binary",
    max_size: int | None = MAX_SIZE,
    keep: ArrayLike | None = None,
    stamp: Stamp | None = None,
) -> Ties:
    """Tie the organisations that took part in the same project.

    Parameters
    ----------
    found : Incidence
        Organisations of the territory and their projects.
    size : array_like of shape (n_projects,)
        Participants of each project world-wide, also those outside the territory.
    group : array_like of shape (n_organisations,)
        Index into ``group_names``, -1 where unknown.
    weights : {"binary", "full", "fractional"}
        1 for any joint project; their number; or 1 / (size - 1) for each (Newman 2001).
    max_size : int or None
        Projects with more participants are left out and counted.
    keep : array_like of bool, shape (n_projects,), optional
        Projects of the window; the others are left out without being counted as dropped.
    stamp : Stamp, optional
        Name of the group, window and so on; counts are set here.

    Returns
    -------
    Ties
        Over the organisations that take part in a kept project.

    Raises
    ------
    AnalysisError
        If ``size`` has another length, or a group is none.

    Notes
    -----
    W = B diag(w) B' with the diagonal taken off, B the incidence. A project with one participant
    leaves it a node without ties.

    References
    ----------
    .. [1] M. E. J. Newman, Scientific collaboration networks. II, Physical Review E 64 (2001),
       016132.

    Examples
    --------
    >>> from alpclusters.analysis.network import incidence
    >>> found = incidence([1, 2, 3], [5, 5, 5])
    >>> project_ties(found, [5], [0, 0, 1], ["AT", "IT"], weights="fractional").stamp.total_weight
    0.75
    """
    sizes = np.array(size, dtype=np.int64)
    if sizes.shape != found.projects.shape:
        raise ShapeError("array.lengths_differ", where=Where(argument="size"))
    inside = np.ones(len(sizes), bool) if keep is None else np.array(keep, dtype=bool)
    small = np.ones(len(sizes), bool) if max_size is None else sizes <= max_size
    taken = inside & small
    rows = taken[found.project]
    nodes, place = np.unique(found.organisation[rows], return_inverse=True)
    projects, column = np.unique(found.project[rows], return_inverse=True)
    shape = len(nodes), len(projects)
    matrix = _projected(place, column, _weight_of(sizes[projects], weights), shape)
    if weights == "binary":
        matrix.data[:] = 1.0
    known = replace(
        stamp or Stamp(),
        weights=weights,
        max_size=max_size,
        n_projects=len(projects),
        n_dropped_projects=int((inside & ~small).sum()),
        dropped_projects=tuple(found.projects[inside & ~small].tolist()),
        n_loops=int(found.loops[taken].sum()),
        level=found.level,
    )
    groups = np.array(group, dtype=np.int64)
    return make_ties(matrix, found.organisations[nodes], groups[nodes], group_names, stamp=known)


def _projected(
    place: IntArray, column: IntArray, weight: NDArray[np.float64], shape: tuple[int, int]
) -> Matrix:
    table: Matrix = csr_array((np.ones(len(place)), (place, column)), shape=shape)
    weighted: Matrix = csr_array((weight[table.indices], table.indices, table.indptr), shape=shape)
    matrix: Matrix = csr_array(weighted @ table.T)
    matrix.setdiag(0.0)
    matrix.eliminate_zeros()
    matrix.sort_indices()
    return matrix


def _weight_of(sizes: IntArray, weights: Weights) -> NDArray[np.float64]:
    if weights == "fractional":
        return 1.0 / np.maximum(sizes - 1, 1)
    return np.ones(len(sizes))


# --- Every single collaboration with the project it comes from: what can be drawn anew ------------


FloatArray = NDArray[np.float64]


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


# --- Which projects lie in a window, and one measure over several of them -------------------------


def in_window(start: ArrayLike, end: ArrayLike, window: Window) -> NDArray[np.bool_]:
    """Say which projects lie in a window.

    Parameters
    ----------
    start, end : array_like of shape (n,)
        Ordinals of days, NaN where unknown. A project without the date that the rule needs is
        outside of every window but the open one.
    window : Window

    Returns
    -------
    ndarray of shape (n,), bool

    Raises
    ------
    ShapeError
        If the two have different lengths.

    Examples
    --------
    >>> in_window([1, 5], [9, 9], Window(name="a", start=1, end=5, rule="started")).tolist()
    [True, False]
    """
    first, last = np.array(start, dtype=float), np.array(end, dtype=float)
    if first.shape != last.shape or first.ndim != 1:
        raise ShapeError("array.lengths_differ", where=Where(argument="end"))
    if window.rule == "all":
        return frozen(np.ones(len(first), bool))
    low = -np.inf if window.start is None else window.start
    high = np.inf if window.end is None else window.end
    if window.rule == "started":
        inside: NDArray[np.bool_] = (first >= low) & (first < high)
    else:
        inside = (first < high) & (last >= low)
    return frozen(inside)
