"""Groups of people by column, and the share each group should have: checked once for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.errors import AnalysisError, NotFiniteError, ShapeError, Where
from alpclusters.analysis.weighting.errors import MarginError

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
