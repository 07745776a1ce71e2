"""How long links stay alive after their funding: spells from reports, and the curves of groups.

Rules: docs/methods/survival.md. Time zero is the end of the funding; an end lies half way between
the last "alive" and the first "ended" or "dormant"; without an end a link is known up to its last
"alive", never up to today. Links of one project hang together: intervals resample whole projects.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
from django.db.models import QuerySet
from django.utils import timezone

from alpclusters.analysis.survival import (
    Clustered,
    ClusteredReading,
    Curve,
    LogRank,
    PlacedReading,
    Spells,
    cluster_bootstrap,
    cluster_difference,
    kaplan_meier,
    log_rank,
    numbers_at_risk,
    sensitivity,
    spells,
)
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.models import Link, LinkReport

# --- The country of a side of a link --------------------------------------------------------------


_ISO: Final = {"EL": "GR", "UK": "GB"}


def country_of(organisation: Organisation) -> str:
    """Return the ISO code of an organisation's country; of its region where it names none."""
    code = organisation.country or (organisation.region.country if organisation.region else "")
    return _ISO.get(code, code)


# --- How long links stay alive after their funding: spells from reports, and the curves of groups


# Fewer links are not shown as a group (design promise).
FEWEST: Final = 5
LEVEL: Final = 0.9
MONTHS: Final = (12, 24, 36, 48, 60)
MONTHS_OF_YEAR: Final = 12
MOST_STEPS: Final = 120
LASTED: Final = 365  # days after the funding; "lasting" of domain.md, section 8
SAME_COUNTRY: Final = "same_country"
CROSS_BORDER: Final = "cross_border"
_ANSWERS: Final = {
    Link.Status.ACTIVE_FUNDED: "alive",
    Link.Status.ACTIVE_SELF: "alive",
    Link.Status.DORMANT: "dormant",
    Link.Status.ENDED: "ended",
}


@dataclass(frozen=True, slots=True)
class Observed:
    """Links with everything that is known of their time after the funding.

    Attributes
    ----------
    links : sequence of Link
    spells : Spells
        From time zero on; links reopened later have a second one, which no curve counts.
    first : ndarray of int
        Rows of the first spells.
    newest_alive : mapping
        By key of the link the newest day on which a side said that it is alive.
    n_reopened : int
        Links that somebody called alive after another word that they had ended or gone dormant.
    """

    links: Sequence[Link]
    spells: Spells
    first: np.ndarray
    newest_alive: Mapping[int, date]
    n_reopened: int

    @property
    def n_ended_funding(self) -> int:
        """How many links have a known day for the end of their funding that has passed."""
        return self.spells.n_links - self.spells.n_undated


@dataclass(frozen=True, slots=True)
class GroupCurve:
    """One group: its curve, and what is read from it.

    Attributes
    ----------
    key : str
    n_links, n, n_events : int
        Links; those with an answer after their funding; of them ended or dormant.
    curve : Curve or None
        In years; None where fewer than five links have an answer.
    band : sequence of ClusteredReading
        Share and interval where the line is drawn: at its steps, of very many at ends of months.
    readings : sequence of ClusteredReading
        At `MONTHS`, where at least five were under observation.
    at_risk : sequence of int
        Under observation at the same times.
    ranges : sequence of PlacedReading
        The same with all ends at the earliest and at the latest day that the answers allow.
    n_projects : int
        What was resampled.
    """

    key: str
    n_links: int
    n: int
    n_events: int
    curve: Curve | None
    band: Sequence[ClusteredReading]
    readings: Sequence[ClusteredReading]
    at_risk: Sequence[int]
    ranges: Sequence[PlacedReading]
    n_projects: int

    @property
    def is_suppressed(self) -> bool:
        """Whether too few links have an answer."""
        return self.curve is None

    def reading(self, months: int) -> ClusteredReading | None:
        """Return what the curve says at a number of months; None where too few were observed."""
        for one in self.readings:
            if round(one.time * MONTHS_OF_YEAR) == months and one.value is not None:
                return one
        return None


@dataclass(frozen=True, slots=True)
class Split:
    """The links by one property, with the test whether the groups last equally long."""

    groups: Sequence[GroupCurve]
    test: LogRank | None
    difference: Clustered | None = None


