"""Who took part in what: organisations and projects, each pair once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.errors import AnalysisError, ShapeError, Where
from alpclusters.analysis.network.stamp import Level
from alpclusters.analysis.network.ties import frozen

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
