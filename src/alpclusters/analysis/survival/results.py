"""What survival yields, frozen with its conventions, and columns of durations, checked."""

from dataclasses import asdict, dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.errors import NotFiniteError, ScaleError, ShapeError, Where

# --- Columns of durations: what is refused, and in which argument ---------------------------------


FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
DAYS_OF_YEAR: Final = 365.25


@dataclass(frozen=True, slots=True)
class Durations:
    """Checked columns of equal length; an entry at or before time zero is minus infinity."""

    duration: FloatArray
    event: BoolArray
    entry: FloatArray

    def taken(self, rows: BoolArray) -> "Durations":
        """Return the rows of a mask."""
        return Durations(self.duration[rows], self.event[rows], self.entry[rows])


def read_durations(duration: ArrayLike, event: ArrayLike, entry: ArrayLike | None) -> Durations:
    """Check durations, events and entries.

    Raises
    ------
    ShapeError, NotFiniteError, ScaleError
        Naming the argument: other lengths, NaN or infinity, a negative duration, an event that
        is neither 0 nor 1, an entry at or after the end of its own duration.
    """
    time = finite(duration, "duration")
    if (time < 0).any():
        raise ScaleError("argument.out_of_range", where=Where(argument="duration"), expected=">= 0")
    happened = finite(event, "event", n=len(time))
    if not np.isin(happened, (0.0, 1.0)).all():
        raise ScaleError("argument.not_one_of", where=Where(argument="event"), expected="0, 1")
    return Durations(time, happened == 1.0, _read_entry(entry, time))


def _read_entry(entry: ArrayLike | None, time: FloatArray) -> FloatArray:
    if entry is None:
        return np.full(len(time), -np.inf)
    start = finite(entry, "entry", n=len(time))
    late = start > 0
    if (start[late] >= time[late]).any():
        expected = "entry < duration"
        raise ScaleError("argument.out_of_range", where=Where(argument="entry"), expected=expected)
    return np.where(late, start, -np.inf)


def finite(values: ArrayLike, argument: str, *, n: int | None = None) -> FloatArray:
    """Return a column of finite numbers.

    Examples
    --------
    >>> finite([1, 2], "duration").tolist()
    [1.0, 2.0]
    """
    column = np.array(values, dtype=np.float64)
    if column.ndim != 1 or (n is not None and len(column) != n):
        raise ShapeError("array.lengths_differ", where=Where(argument=argument))
    if not np.isfinite(column).all():
        raise NotFiniteError("array.not_finite", where=Where(argument=argument))
    return column


def labels(values: ArrayLike, argument: str, *, n: int) -> tuple[list[str], IntArray]:
    """Return the different labels in order and the place of each row's label among them."""
    column = np.array(values)
    if column.shape != (n,):
        raise ShapeError("array.lengths_differ", where=Where(argument=argument))
    if column.dtype.kind == "f" and not np.isfinite(column).all():
        raise NotFiniteError("array.not_finite", where=Where(argument=argument))
    names, place = np.unique(column, return_inverse=True)
    return [str(name) for name in names], place.astype(np.int64)


def read_only[T: np.generic](values: NDArray[T]) -> NDArray[T]:
    """Close an array of ours against writing."""
    values.setflags(write=False)
    return values


# --- What survival yields: frozen records that carry their conventions ----------------------------


type Place = Literal["middle", "left", "right"]


