"""Read who is tied to whom from the database, as flat columns; a fixed number of queries."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

import numpy as np
from django.db.models import Count, QuerySet
from numpy.typing import NDArray

from alpclusters.analysis.network import (
    MAX_SIZE,
    Collaborations,
    Incidence,
    Stamp,
    Ties,
    Weights,
    Window,
    in_window,
    incidence,
    link_collaborations,
    link_ties,
    project_collaborations,
    project_ties,
)
from alpclusters.platform.actors.domain.names import normalise
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.evidence.models import Initiative, Participation
from alpclusters.platform.network.domain.measuring.places import (
    COUNTRY,
    NUTS2,
    Basis,
    Place,
    Places,
    Scope,
    period_windows,
)
from alpclusters.platform.network.models import Link
from alpclusters.platform.territory.models import CURRENT_VINTAGE, Standing

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
MOST_SOURCES: Final = 20
FEWEST_WORDS: Final = 2
_CHUNK: Final = 5_000


@dataclass(frozen=True, slots=True)
class Grouping:
    """To which group each organisation belongs; -1 where nobody knows."""

    name: str
    codes: tuple[str, ...]
    group: IntArray


@dataclass(frozen=True, slots=True)
class Gathered:
    """All ties of one network as they were written down.

    Attributes
    ----------
    scope : Scope
    nodes : ndarray of shape (n,), int64
        Numbers of organisations; for a body that no organisation is known for, the number of its
        first participation, negative.
    groupings : dict of str to Grouping
    first : ndarray of shape (k,), int64
        Places in ``nodes``: an end of each link, or who takes part.
    second : ndarray of shape (k,), int64
        The other end of each link; for joint projects empty.
    project : ndarray of shape (k,), int64
        Number of the project of each row; -1 for a link without one.
    projects : ndarray of shape (m,), int64
        Numbers of the projects, ascending; for links empty.
    size : ndarray of shape (m,), int64
        Participants of each project, wherever they are.
    start : ndarray of shape (m,) or (k,), float64
        Ordinal of the day each project or link began, NaN where unknown.
    sources : list of dict
        Where the rows come from: source, licence, n.
    n_unverified : int
        Projects nobody has confirmed.
    """

    scope: Scope
    nodes: IntArray
    groupings: dict[str, Grouping]
    first: IntArray
    second: IntArray
    project: IntArray
    projects: IntArray
    size: IntArray
    start: FloatArray
    sources: list[dict[str, Any]]
    n_unverified: int

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to count."""
        return not len(self.first)


@dataclass(frozen=True, slots=True)
class _Body:
    number: int
    place: Place


def gather(scope: Scope) -> Gathered:
    """Read one network."""
    places = Places.load()
    bodies = _organisations(scope, places)
    if scope.basis == Basis.LINKS:
        return _gather_links(scope, bodies)
    return _gather_projects(scope, bodies, places)


def _organisations(scope: Scope, places: Places) -> dict[int, _Body]:
    """Return every organisation by its number; one that was merged is the one it leads to."""
    rows = Organisation.objects.filter(is_simulated=scope.is_simulated)
    columns = rows.values_list("pk", "merged_into", "region", "country")
    read = list(columns.iterator(chunk_size=_CHUNK))
    found = {pk: _Body(pk, places.find(region, country)) for pk, _m, region, country in read}
    leads = {pk: merged for pk, merged, _r, _c in read if merged is not None}
    for pk in leads:
        end = _end_of(pk, leads)
        if end in found:
            found[pk] = found[end]
    return found


def _end_of(pk: int, leads: dict[int, int]) -> int:
    seen = {pk}
    while (following := leads.get(pk)) is not None and following not in seen:
        seen.add(following)
        pk = following
    return pk


# --- links ------------------------------------------------------------------------------------


