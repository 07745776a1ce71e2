"""Ties from joint projects."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from alpclusters.analysis.errors import ShapeError, Where
from alpclusters.analysis.network.incidences import Incidence
from alpclusters.analysis.network.stamp import Stamp, Weights
from alpclusters.analysis.network.ties import Matrix, Ties, make_ties

IntArray = NDArray[np.int64]
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
