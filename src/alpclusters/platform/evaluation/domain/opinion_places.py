"""Where people lie on the map of opinions, never fewer than ten to a place.

Found camps lie on the two principal components that part them. Without camps there is one cloud,
with the strongest axis of opinion to the right, and declared groups lie in it at the mean of
their people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from alpclusters.platform.evaluation.domain.bundles import bundle
from alpclusters.platform.evaluation.domain.opinion_results import Place

if TYPE_CHECKING:
    from alpclusters.analysis.opinion import OpinionGroups, Structure

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of each group, and those of everybody where no camps are shown.

    ``reach`` is how far to the right what lies at 1 is before, in the unit of the analysis.
    """

    groups: tuple[tuple[Place, ...], ...]
    cloud: tuple[Place, ...]
    reach: float


def lay_out(found: "OpinionGroups", structure: "Structure", *, has_groups: bool) -> Layout:
    """Return where people lie, from -1 to 1.

    Parameters
    ----------
    found : OpinionGroups
    structure : Structure
        Of the same people, all of whom take part.
    has_groups : bool
        Whether the groups may be shown.
    """
    own = [np.flatnonzero(found.members == n) for n in range(found.k)] if has_groups else []
    if has_groups and found.kind == "found":
        camps = [_bundled(found.projection, rows) for rows in own]
        places, reach = _scaled(found.projection, camps)
        return Layout(places, (), reach)
    declared = [[rows] for rows in own]
    if not structure.continuum_depths.size:  # no axis that is more than chance
        places, reach = _scaled(found.projection, declared)
        return Layout(places, (), reach)
    points, unit = _along(structure, found)
    everybody = _bundled(points, np.arange(len(points)))
    (cloud, *groups), reach = _scaled(points, [everybody, *declared])
    return Layout(tuple(groups), cloud, reach * unit)


def _along(structure: "Structure", found: "OpinionGroups") -> tuple[FloatArray, float]:
    """Return places with the strongest axis to the right, and what differs next upwards.

    Both run to 1 at most: they have no unit in common. The unit of the first comes with them.
    """
    second = structure.places[:, 1] if structure.places.shape[1] > 1 else found.projection[:, 1]
    points = np.column_stack([structure.places[:, 0], second])
    reach = np.abs(points).max(axis=0)
    units = np.where(reach > 0, reach, 1.0)
    return np.asarray(points / units), float(units[0])


def _bundled(points: FloatArray, rows: IntArray) -> list[IntArray]:
    return [rows[near] for near in bundle(points[rows])]


def _scaled(
    points: FloatArray, groups: Sequence[Sequence[IntArray]]
) -> tuple[tuple[tuple[Place, ...], ...], float]:
    """Return the mean place of each bundle, the farthest at 1, and how far that was."""
    means = [[(points[rows].mean(axis=0), rows.size) for rows in group] for group in groups]
    far = max((float(np.abs(mean).max()) for group in means for mean, _ in group), default=0.0)
    reach = far or 1.0
    places = tuple(
        tuple(Place(float(x), float(y), n) for (x, y), n in ((m / reach, n) for m, n in g))
        for g in means
    )
    return places, reach