def _gather_links(scope: Scope, bodies: dict[int, _Body]) -> Gathered:
    links = Link.objects.counted().filter(is_simulated=scope.is_simulated).order_by("pk")
    columns = links.values_list("first", "second", "initiative", "started_on")
    rows = [row for row in columns.iterator(chunk_size=_CHUNK) if _has_both(row, bodies)]
    ends = [(bodies[one].number, bodies[two].number) for one, two, _i, _s in rows]
    numbers = sorted({number for pair in ends for number in pair})
    at = {number: place for place, number in enumerate(numbers)}
    return Gathered(
        scope=scope,
        nodes=np.array(numbers, dtype=np.int64),
        groupings=_groupings([bodies[number].place for number in numbers]),
        first=_whole(at[one] for one, _two in ends),
        second=_whole(at[two] for _one, two in ends),
        project=_whole(-1 if i is None else i for _o, _t, i, _s in rows),
        projects=np.zeros(0, np.int64),
        size=np.zeros(0, np.int64),
        start=_days(started for _o, _t, _i, started in rows),
        sources=_sources(links),
        n_unverified=0,
    )


def _has_both(row: tuple[Any, ...], bodies: dict[int, _Body]) -> bool:
    return row[0] in bodies and row[1] in bodies


# --- joint projects ---------------------------------------------------------------------------


def _gather_projects(scope: Scope, bodies: dict[int, _Body], places: Places) -> Gathered:
    initiatives = _initiatives(scope)
    starts = dict(initiatives.values_list("pk", "start").iterator(chunk_size=_CHUNK))
    rows = _participations(scope)
    known = _known_bodies(rows, bodies)
    numbers = _numbers(rows, bodies, known)
    nodes, first = np.unique(_whole(number for number, _place in numbers), return_inverse=True)
    where = _where(numbers, bodies, rows, places)
    project = _whole(row[0] for row in rows)
    projects = np.unique(project)
    return Gathered(
        scope=scope,
        nodes=nodes,
        groupings=_groupings([where[number] for number in nodes.tolist()]),
        first=first.astype(np.int64),
        second=np.zeros(0, np.int64),
        project=project,
        projects=projects,
        size=_sizes(nodes, first, project, projects),
        start=_days(starts.get(pk) for pk in projects.tolist()),
        sources=_sources(initiatives),
        n_unverified=initiatives.exclude(standing=Standing.VERIFIED).count(),
    )


def _initiatives(scope: Scope) -> QuerySet[Initiative]:
    """Published ones; a line or call of a programme is no work of its participants together."""
    published = Initiative.objects.published().filter(is_simulated=scope.is_simulated)
    return published.exclude(kind=Initiative.Kind.PROGRAMME_LINE).order_by("pk")


def _participations(scope: Scope) -> list[tuple[Any, ...]]:
    """Those who stayed: project, organisation, key, region, country, number, name."""
    rows = Participation.objects.filter(initiative__in=_initiatives(scope), has_left=False)
    columns = ("initiative", "organisation", "body_key", "region", "country", "pk", "name")
    return list(rows.order_by("pk").values_list(*columns).iterator(chunk_size=_CHUNK))


def _known_bodies(rows: list[tuple[Any, ...]], bodies: dict[int, _Body]) -> dict[str, int]:
    """Return the organisation of each body that is known for one of its participations."""
    known: dict[str, int] = {}
    for _project, organisation, key, *_rest in rows:
        if organisation in bodies:
            known.setdefault(key, bodies[organisation].number)
    return known


def _numbers(
    rows: list[tuple[Any, ...]], bodies: dict[int, _Body], known: dict[str, int]
) -> list[tuple[int, int]]:
    """Return number and row of each participation; bodies without organisation are negative."""
    below: dict[str, int] = {}
    same: dict[tuple[str, str], int] = {}
    for row in rows:
        if row[1] not in bodies and row[2] not in known and row[2] not in below:
            below[row[2]] = same.setdefault(_spoken(row), -row[5])
    return [
        (bodies[row[1]].number if row[1] in bodies else known.get(row[2], below.get(row[2], 0)), at)
        for at, row in enumerate(rows)
    ]


def _spoken(row: tuple[Any, ...]) -> tuple[str, str]:
    """Return what two spellings of one body share: words in one form and language, and country.

    A single word proves nothing, nor does a name without a country: then only the key counts.
    """
    name = normalise(row[6], row[4])
    is_telling = len(set(name.tokens)) >= FEWEST_WORDS and row[4]
    # "Bolzano/Bozen" names the place twice.
    return (" ".join(sorted(set(name.tokens))), row[4]) if is_telling else (row[2], "")


