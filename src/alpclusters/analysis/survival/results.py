"""What survival yields: frozen records that carry their conventions."""

from dataclasses import asdict, dataclass
from typing import Literal

from alpclusters.analysis.conventions import Conventions, Status
from alpclusters.analysis.survival.arrays import FloatArray, IntArray

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