def observe(links: "QuerySet[Link]", *, today: date | None = None) -> Observed:
    """Read links and their reports (two queries) and build the spells."""
    day = today or timezone.localdate()
    rows = links.select_related("first__region", "second__region", "initiative__programme")
    found = list(rows.order_by("pk"))
    place = {link.pk: k for k, link in enumerate(found)}
    said = LinkReport.objects.filter(link__in=links.order_by()).order_by("pk")
    answers = [
        (place[pk], on, _ANSWERS[Link.Status(status)])
        for pk, on, status in said.values_list("link", "said_on", "status")
        if status in _ANSWERS and pk in place
    ]
    built = spells(
        [k for k, _, _ in answers],
        [on.toordinal() for _, on, _ in answers],
        [word for _, _, word in answers],
        [_zero(link, day) for link in found],
        entered=[_entered(link) for link in found],
    )
    return Observed(
        links=found,
        spells=built,
        first=np.flatnonzero(built.number == 1),
        newest_alive=_newest_alive(found, answers),
        n_reopened=_count_reopened(answers),
    )


def _zero(link: Link, today: date) -> float:
    end = link.funding_ends_on
    return float(end.toordinal()) if end is not None and end <= today else float("nan")


def _entered(link: Link) -> float:
    """Return from when on an end could have been reported: of a source's link from the start."""
    if link.entered_for_id is None:
        return float("nan")
    return float(timezone.localdate(link.entered_at).toordinal())


def _newest_alive(
    links: Sequence[Link], answers: Iterable[tuple[int, date, str]]
) -> dict[int, date]:
    found: dict[int, date] = {}
    for k, on, word in answers:
        if word == "alive":
            pk = links[k].pk
            found[pk] = max(on, found.get(pk, on))
    return found


def _count_reopened(answers: Iterable[tuple[int, date, str]]) -> int:
    closed: set[int] = set()
    reopened: set[int] = set()
    for k, _, word in sorted(answers, key=lambda row: (row[0], row[1], row[2] != "alive")):
        if word != "alive":
            closed.add(k)
        elif k in closed:
            reopened.add(k)
    return len(reopened)


def curve_of(
    observed: Observed, *, key: str = "", among: Sequence[int] | None = None
) -> GroupCurve:
    """Estimate the curve of all links, or of those at some places.

    Parameters
    ----------
    observed : Observed
    key : str
        What the group is called.
    among : sequence of int, optional
        Places of links in ``observed.links``.
    """
    built = observed.spells
    rows = observed.first
    if among is not None:
        rows = rows[np.isin(built.link[rows], np.asarray(among, dtype=np.int64))]
    n_links = len(observed.links) if among is None else len(among)
    taken = _taken(built, rows)
    n_events = int(taken.event.sum())
    clusters = _clusters(observed, rows)
    n_projects = len(set(clusters))
    if len(rows) < FEWEST:
        return GroupCurve(key, n_links, len(rows), n_events, None, (), (), (), (), n_projects)
    curve = kaplan_meier(taken.duration, taken.event, entry=taken.entry, level=LEVEL)
    times = _times(curve)
    steps = _drawn_times(curve)
    read = _bootstrapped(taken, clusters, [*steps, *times])
    return GroupCurve(
        key=key,
        n_links=n_links,
        n=len(rows),
        n_events=n_events,
        curve=curve,
        band=read[: len(steps)],
        readings=read[len(steps) :],
        at_risk=numbers_at_risk(curve, times),
        ranges=sensitivity(taken, times=times, level=LEVEL),
        n_projects=n_projects,
    )


def _taken(built: Spells, rows: np.ndarray) -> Spells:
    names = ("link", "number", "duration", "event", "entry", "lower", "upper")
    return replace(built, **{name: getattr(built, name)[rows] for name in names})


def _clusters(observed: Observed, rows: np.ndarray) -> list[int]:
    """Return the project of each row; a link without one stands alone."""
    links = [observed.links[int(k)] for k in observed.spells.link[rows]]
    return [link.initiative_id or -link.pk for link in links]