@dataclass(frozen=True, slots=True)
class Step:
    """A time at which something ended.

    Attributes
    ----------
    time : float
        In the unit of the durations.
    at_risk, n_events : int
        Under observation just before that time; how many of them ended then.
    survival : float
        Share that lasts beyond that time, 0 to 1.
    se : float or None
        Greenwood's standard error; None where the share is 0.
    low, high : float or None
        Log-log interval; None where the share is 0 or 1.
    is_drawn : bool
        Whether enough are at risk for the step to be drawn.
    """

    time: float
    at_risk: int
    n_events: int
    survival: float
    se: float | None
    low: float | None
    high: float | None
    is_drawn: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """The share that lasts, by time.

    Attributes
    ----------
    steps : tuple of Step
        At each time with an event, ascending; the share is 1 before the first.
    n, n_events : int
        Spells and events.
    n_late : int
        Spells that came under observation after time zero.
    until : float or None
        The longest duration; nothing is known beyond it.
    median, median_low, median_high : float or None
        Smallest time at which the share (its upper, its lower end) is one half or less; None
        where it stays above (reason ``more_than_half_remain`` for the median itself).
    fewest : int
        A stretch with fewer at risk is not drawn: 5, or a tenth of the most at risk.
    drawn_from, drawn_until : float or None
        The stretch that is drawn; None if there is none.
    exits, entries : ndarray of float
        All durations and all entries, ascending, for the number at risk at any time.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        Undefined: ``no_spells``. Limited: ``few_at_risk`` (never enough to draw),
        ``emptied_early`` (late entries: all at risk had ended while others were still to come).
        For information: ``no_events``, ``more_than_half_remain``.
    conventions : Conventions
    """

    steps: tuple[Step, ...]
    n: int
    n_events: int
    n_late: int
    until: float | None
    median: float | None
    median_low: float | None
    median_high: float | None
    fewest: int
    drawn_from: float | None
    drawn_until: float | None
    exits: FloatArray
    entries: FloatArray
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions

    def as_record(self) -> dict[str, object]:
        """Return everything but the single durations as a plain mapping for JSON."""
        kept = ("n", "n_events", "n_late", "until", "median", "median_low", "median_high")
        drawn = ("fewest", "drawn_from", "drawn_until", "status")
        return {
            **{name: getattr(self, name) for name in (*kept, *drawn)},
            "steps": [asdict(step) for step in self.steps],
            "reasons": list(self.reasons),
            "conventions": self.conventions.as_record(),
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """A curve at one time.

    Attributes
    ----------
    time : float
    survival, se, low, high : float or None
        As in `Step`; all None beyond the longest duration.
    at_risk, n : int
        Under observation at that time; spells in all.
    is_drawn : bool
        Whether enough are at risk at that time.
    reasons : tuple of str
        ``no_spells`` or ``beyond_follow_up`` where nothing is known; ``few_at_risk``.
    """

    time: float
    survival: float | None
    se: float | None
    low: float | None
    high: float | None
    at_risk: int
    n: int
    is_drawn: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mean:
    """Mean time that lasts up to a horizon.

    Attributes
    ----------
    value, se : float or None
        Area under the curve and its standard error, in the unit of the durations.
    until : float or None
        The horizon.
    reasons : tuple of str
        ``no_spells`` or ``beyond_follow_up`` where there is none.
    """

    value: float | None
    se: float | None
    until: float | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupEvents:
    """One group in a log-rank test: its spells, its events, and those expected of it."""

    name: str
    n: int
    n_events: int
    expected: float


@dataclass(frozen=True, slots=True)
class LogRank:
    """Whether groups last equally long.

    Attributes
    ----------
    statistic : float or None
        Chi-square of the log-rank test.
    df : int
        Degrees of freedom: groups that were ever at risk beside others, less one.
    p : float or None
        Chance of a statistic at least as large if all groups last alike and spells are
        independent. Pairs of one project are not: the true p is then larger.
    groups : tuple of GroupEvents
        In the order of their names.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        Undefined: ``no_spells``, ``one_group``, ``no_events``, ``never_together`` (at no event
        were two groups at risk). Limited: ``few_expected`` (fewer than five events expected of a
        group: the chi-square is rough).
    conventions : Conventions
    """

    statistic: float | None
    df: int
    p: float | None
    groups: tuple[GroupEvents, ...]
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions

    def as_record(self) -> dict[str, object]:
        """Return everything as a plain mapping for JSON."""
        record = {name: getattr(self, name) for name in ("statistic", "df", "p", "status")}
        return {
            **record,
            "groups": [asdict(group) for group in self.groups],
            "reasons": list(self.reasons),
            "conventions": self.conventions.as_record(),
        }


@dataclass(frozen=True, slots=True)
class ClusteredReading:
    """A share, or the difference of two, at one time, with an interval over whole clusters.

    Attributes
    ----------
    time : float
    value, low, high : float or None
    reasons : tuple of str
        ``beyond_follow_up``; for the interval ``few_resamples_defined``, ``interval_no_width``.
    """

    time: float
    value: float | None
    low: float | None
    high: float | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clustered:
    """Shares or differences by time with intervals that resample whole clusters.

    Attributes
    ----------
    readings : tuple of ClusteredReading
        In the order of the times asked for.
    groups : tuple of str
        For a difference: first less second; else empty.
    n, n_clusters : int
        Spells, and clusters (projects) that hold them.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        Undefined: ``no_spells``, ``not_two_groups``. Limited: ``few_clusters`` (fewer than 20).
    conventions : Conventions
    """

    readings: tuple[ClusteredReading, ...]
    groups: tuple[str, ...]
    n: int
    n_clusters: int
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions

    def as_record(self) -> dict[str, object]:
        """Return everything as a plain mapping for JSON."""
        return {
            "readings": [asdict(reading) for reading in self.readings],
            "groups": list(self.groups),
            "n": self.n,
            "n_clusters": self.n_clusters,
            "status": self.status,
            "reasons": list(self.reasons),
            "conventions": self.conventions.as_record(),
        }


@dataclass(frozen=True, slots=True)
class Spells:
    """How long links stayed alive after their funding, one row for each spell.

    Attributes
    ----------
    link : ndarray of int
        The caller's place of the link.
    number : ndarray of int
        1 for the spell from the end of the funding; a link reopened later begins number 2.
    duration : ndarray of float, years of 365.25 days
        From time zero (of a reopened link: the answer that reopened it) to the end or to the
        last answer "alive".
    event : ndarray of int
        1 where it ended or went dormant, 0 where it was alive when last heard of.
    entry : ndarray of float, years
        When it came under observation; 0 is from the beginning.
    lower, upper : ndarray of float, years
        The event lies in (lower, upper]; both are the duration where there was none.
    place : {'middle', 'left', 'right'}
        Where in that stretch the events stand.
    n_links : int
        Links handed in; the first spell of each is a row or in one of the counts below.
    n_undated, n_unanswered, n_ended_before, n_ended_unseen : int
        Without a day for the end of the funding; without an answer after time zero (and after
        the entry); ended before the funding did; ended before anybody entered the link. Those
        unanswered or unseen count later spells too.
    n_contradictions : int
        Answers that it had ended on a day on which another answer says alive: left out.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        ``no_spells``.
    conventions : Conventions
    """

    link: IntArray
    number: IntArray
    duration: FloatArray
    event: IntArray
    entry: FloatArray
    lower: FloatArray
    upper: FloatArray
    place: Place
    n_links: int
    n_undated: int
    n_unanswered: int
    n_ended_before: int
    n_ended_unseen: int
    n_contradictions: int
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions


@dataclass(frozen=True, slots=True)
class PlacedReading:
    """What the share would be if all events stood at the left, middle, right of their stretch."""

    time: float
    left: Reading
    middle: Reading
    right: Reading


@dataclass(frozen=True, slots=True)
class Renewals:
    """Pairs of organisations whose first joint project is over, and whether they met again.

    Attributes
    ----------
    first, second : ndarray of int
        The caller's numbers of the two organisations.
    project : ndarray of int
        The caller's number of their first joint project: the cluster of a bootstrap.
    duration : ndarray of float, years of 365.25 days
        From the end of the first project to the start of the next, or to the snapshot.
    event : ndarray of int
        1 where the next one started by the snapshot.
    n_pairs : int
        Pairs whose first joint project had ended by the snapshot.
    n_overlapping : int
        Of them, pairs that had already started another one by that end; they have no row.
    status : {'ok', 'undefined', 'limited'}
    reasons : tuple of str
        ``no_spells``.
    conventions : Conventions
    """

    first: IntArray
    second: IntArray
    project: IntArray
    duration: FloatArray
    event: IntArray
    n_pairs: int
    n_overlapping: int
    status: Status
    reasons: tuple[str, ...]
    conventions: Conventions
