"""Groups of people that decisions look at: camps or declared, each of five people or more."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus.ratings import Id, Ratings
from alpclusters.analysis.conventions import K_ANONYMITY
from alpclusters.analysis.errors import check_range

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

MAX_GROUPS: Final = 6


@dataclass(frozen=True, slots=True)
class Groups:
    """Names of groups with the people in them.

    ``member`` is the group of each rater, -1 for none; without groups everybody is in one that
    has no name. ``weight`` is each group's in the mean over groups, sum 1.
    """

    names: tuple[Id, ...]
    sizes: tuple[int, ...]
    n_people: int
    member: IntArray
    weight: FloatArray
    reasons: tuple[str, ...]

    @property
    def n_columns(self) -> int:
        """Groups, at least one."""
        return max(len(self.names), 1)

    @classmethod
    def of(
        cls,
        ratings: Ratings,
        groups: Mapping[Id, Id | None] | None,
        shares: Mapping[Id, float] | None,
    ) -> "Groups":
        """Group the raters who judged; greatest group first."""
        judged = np.unique(ratings.rater)
        n_raters = len(ratings.rater_ids)
        known = groups or {}
        stated = [None if (one := known.get(id_)) == "" else one for id_ in ratings.rater_ids]
        sizes = Counter(label for row in judged if (label := stated[row]) is not None)
        names = [name for name, n in sizes.items() if n >= K_ANONYMITY]
        names.sort(key=lambda name: (-sizes[name], str(name)))
        has_small = len(names) < len(sizes)
        if len(names) > MAX_GROUPS or len(names) <= 1:
            reasons = ["many_groups"] * (len(names) > MAX_GROUPS) + ["small_groups"] * has_small
            everybody = np.zeros(n_raters, np.int64)
            return cls((), (), judged.size, everybody, np.ones(1), tuple(reasons))
        number = {name: place for place, name in enumerate(names)}
        member = np.array([-1 if one is None else number.get(one, -1) for one in stated])
        counts = tuple(sizes[name] for name in names)
        is_known = sum(sizes.values()) == judged.size
        reasons = ["small_groups"] * has_small + ["no_group_known"] * (not is_known)
        weight = _weights(tuple(names), counts, shares)
        return cls(tuple(names), counts, judged.size, member, weight, tuple(reasons))

    @classmethod
    def named(
        cls, names: tuple[Id, ...], sizes: tuple[int, ...], shares: Mapping[Id, float] | None
    ) -> "Groups":
        """Take groups whose people were counted already."""
        weight = _weights(names, sizes, shares) if names else np.ones(1)
        return cls(names, sizes, sum(sizes), np.zeros(0, np.int64), weight, ())


def _weights(
    names: tuple[Id, ...], sizes: tuple[int, ...], shares: Mapping[Id, float] | None
) -> FloatArray:
    stated = sizes if shares is None else [shares.get(name, -1.0) for name in names]
    weight = np.array(stated, dtype=np.float64)
    check_range("shares", bool((weight >= 0).all() and weight.sum() > 0), ">= 0")
    return np.asarray(weight / weight.sum())
