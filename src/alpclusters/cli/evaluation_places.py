"""Where opinion groups lie on their map, never fewer than five people to a place."""

from typing import Final

import numpy as np

from alpclusters.analysis.conventions import K_ANONYMITY
from alpclusters.analysis.opinion import OpinionGroups
from alpclusters.platform.evaluation.domain.opinion_places import bundle
from alpclusters.reports.charts.groups import PlacedPeople

MARK_EACH: Final = 100  # people; beyond, a mark stands for a whole place
MAX_MARKS: Final = 150


def people_per_mark(n: int) -> int:
    """Return the least number of people behind one mark.

    Examples
    --------
    >>> people_per_mark(64), people_per_mark(400), people_per_mark(3000)
    (1, 5, 20)
    """
    return 1 if n <= MARK_EACH else _per_place(n)


def group_places(groups: OpinionGroups) -> tuple[tuple[PlacedPeople, ...], ...]:
    """Return per group the mean places of neighbours, from -1 to 1."""
    size = _per_place(groups.n_placed)
    means = []
    for number in range(groups.k):
        own = groups.projection[groups.members == number]
        means.append([(own[rows].mean(axis=0), rows.size) for rows in bundle(own, size=size)])
    reach = max((float(np.abs(mean).max()) for group in means for mean, _ in group), default=0.0)
    is_single = people_per_mark(groups.n_placed) == 1
    return tuple(
        tuple(
            PlacedPeople(float(x), float(y), n if is_single else 1)
            for (x, y), n in ((mean / (reach or 1.0), n) for mean, n in group)
        )
        for group in means
    )


def _per_place(n: int) -> int:
    return max(K_ANONYMITY, -(-n // MAX_MARKS))
