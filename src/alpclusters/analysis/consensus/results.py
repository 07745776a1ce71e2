"""What describing answers yields: frozen records that turn into plain mappings for JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal, cast

import numpy as np

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import Conventions, Status


class Recorded:
    """What frozen results share: they can be written as JSON without losing what is undefined."""

    __slots__ = ()

    def as_record(self) -> dict[str, object]:
        """Return all fields as a plain mapping for JSON; NaN becomes None."""
        names = [field.name for field in fields(self)]  # type: ignore[arg-type]
        return {name: plain(getattr(self, name)) for name in names}


def plain(value: object) -> object:
    """Turn a field of a result into what JSON knows.

    Examples
    --------
    >>> plain((np.array([1.0, np.nan]), "x", None))
    [[1.0, None], 'x', None]
    """
    if hasattr(value, "as_record"):
        return cast("Recorded | Conventions", value).as_record()
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    return None if isinstance(value, float) and np.isnan(value) else value


# --- What describing answers yields: frozen records that carry their conventions ------------------


CellState = Literal["shown", "withheld", "empty"]


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval on the scale or of a share; ``coverage`` where it is exact and attained."""

    low: float
    high: float
    coverage: float | None = None

    def as_record(self) -> dict[str, float]:
        """Return the interval as a plain mapping."""
        record = {"low": self.low, "high": self.high}
        return record if self.coverage is None else {**record, "coverage": self.coverage}


@dataclass(frozen=True, slots=True)
class Summary:
    """The answers of some people to one item; figures without a meaning are None.

    Attributes
    ----------
    n : int
        People who judged.
    counts : tuple of int
        People per point of the scale.
    cannot_judge : int
        People who said they cannot judge.
    cannot_judge_share : float or None
        Of all who answered; 0 to 1.
    median, median_low, median_high : float or None
        The mean of the two middle values for even n, and those two.
    lower_quartile, upper_quartile : float or None
        By linear interpolation (type 7).
    mean, sd : float or None
        sd with n - 1, None for n = 1.
    mean_interval, median_interval : Interval or None
        See the conventions; the median's carries the coverage it attains.
    consensus : float or None
        Tastle-Wierman, 0 to 1.
    agree : int or None
        People at or above ``agree_from``; None if no threshold was named.
    agree_share : float or None
        Of those who judged; 0 to 1.
    agree_interval : Interval or None
        Wilson or Jeffreys.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        ``no_ratings``, ``one_rater``, ``no_variation``, ``few_for_median_interval``,
        ``many_cannot_judge``.
    """

    n: int
    counts: tuple[int, ...]
    cannot_judge: int
    cannot_judge_share: float | None
    median: float | None
    median_low: float | None
    median_high: float | None
    lower_quartile: float | None
    upper_quartile: float | None
    mean: float | None
    sd: float | None
    mean_interval: Interval | None
    median_interval: Interval | None
    consensus: float | None
    agree: int | None
    agree_share: float | None
    agree_interval: Interval | None
    status: Status
    reasons: tuple[str, ...]

    def as_record(self) -> dict[str, object]:
        """Return the figures as a plain mapping for JSON."""
        return {name: _plain(getattr(self, name)) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Coarse:
    """What may be told where exact counts would give people away.

    Attributes
    ----------
    bands : tuple of tuple of float
        Points of the scale that are told together, from low to high.
    counts : tuple of int or None
        People per band.
    nearly_all : int or None
        Instead of counts: the band in which 90 % or more of the answers lie.
    """

    bands: tuple[tuple[float, ...], ...]
    counts: tuple[int, ...] | None = None
    nearly_all: int | None = None

    def as_record(self) -> dict[str, object]:
        """Return the bands as a plain mapping for JSON."""
        return {
            "bands": [list(band) for band in self.bands],
            "counts": None if self.counts is None else list(self.counts),
            "nearly_all": self.nearly_all,
        }


@dataclass(frozen=True, slots=True)
class GroupCell:
    """One group's answers to one item: shown, withheld or empty.

    ``group`` is None for people of whom the group is not known. Withheld cells look alike,
    whether they are small themselves or protect a small one; ``coarse`` where bands may be told.
    """

    group: Id | None
    state: CellState
    summary: Summary | None
    coarse: Coarse | None = None

    def as_record(self) -> dict[str, object]:
        """Return the cell as a plain mapping for JSON."""
        figures = self.summary.as_record() if self.summary else None
        record: dict[str, object] = {"group": self.group, "state": self.state, "summary": figures}
        return record if self.coarse is None else {**record, "coarse": self.coarse.as_record()}


@dataclass(frozen=True, slots=True)
class MeasureDescription:
    """All that may be shown of one item.

    Attributes
    ----------
    measure : str or int
        Its id.
    state : {'shown', 'withheld', 'empty'}
        Withheld if fewer than k people answered.
    summary : Summary or None
        None if withheld.
    splits : mapping of str to tuple of GroupCell
        Per split the cells of its groups, in the order of ``Description.groups``.
    coarse : Coarse or None
        Where exact counts are withheld and bands may be told.
    """

    measure: Id
    state: CellState
    summary: Summary | None
    splits: Mapping[str, tuple[GroupCell, ...]]
    coarse: Coarse | None = None

    def as_record(self) -> dict[str, object]:
        """Return the description as a plain mapping for JSON."""
        coarse = {} if self.coarse is None else {"coarse": self.coarse.as_record()}
        return {
            **coarse,
            "measure": self.measure,
            "state": self.state,
            "summary": self.summary.as_record() if self.summary else None,
            "splits": {
                name: [cell.as_record() for cell in cells] for name, cells in self.splits.items()
            },
        }


@dataclass(frozen=True, slots=True)
class Description:
    """The description of all items, with what was counted and how.

    Attributes
    ----------
    measures : tuple of MeasureDescription
        In the order of ``Ratings.measure_ids``.
    groups : mapping of str to tuple
        Per split its groups in order; None is "not known".
    n_raters, cast, standing : int
        People, answers given, answers that stand (the latest of each pair).
    conventions : Conventions
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        ``no_ratings``, ``scale_assumed``.
    """

    measures: tuple[MeasureDescription, ...]
    groups: Mapping[str, tuple[Id | None, ...]]
    n_raters: int
    cast: int
    standing: int
    conventions: Conventions
    status: Status
    reasons: tuple[str, ...]

    def as_record(self) -> dict[str, object]:
        """Return the whole as a plain mapping for JSON."""
        return {
            "n_raters": self.n_raters,
            "cast": self.cast,
            "standing": self.standing,
            "status": self.status,
            "reasons": list(self.reasons),
            "conventions": self.conventions.as_record(),
            "groups": {name: list(groups) for name, groups in self.groups.items()},
            "measures": [measure.as_record() for measure in self.measures],
        }


def _plain(value: object) -> object:
    if isinstance(value, Interval):
        return value.as_record()
    return list(value) if isinstance(value, tuple) else value
