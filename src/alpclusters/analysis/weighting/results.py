"""What weighting gives: weights, one weighted value, and the shift a finding survives."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.conventions import Conventions, Status

FloatArray = NDArray[np.float64]
type ShiftWord = Literal["any", "strong", "moderate", "rests_on_who_came"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weights:
    """One weight per person, and what they reach.

    Attributes
    ----------
    values : array of float64, shape (n_people,)
        With the mean 1.
    effective_n : float
        People a simple sample would need to be as sure (Kish).
    reached : tuple of array
        Per column the weighted share of each group among people whose group is known.
    absent : tuple of tuple of int
        Per column the groups with a share to reach and nobody in the room.
    absent_share : tuple of float
        Per column the share of these; it was spread over the others.
    rounds : int
        How often all columns were gone through.
    """

    values: FloatArray
    effective_n: float
    reached: tuple[FloatArray, ...]
    absent: tuple[tuple[int, ...], ...]
    absent_share: tuple[float, ...]
    rounds: int
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions

    @property
    def design_effect(self) -> float | None:
        """How many times the variance grows by unequal weights; None of nobody."""
        return self.values.size / self.effective_n if self.effective_n else None

    def as_record(self) -> dict[str, object]:
        """Return what may be told as a plain mapping for JSON; weights of people are not in it."""
        return {
            "effective_n": self.effective_n,
            "design_effect": self.design_effect,
            "reached": [column.tolist() for column in self.reached],
            "absent": [list(groups) for groups in self.absent],
            "absent_share": list(self.absent_share),
            "rounds": self.rounds,
            "status": self.status,
            "reasons": list(self.reasons),
            "conventions": self.conventions.as_record(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean or share as it would be if the groups were as large as the margins say.

    ``value`` is None of nobody; ``se``, ``low`` and ``high`` are None where no interval holds,
    with the reason.
    """

    value: float | None
    se: float | None
    low: float | None
    high: float | None
    n: int
    effective_n: float
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions

    def as_record(self) -> dict[str, object]:
        """Return the estimate as a plain mapping for JSON."""
        return {
            "value": self.value,
            "se": self.se,
            "low": self.low,
            "high": self.high,
            "n": self.n,
            "effective_n": self.effective_n,
            "status": self.status,
            "reasons": list(self.reasons),
            "conventions": self.conventions.as_record(),
        }


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The least unevenness of weights that takes a finding away.

    Attributes
    ----------
    gamma : float or None
        Weights between 1/gamma and gamma can bring the mean to the threshold; None if no
        weights can, or none up to 50.
    word : {'any', 'strong', 'moderate', 'rests_on_who_came'}
        ``any`` without a gamma, ``strong`` from 3, ``moderate`` from 1.5 on.
    """

    gamma: float | None
    word: ShiftWord