def _where(
    numbers: list[tuple[int, int]],
    bodies: dict[int, _Body],
    rows: list[tuple[Any, ...]],
    places: Places,
) -> dict[int, Place]:
    """Return the place of each organisation: its seat, else what a project says of it."""
    found: dict[int, Place] = {}
    for number, at in numbers:
        if number in found and found[number].nuts2:
            continue
        seat = bodies[number].place if number > 0 else Place()
        said = places.find(rows[at][3], rows[at][4])
        best = found.get(number, Place())
        found[number] = Place(
            seat.country or best.country or said.country,
            seat.nuts2 or best.nuts2 or _within(said.nuts2, seat.country or best.country),
        )
    return found


def _within(nuts2: str, country: str) -> str:
    """Keep a region unless it lies in another country than the seat."""
    return nuts2 if not country or nuts2.startswith(country) else ""


def _sizes(nodes: IntArray, first: IntArray, project: IntArray, projects: IntArray) -> IntArray:
    pairs = np.unique(np.stack([project, nodes[first]]), axis=1)[0] if len(first) else project
    return np.bincount(np.searchsorted(projects, pairs), minlength=len(projects)).astype(np.int64)


# --- columns ----------------------------------------------------------------------------------


def _groupings(where: list[Place]) -> dict[str, Grouping]:
    return {
        COUNTRY: _grouping(COUNTRY, [place.country for place in where]),
        NUTS2: _grouping(NUTS2, [place.nuts2 for place in where]),
    }


def _grouping(name: str, codes: list[str]) -> Grouping:
    names = sorted({code for code in codes if code})
    at = {code: place for place, code in enumerate(names)}
    return Grouping(name, tuple(names), _whole(at.get(code, -1) for code in codes))


def _whole(values: Any) -> IntArray:
    return np.fromiter(values, dtype=np.int64)


def _days(values: Any) -> FloatArray:
    return np.fromiter((_day(value) for value in values), dtype=np.float64)


def _day(value: date | None) -> float:
    return float("nan") if value is None else float(value.toordinal())


def _sources(rows: QuerySet[Any]) -> list[dict[str, Any]]:
    """Return where the rows come from, the most frequent first; one query."""
    counted = rows.order_by().values("source", "licence").annotate(n=Count("pk"))
    return list(counted.order_by("-n", "source", "licence")[:MOST_SOURCES])


# --- Count what was read into ties, window by window ----------------------------------------------


