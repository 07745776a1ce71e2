"""Count what was read into ties, window by window."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
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
from alpclusters.platform.network.domain.measuring.reading import Gathered, Grouping
from alpclusters.platform.network.domain.measuring.scopes import NUTS2, Basis, period_windows
from alpclusters.platform.territory.models import CURRENT_VINTAGE

IntArray = NDArray[np.int64]


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
