"""Thresholds of deciding, derived from the scale where not stated, and groups of people."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.consensus.ratings import Id, Ratings
from alpclusters.analysis.conventions import K_ANONYMITY, LEVEL, Conventions
from alpclusters.analysis.errors import check_range

# --- Thresholds of deciding: derived from the scale where they are not stated, checked, and told


MIN_ANSWERS: Final = 10  # of a measure
MIN_IN_GROUP: Final = 5  # answers of one group on a measure
HALF: Final = 0.5
_VALUED: Final = 0.625  # of the scale, from its low end: 3.5 of 1 to 5
_AGAINST: Final = 0.25  # of the scale, from its low end: 2 of 1 to 5
_APART: Final = 0.25  # of the scale: greatest less least group
_LOWER: Final = 0.125  # of the scale: a group below the others


@dataclass(frozen=True, slots=True)
class Rules:
    """Thresholds on a scale from ``low`` on of a ``width``; ``against`` is None for votes."""

    threshold: float
    middle: float
    against: float | None
    against_share: float
    certain: float
    width: float
    low: float = 0.0

    @classmethod
    def on_scale(
        cls,
        scale: tuple[float, ...],
        threshold: float | None,
        middle: float | None,
        against: float | None,
        against_share: float,
        certain: float,
    ) -> "Rules":
        """Take what is not stated from the scale."""
        low, high = (scale[0], scale[-1]) if scale else (0.0, 1.0)

        def at(stated: float | None, share: float, argument: str) -> float:
            value = low + share * (high - low) if stated is None else float(stated)
            check_range(argument, low <= value <= high, f"{low:g} .. {high:g}")
            return value

        rules = cls(
            at(threshold, _VALUED, "threshold"),
            at(middle, HALF, "middle"),
            at(against, _AGAINST, "against"),
            against_share,
            certain,
            high - low,
            low,
        )
        rules.check_shares()
        return rules

    @property
    def apart(self) -> float:
        """How far the greatest and the least group lie apart where a measure divides."""
        return _APART * self.width

    @property
    def lower(self) -> float:
        """How far a group lies below the others where it is called lower."""
        return _LOWER * self.width

    def check_shares(self) -> None:
        """Refuse shares outside 0 to 1."""
        for argument in ("against_share", "certain"):
            check_range(argument, 0 <= getattr(self, argument) <= 1, "0 .. 1")

    def conventions(
        self, method: str, scale: tuple[float, ...], draws: int | None, seed: int
    ) -> Conventions:
        """Say how decisions were computed."""
        named = {
            "threshold": self.threshold,
            "middle": self.middle,
            "against": self.against,
            "against_share": self.against_share,
            "certain": self.certain,
            "apart": self.apart,
            "lower": self.lower,
            "min_answers": MIN_ANSWERS,
            "min_in_group": MIN_IN_GROUP,
        }
        thresholds = tuple((name, float(one)) for name, one in named.items() if one is not None)
        return Conventions(
            method=method,
            scale=scale,
            level=LEVEL,
            intervals=(("groups", "simulated_equal_tailed"),),
            missing="cannot_judge_left_out_and_reported",
            seed=seed,
            draws=draws,
            thresholds=thresholds,
        )


# --- Groups of people that decisions look at: camps or declared, each of five people or more ------


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