@dataclass(frozen=True)
class Slice:
    """The ties of one network in one window."""

    gathered: Gathered
    window: Window

    @property
    def is_of_projects(self) -> bool:
        """Say whether ties come from joint projects."""
        return self.gathered.scope.basis == Basis.PROJECTS

    @property
    def value_weights(self) -> Weights:
        """What a tie weighs in T and in the table of regions.

        Each organisation brings one unit per project; a link stands for itself.
        """
        return "fractional" if self.is_of_projects else "binary"

    @cached_property
    def inside(self) -> NDArray[np.bool_]:
        """Which projects or links lie in the window."""
        start = self.gathered.start
        return in_window(start, np.full(len(start), np.nan), self.window)

    @cached_property
    def incidence(self) -> Incidence:
        """Return who takes part in which project of the network."""
        return incidence(self.gathered.nodes[self.gathered.first], self.gathered.project)

    @cached_property
    def linked(self) -> IntArray:
        """Return the places of the organisations with a link in the window."""
        ends = self.gathered.first[self.inside], self.gathered.second[self.inside]
        return np.unique(np.concatenate(ends))

    @cached_property
    def largest_project(self) -> int | None:
        """Return how many of these organisations the largest counted project has."""
        if not self.is_of_projects:
            return None
        counted = self.inside & (self.gathered.size <= MAX_SIZE)
        return int(self.incidence.size[counted].max(initial=0))

    def ties(self, grouping: Grouping, weights: Weights) -> Ties:
        """Count the ties."""
        stamp = self._stamp(grouping, weights)
        if self.is_of_projects:
            return project_ties(
                self.incidence, self.gathered.size, grouping.group, grouping.codes,
                weights=weights, keep=self.inside, stamp=stamp,
            )  # fmt: skip
        nodes = self.gathered.nodes[self.linked]
        first, second = self._link_ends()
        return link_ties(
            first, second, nodes, grouping.group[self.linked], grouping.codes,
            weights="binary" if weights == "binary" else "full", stamp=stamp,
        )  # fmt: skip

    def collaborations(self, grouping: Grouping, weights: Weights) -> Collaborations:
        """List what can be drawn anew: projects, or links with the project they come from."""
        stamp = self._stamp(grouping, weights)
        if self.is_of_projects:
            return project_collaborations(
                self.incidence, self.gathered.size, grouping.group, grouping.codes,
                weights=weights, keep=self.inside, stamp=stamp,
            )  # fmt: skip
        nodes = self.gathered.nodes[self.linked]
        first, second = self._link_ends()
        return link_collaborations(
            first, second, nodes, grouping.group[self.linked], grouping.codes,
            project=self.gathered.project[self.inside],
            weights="binary" if weights == "binary" else "full", stamp=stamp,
        )  # fmt: skip

    def first_years(self, ties: Ties) -> NDArray[np.int16]:
        """Return the first year of each stored tie, in the order of the matrix; 0 if unknown."""
        first, second, day = self._dated_pairs()
        place = np.searchsorted(ties.nodes, np.stack([first, second]))
        earliest = _earliest(place, day, ties.n)
        rows = np.repeat(np.arange(ties.n, dtype=np.int64), ties.degree)
        columns = ties.matrix.indices.astype(np.int64)
        return earliest.of(np.minimum(rows, columns), np.maximum(rows, columns))

    def _dated_pairs(self) -> tuple[IntArray, IntArray, NDArray[np.float64]]:
        """Return both ends of every single collaboration, as numbers, and its day."""
        if not self.is_of_projects:
            first, second = self._link_ends()
            return first, second, self.gathered.start[self.inside]
        grouping = next(iter(self.gathered.groupings.values()))
        rows = self.collaborations(grouping, "full")
        counted = np.flatnonzero(self.inside & (self.gathered.size <= MAX_SIZE))
        day = self.gathered.start[counted][rows.project]
        names = self.incidence.organisations
        return names[rows.first], names[rows.second], day

    def _link_ends(self) -> tuple[IntArray, IntArray]:
        nodes = self.gathered.nodes
        return nodes[self.gathered.first[self.inside]], nodes[self.gathered.second[self.inside]]

    def _stamp(self, grouping: Grouping, weights: Weights) -> Stamp:
        name = f"{grouping.name} {CURRENT_VINTAGE}" if grouping.name == NUTS2 else grouping.name
        size = MAX_SIZE if self.is_of_projects else None
        return Stamp(group=name, window=self.window, weights=weights, max_size=size)


def slices(gathered: Gathered) -> list[Slice]:
    """Return the windows in which there is a tie; everything comes last."""
    periods = [Slice(gathered, window) for window in period_windows()]
    return [one for one in (*periods, Slice(gathered, Window())) if one.inside.any()]


@dataclass(frozen=True, slots=True)
class _Earliest:
    keys: IntArray
    years: NDArray[np.int16]
    n: int

    def of(self, low: IntArray, high: IntArray) -> NDArray[np.int16]:
        wanted = low * self.n + high
        return self.years[np.searchsorted(self.keys, wanted)]


def _earliest(place: IntArray, day: NDArray[np.float64], n: int) -> _Earliest:
    """Return the first known year of each pair of different places."""
    low, high = np.minimum(*place), np.maximum(*place)
    kept = low != high
    keys = low[kept] * n + high[kept]
    order = np.argsort(keys, kind="stable")
    unique, begins = np.unique(keys[order], return_index=True)
    days = np.where(np.isnan(day[kept]), np.inf, day[kept])[order]
    first = np.minimum.reduceat(days, begins) if len(begins) else days
    return _Earliest(unique, _years(first), n)


def _years(days: NDArray[np.float64]) -> NDArray[np.int16]:
    """Return the years of ordinals of days; 0 where there is none."""
    known = np.isfinite(days)
    epoch = np.datetime64("0001-01-01") + (np.where(known, days, 1).astype(np.int64) - 1)
    years = epoch.astype("datetime64[Y]").astype(np.int64) + 1970
    return np.where(known, years, 0).astype(np.int16)