def _times(curve: Curve) -> list[float]:
    """Return the times that are read: those at which enough were under observation."""
    times = [months / MONTHS_OF_YEAR for months in MONTHS]
    counts = numbers_at_risk(curve, times)
    return [time for time, n in zip(times, counts, strict=True) if n >= FEWEST]


def _drawn_times(curve: Curve) -> list[float]:
    """Return where the line is drawn: at its steps; of very many, at the ends of months."""
    until = curve.drawn_until
    if until is None:
        return []
    steps = [step.time for step in curve.steps if step.time <= until]
    if len(steps) <= MOST_STEPS:
        return steps
    months = int(until * MONTHS_OF_YEAR)
    every = -(-months // MOST_STEPS)
    return [month / MONTHS_OF_YEAR for month in range(every, months + 1, every)]


def _bootstrapped(
    taken: Spells, clusters: Sequence[int], times: Sequence[float]
) -> Sequence[ClusteredReading]:
    if not times:
        return ()
    found = cluster_bootstrap(
        taken.duration, taken.event, clusters, times=times, entry=taken.entry, level=LEVEL
    )
    return found.readings


def split_by(observed: Observed, name: Callable[[Link], str]) -> Split:
    """Compare groups of links; a link without a name of a group is in none.

    Groups with fewer than five answers are counted and not tested.
    """
    places: dict[str, list[int]] = {}
    for k, link in enumerate(observed.links):
        if key := name(link):
            places.setdefault(key, []).append(k)
    groups = [curve_of(observed, key=key, among=some) for key, some in sorted(places.items())]
    tested = {group.key: places[group.key] for group in groups if not group.is_suppressed}
    ordered = sorted(groups, key=lambda group: (-group.n, group.key))
    if len(tested) < 2:  # noqa: PLR2004 - two groups to compare
        return Split(ordered, None)
    return Split(ordered, *_compared(observed, tested))


def _compared(
    observed: Observed, places: Mapping[str, Sequence[int]]
) -> tuple[LogRank, Clustered | None]:
    built = observed.spells
    group_of = {k: key for key, some in places.items() for k in some}
    rows = np.array([r for r in observed.first if int(built.link[r]) in group_of], dtype=np.int64)
    taken = _taken(built, rows)
    names = [group_of[int(k)] for k in taken.link]
    test = log_rank(taken.duration, taken.event, names, entry=taken.entry)
    if len(places) != 2:  # noqa: PLR2004 - a difference has two sides
        return test, None
    difference = cluster_difference(
        taken.duration,
        taken.event,
        _clusters(observed, rows),
        names,
        times=[1.0],
        entry=taken.entry,
        level=LEVEL,
    )
    return test, difference


def groups_by_country(observed: Observed) -> list[GroupCurve]:
    """Return a curve for the links of each country; a link over a border counts in both.

    Groups overlap, so they are not tested against each other.
    """
    places: dict[str, list[int]] = {}
    for k, link in enumerate(observed.links):
        for code in {country_of(link.first), country_of(link.second)} - {""}:
            places.setdefault(code, []).append(k)
    groups = [curve_of(observed, key=key, among=some) for key, some in sorted(places.items())]
    return sorted(groups, key=lambda group: (-group.n, group.key))


def border_of(link: Link) -> str:
    """Say whether a link crosses a border; nothing where a country is not known."""
    one, other = country_of(link.first), country_of(link.second)
    if not one or not other:
        return ""
    return SAME_COUNTRY if one == other else CROSS_BORDER


def programme_of(link: Link) -> str:
    """Return the programme under which a link was funded, as far as it is known."""
    if link.initiative is not None and link.initiative.programme is not None:
        return str(link.initiative.programme)
    return link.funding


def lasted(observed: Observed) -> list[tuple[Link, int]]:
    """Return the links known alive a year or longer after their funding, the longest first.

    Returns
    -------
    list of tuple of Link and int
        With the months from the end of the funding to the newest "alive".
    """
    found = []
    for link in observed.links:
        alive, end = observed.newest_alive.get(link.pk), link.funding_ends_on
        if alive is not None and end is not None and (alive - end).days >= LASTED:
            found.append((link, int((alive - end).days / 365.25 * MONTHS_OF_YEAR)))
    return sorted(found, key=lambda row: (-row[1], row[0].pk))
