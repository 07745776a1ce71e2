"""Groups with the share that each should have, checked, and what weighting gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.errors import AnalysisError, NotFiniteError, ShapeError, Where

# --- Errors of weighting that no other method raises ----------------------------------------------


class MarginError(AnalysisError):
    """Shares that cannot be: negative, no number, or not adding up to 1 within 0.01."""


# --- Groups of people by column, and the share each group should have: checked once for all -------


SUM_TOLERANCE: Final = 0.01
UNKNOWN: Final = -1
FEW: Final = 5

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Margins:
    """Codes per column, the shares told, and those that people in the room can reach."""

    codes: tuple[IntArray, ...]
    told: tuple[FloatArray, ...]

    @classmethod
    def of(cls, groups: Sequence[ArrayLike], targets: Sequence[ArrayLike]) -> "Margins":
        """Check both; shares within 0.01 of the sum 1 are rescaled."""
        if len(groups) != len(targets) or not len(groups):
            code = "array.lengths_differ"
            raise ShapeError(code, where=Where(argument="targets"))
        told = tuple(_shares(target, place) for place, target in enumerate(targets))
        codes = tuple(
            _codes(column, shares.size) for column, shares in zip(groups, told, strict=True)
        )
        if len({column.size for column in codes}) > 1:
            code = "array.lengths_differ"
            raise ShapeError(code, where=Where(argument="groups"))
        return cls(codes, told)

    @property
    def n_people(self) -> int:
        """People, those of unknown groups included."""
        return self.codes[0].size

    def counts(self, column: int) -> IntArray:
        """Count the people of each group of a column."""
        known = self.codes[column][self.codes[column] >= 0]
        return np.bincount(known, minlength=self.told[column].size).astype(np.int64)

    def absent(self, column: int) -> tuple[int, ...]:
        """Return the groups with a share and nobody in the room."""
        is_absent = (self.counts(column) == 0) & (self.told[column] > 0)
        return tuple(np.flatnonzero(is_absent).tolist())

    def reachable(self, column: int) -> FloatArray:
        """Return the shares of the groups in the room, those of absent ones spread over them."""
        present = np.where(self.counts(column) > 0, self.told[column], 0.0)
        return present / present.sum() if present.sum() > 0 else present

    def reasons(self) -> tuple[str, ...]:
        """Say which groups cannot be weighed, or only with few people behind them."""
        found = []
        columns = range(len(self.codes))
        if any(self.absent(column) for column in columns):
            found.append("absent_group")
        counted = [(self.counts(column), self.told[column]) for column in columns]
        if any(((n > 0) & (n < FEW) & (told > 0)).any() for n, told in counted):
            found.append("few_in_group")
        return tuple(found)


def values_of(values: ArrayLike, n_people: int) -> FloatArray:
    """Check one number per person.

    Raises
    ------
    ShapeError, NotFiniteError
        Another number of values than of people; NaN or infinity.
    """
    array = np.asarray(values, dtype=np.float64)
    if array.shape != (n_people,):
        code = "array.lengths_differ"
        raise ShapeError(code, where=Where(argument="values"))
    return finite(array, "values")


def finite(array: FloatArray, argument: str) -> FloatArray:
    """Refuse NaN and infinity."""
    if not np.isfinite(array).all():
        code = "array.not_finite"
        raise NotFiniteError(code, where=Where(argument=argument))
    return array


def _shares(target: ArrayLike, place: int) -> FloatArray:
    shares = np.asarray(target, dtype=np.float64)
    is_sound = shares.ndim == 1 and shares.size and np.isfinite(shares).all()
    if not is_sound or (shares < 0).any() or abs(shares.sum() - 1) > SUM_TOLERANCE:
        code = "margins.not_shares"
        where = Where(argument="targets", row=place)
        raise MarginError(code, where=where, found=f"{np.sum(shares):g}")
    return shares / shares.sum()


def _codes(column: ArrayLike, n_groups: int) -> IntArray:
    codes = finite(np.atleast_1d(np.asarray(column, dtype=np.float64)), "groups")
    if codes.ndim != 1 or (codes != np.rint(codes)).any():
        code = "members.label"
        raise AnalysisError(code, where=Where(argument="groups"))
    if codes.size and not (codes.min() >= UNKNOWN and codes.max() < n_groups):
        code = "members.label"
        raise AnalysisError(code, where=Where(argument="groups"))
    return codes.astype(np.int64)


# --- What weighting gives: weights, one weighted value, and the shift a finding survives ----------


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
