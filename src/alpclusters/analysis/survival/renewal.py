"""Whether partners of a funded project start another one: all that funding data can say."""

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from alpclusters.analysis.conventions import Conventions
from alpclusters.analysis.errors import NotFiniteError, ShapeError, Where
from alpclusters.analysis.network.projects import MAX_SIZE, Incidence
from alpclusters.analysis.survival.results import (
    DAYS_OF_YEAR,
    BoolArray,
    FloatArray,
    IntArray,
    Renewals,
    read_only,
)


def renewal_spells(
    found: Incidence,
    start: ArrayLike,
    end: ArrayLike,
    size: ArrayLike,
    *,
    snapshot: int,
    max_size: int | None = MAX_SIZE,
) -> Renewals:
    """Measure the time from the end of a pair's first joint project to the start of the next.

    Parameters
    ----------
    found : Incidence
        Organisations of the territory and their projects.
    start, end : array_like of shape (n_projects,)
        Ordinals of days, NaN where unknown; a project without both is left out.
    size : array_like of shape (n_projects,)
        Participants of each project world-wide.
    snapshot : int
        Ordinal of the day on which the data were taken; nothing later is known.
    max_size : int or None
        Projects with more participants are left out.

    Returns
    -------
    Renewals
        One row for each pair whose first joint project had ended by the snapshot and that had
        not started another one by then.

    Raises
    ------
    ShapeError, NotFiniteError
        Another length, or a snapshot that is no number.

    Notes
    -----
    First is the earliest start, with equal starts the lowest number of the project; next is one
    with a later start. A next project planned for after the snapshot is not known: censored.
    Memory grows with the sum of the squares of the projects' participants.

    Examples
    --------
    >>> from alpclusters.analysis.network import incidence
    >>> two = incidence([1, 2, 1, 2, 1, 3], [10, 10, 11, 11, 12, 12])
    >>> got = renewal_spells(two, [0, 1461, 0], [731, 2000, 731], [2, 2, 2], snapshot=1827)
    >>> [round(years, 3) for years in got.duration.tolist()], got.event.tolist()
    ([1.999, 3.001], [1, 0])
    """
    dates = [_column(values, found, name) for values, name in ((start, "start"), (end, "end"))]
    sizes = _column(size, found, "size")
    if not np.isfinite(snapshot):
        raise NotFiniteError("array.not_finite", where=Where(argument="snapshot"))
    usable = np.isfinite(dates[0]) & np.isfinite(dates[1])
    if max_size is not None:
        usable &= sizes <= max_size
    pair, project = _pairs(found, usable)
    return _renewals(found, pair, project, *dates, snapshot=snapshot, max_size=max_size)


def _column(values: ArrayLike, found: Incidence, argument: str) -> FloatArray:
    column = np.array(values, dtype=np.float64)
    if column.shape != found.projects.shape:
        raise ShapeError("array.lengths_differ", where=Where(argument=argument))
    return column


def _pairs(found: Incidence, usable: BoolArray) -> tuple[IntArray, IntArray]:
    """Every pair of every project: the pair as one number, and the project's place."""
    n = max(len(found.organisations), 1)
    kept = usable[found.project]
    order = np.lexsort((found.organisation[kept], found.project[kept]))
    who, what = found.organisation[kept][order], found.project[kept][order]
    bounds = np.flatnonzero(np.diff(what)) + 1
    keys, places = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for members, project in zip(np.split(who, bounds), np.split(what, bounds), strict=True):
        one, two = np.triu_indices(len(members), 1)
        keys.append(members[one] * n + members[two])
        places.append(np.full(len(one), project[0] if len(project) else 0, np.int64))
    return np.concatenate(keys), np.concatenate(places)


def _renewals(
    found: Incidence,
    pair: IntArray,
    project: IntArray,
    start: FloatArray,
    end: FloatArray,
    *,
    snapshot: int,
    max_size: int | None,
) -> Renewals:
    order = np.lexsort((found.projects[project], start[project], pair))
    pair, project = pair[order], project[order]
    keys, first = np.unique(pair, return_index=True)
    over = end[project[first]]
    following = _next_start(pair, start[project], first)
    ended = over <= snapshot
    open_ = ended & ~(following <= over)
    happened = following <= snapshot
    days = np.where(happened, following, snapshot) - over
    n = max(len(found.organisations), 1)
    return Renewals(
        first=read_only(found.organisations[keys[open_] // n]),
        second=read_only(found.organisations[keys[open_] % n]),
        project=read_only(found.projects[project[first[open_]]]),
        duration=read_only(days[open_] / DAYS_OF_YEAR),
        event=read_only(happened[open_].astype(np.int64)),
        n_pairs=int(ended.sum()),
        n_overlapping=int((ended & ~open_).sum()),
        status="ok" if open_.any() else "undefined",
        reasons=() if open_.any() else ("no_spells",),
        conventions=_conventions(snapshot, max_size),
    )


def _next_start(pair: IntArray, start: FloatArray, first: IntArray) -> FloatArray:
    """Earliest start later than the first one, infinity if there is none; rows are sorted."""
    group = np.repeat(np.arange(len(first)), np.diff(np.r_[first, len(pair)]))
    later = np.where(start > start[first][group], start, np.inf)
    if not len(first):
        return np.zeros(0)
    found: FloatArray = np.minimum.reduceat(later, first)
    return found


_METHOD: Final = "renewal_spells"


def _conventions(snapshot: int, max_size: int | None) -> Conventions:
    known = () if max_size is None else (("max_size", float(max_size)),)
    return Conventions(
        method=_METHOD,
        ties="lowest_project",
        missing="left_out",
        thresholds=(("snapshot", float(snapshot)), *known),
    )
