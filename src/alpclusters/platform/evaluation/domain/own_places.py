"""What a phone needs to find the place of its own answers on the map of opinions.

The numbers follow from the answers after the exchange, as the map does, and are those of all people
together. Which place is whose is computed on the phone and stays there.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from alpclusters.platform.evaluation.domain.opinion_places import Layout
from alpclusters.platform.evaluation.domain.opinion_results import OwnItem, OwnPlace

if TYPE_CHECKING:
    from alpclusters.analysis.opinion import OpinionGroups, Structure, Votes

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
