"""Where people lie on the map of opinions, never fewer than ten to a place.

Found camps lie on the two principal components that part them. Without camps there is one cloud,
with the strongest axis of opinion to the right, and declared groups lie in it at the mean of
their people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.conventions import SMALLEST_GROUP
from alpclusters.platform.evaluation.domain.opinion_results import OwnItem, OwnPlace, Place

if TYPE_CHECKING:
    from alpclusters.analysis.opinion import OpinionGroups, Structure, Votes


# --- People on a map in bundles of at least ten, so that no place belongs to fewer ----------------


FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def bundle(points: FloatArray, *, size: int = SMALLEST_GROUP) -> list[IntArray]:
    """Split points into bundles of ``size`` to ``2 * size - 1`` neighbours.

    The point farthest from the middle of what is left takes its nearest neighbours; the last
    ones stay together. Ties go by order.

    Examples
    --------
    >>> [rows.tolist() for rows in bundle(np.arange(12.0)[:, None], size=5)]
    [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9, 10, 11]]
    """
    left = np.arange(len(points))
    found = []
    while left.size >= 2 * size:
        own = points[left]
        farthest = int(_distances(own, own.mean(axis=0)).argmax())
        near = np.argsort(_distances(own, own[farthest]), kind="stable")[:size]
        found.append(np.sort(left[near]))
        left = np.delete(left, near)
    return [*found, left] if left.size else found


def _distances(points: FloatArray, centre: FloatArray) -> FloatArray:
    # Rounded, so that points equally far are equal on every build.
    return np.asarray(((points - centre) ** 2).sum(axis=1).round(9))


# --- Where people lie on the map of opinions, never fewer than ten to a place ---------------------


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


# --- What a phone needs to find the place of its own answers on the map of opinions ---------------
#
# The numbers follow from the answers after the exchange, as the map does, and are those of all
# people together. Which place is whose is computed on the phone and stays there.


DECIMALS: Final = 3


def own_place(
    items: Sequence[tuple[int, int]],
    votes: "Votes",
    found: "OpinionGroups",
    structure: "Structure",
    layout: Layout,
    *,
    least: int,
) -> OwnPlace:
    """Return how answers become a place on the map that is drawn.

    Parameters
    ----------
    items : sequence of (int, int)
        Criterion and measure of each statement.
    votes : Votes
        For the cuts between high and low.
    found, structure, layout
        Groups, verdict and places of the same people.
    least : int
        Answers that a person needs to take part.
    """
    cuts = dict(votes.thresholds)
    is_axis = bool(layout.cloud)
    ratio = structure.strictness_ratio if is_axis else found.strictness_ratio
    return OwnPlace(
        kind="axis" if is_axis else "camps",
        items=_on_axis(items, structure) if is_axis else _on_plane(items, found),
        least=least,
        strictness=None if np.isnan(ratio) else _short(ratio),
        reach=_short(layout.reach),
        low=cuts["disagree_to"],
        high=cuts["agree_from"],
    )


def _on_axis(items: Sequence[tuple[int, int]], structure: "Structure") -> tuple[OwnItem, ...]:
    loadings = structure.loadings[:, 0]
    weights = loadings / structure.noise
    return tuple(
        OwnItem(*items[i], _short(structure.means[i]), _short(weights[i]), 0.0, _short(known))
        for i, known in enumerate(weights * loadings)
        if structure.statements[i]
    )


def _on_plane(items: Sequence[tuple[int, int]], found: "OpinionGroups") -> tuple[OwnItem, ...]:
    x, y = found.components
    return tuple(
        OwnItem(*item, _short(found.centre[i]), _short(x[i]), _short(y[i]), 0.0)
        for i, item in enumerate(items)
        if found.used[i]
    )


def _short(value: float) -> float:
    return round(float(value), DECIMALS) + 0.0
