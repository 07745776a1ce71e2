"""Ties from links that people entered, and their collaborations."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from alpclusters.analysis.errors import AnalysisError, ShapeError, Where
from alpclusters.analysis.network.projects import Collaborations
from alpclusters.analysis.network.ties import Level, Stamp, Ties, frozen, make_ties

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
LinkWeights = Literal["binary", "full"]


@dataclass(frozen=True, slots=True)
class _Ends:
    first: IntArray
    second: IntArray
    n_loops: int
    level: Level
    kept: NDArray[np.bool_]


def link_ties(  # noqa: PLR0913 - each is a convention of its own
    first: ArrayLike,
    second: ArrayLike,
    nodes: ArrayLike,
    group: ArrayLike,
    group_names: Sequence[str],
    *,
    weights: LinkWeights = "binary",
    parent: ArrayLike | None = None,
    stamp: Stamp | None = None,
) -> Ties:
    """Tie organisations by direct links, whatever direction each was entered in.

    Links of several types, periods and states between the same two are one tie. Which links lie
    in a window is the caller's choice (`in_window`).

    Parameters
    ----------
    first, second : array_like of shape (k,), integers
        Numbers of the two ends of every link.
    nodes : array_like of shape (n,), integers
        Numbers of all organisations, each once, also those without a link.
    group : array_like of shape (n,), integers
        Index into ``group_names``, -1 where unknown.
    group_names : sequence of str
    weights : {"binary", "full"}
        1 for any link; or their number.
    parent : array_like of shape (n,), integers, optional
        The body each organisation is a unit of (its own number where it is none), itself among
        ``nodes``; units are merged into it.
    stamp : Stamp, optional
        Name of the group, window and so on; counts are set here.

    Returns
    -------
    Ties
        Links of an organisation with itself are left out and counted in ``stamp.n_loops``.

    Raises
    ------
    AnalysisError
        Lengths that differ, an end that is not among ``nodes``, a number that stands there twice,
        parents in a circle.

    Examples
    --------
    >>> ties = link_ties([1, 2, 3], [2, 1, 3], [1, 2, 3], [0, 1, 1], ["AT", "IT"], weights="full")
    >>> ties.stamp.n_ties, ties.stamp.total_weight, ties.stamp.n_loops
    (1, 2.0, 1)
    """
    numbers = _numbers(nodes)
    ends = _ends(first, second, numbers, parent)
    rows = np.concatenate([ends.first, ends.second]), np.concatenate([ends.second, ends.first])
    matrix = csr_array((np.ones(len(rows[0])), rows), shape=(len(numbers), len(numbers)))
    if weights == "binary":
        matrix.data[:] = 1.0
    taken = np.unique(_tops(numbers, parent))
    groups = np.array(group, dtype=np.int64)
    _check_length(groups, numbers, "group")
    known = replace(
        stamp or Stamp(),
        weights=weights,
        max_size=None,
        n_loops=ends.n_loops,
        level=ends.level,
    )
    part = csr_array(matrix[taken][:, taken])
    return make_ties(part, numbers[taken], groups[taken], group_names, stamp=known)


def link_collaborations(  # noqa: PLR0913 - the arguments of link_ties
    first: ArrayLike,
    second: ArrayLike,
    nodes: ArrayLike,
    group: ArrayLike,
    group_names: Sequence[str],
    *,
    project: ArrayLike | None = None,
    weights: LinkWeights = "binary",
    parent: ArrayLike | None = None,
    stamp: Stamp | None = None,
) -> Collaborations:
    """List links with what they come from; takes what `link_ties` takes.

    Parameters
    ----------
    first, second : array_like of shape (k,), integers
    nodes : array_like of shape (n,), integers
    group : array_like of shape (n,), integers
    group_names : sequence of str
    project : array_like of shape (k,), integers, optional
        Links of one project are drawn together; -1 or no argument: a link stands for itself.
    weights : {"binary", "full"}
    parent : array_like of shape (n,), integers, optional
    stamp : Stamp, optional

    Returns
    -------
    Collaborations

    Raises
    ------
    AnalysisError
        As `link_ties`.

    Examples
    --------
    >>> link_collaborations([1, 2], [2, 3], [1, 2, 3], [0, 1, 1], ["AT", "IT"]).n_projects
    2
    """
    numbers, groups = _numbers(nodes), np.array(group, dtype=np.int64)
    _check_length(groups, numbers, "group")
    ends = _ends(first, second, numbers, parent)
    own = -1 - np.arange(len(ends.kept))
    given = own if project is None else np.array(project, dtype=np.int64)
    _check_length(given, own, "project")
    drawn, place = np.unique(np.where(given < 0, own, given), return_inverse=True)
    kept = replace(stamp or Stamp(), weights=weights, max_size=None, level=ends.level)
    return Collaborations(
        frozen(np.minimum(ends.first, ends.second)),
        frozen(np.maximum(ends.first, ends.second)),
        frozen(place[ends.kept]),
        frozen(np.ones(len(ends.first))),
        frozen(groups),
        len(drawn),
        tuple(group_names),
        kept,
    )


def _numbers(nodes: ArrayLike) -> IntArray:
    numbers = np.array(nodes, dtype=np.int64)
    if len(np.unique(numbers)) != len(numbers):
        raise AnalysisError("network.number_twice", where=Where(argument="nodes"))
    return numbers


def _ends(
    first: ArrayLike, second: ArrayLike, numbers: IntArray, parent: ArrayLike | None
) -> _Ends:
    left, right = np.array(first, dtype=np.int64), np.array(second, dtype=np.int64)
    _check_length(right, left, "second")
    up = _tops(numbers, parent)
    one, two = up[_places(left, numbers, "first")], up[_places(right, numbers, "second")]
    kept = one != two
    level: Level = "organisation" if parent is None else "parent"
    return _Ends(one[kept], two[kept], int((~kept).sum()), level, kept)


def _places(wanted: IntArray, numbers: IntArray, argument: str) -> IntArray:
    order = np.argsort(numbers)
    at = np.searchsorted(numbers, wanted, sorter=order)
    inside = at < len(numbers)
    places = order[np.where(inside, at, 0)] if len(numbers) else np.zeros(len(wanted), np.int64)
    if not inside.all() or (len(numbers) and (numbers[places] != wanted).any()):
        raise AnalysisError("network.unknown_number", where=Where(argument=argument))
    return places


def _tops(numbers: IntArray, parent: ArrayLike | None) -> IntArray:
    """Return the place of the body at the top of each organisation; its own without a parent."""
    if parent is None:
        return np.arange(len(numbers))
    above = np.array(parent, dtype=np.int64)
    _check_length(above, numbers, "parent")
    direct = up = _places(above, numbers, "parent")
    # A chain of n organisations is walked in log2 n steps of doubled length.
    for _ in range(len(numbers).bit_length() + 1):
        up = up[up]
    if (direct[up] != up).any():
        raise AnalysisError("network.parent_cycle", where=Where(argument="parent"))
    return up


def _check_length(values: IntArray, like: IntArray, argument: str) -> None:
    if values.shape != like.shape or values.ndim != 1:
        raise ShapeError("array.lengths_differ", where=Where(argument=argument))
