"""The figures of ``alpclusters network``: one record per window, with stamps and intervals."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.network import (
    Clustering,
    Cores,
    ExternalInternal,
    HiddenCells,
    Incidence,
    Integration,
    MissingPairs,
    PairTable,
    RegionTable,
    Resampled,
    Share,
    Stamp,
    Ties,
    Weights,
    Window,
    WindowRule,
    affinity,
    clustering,
    cores,
    cross_border_share,
    external_internal,
    hidden_cells,
    in_window,
    incidence,
    integration,
    missing_pairs,
    project_collaborations,
    project_ties,
    region_table,
    resample_projects,
)
from alpclusters.sources.participations import Participations

GROUP: Final = "country"
_YEARS: Final = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")
_CODE: Final = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class NetworkChoices:
    """What is counted, and how often it is drawn.

    Attributes
    ----------
    territory : tuple of str
        Codes of countries; empty takes all of the file.
    max_size : int
        Projects with more participants are left out.
    windows : tuple of Window
    draws, permutations, seed : int
    """

    territory: tuple[str, ...]
    max_size: int
    windows: tuple[Window, ...]
    draws: int
    permutations: int
    seed: int


@dataclass(frozen=True, slots=True)
class WindowFigures:
    """Everything that is told about one window.

    Shares, E-I, clustering and cores are counted from binary ties; T, affinity and missing pairs
    from fractional ones.
    """

    window: Window
    n_projects: int
    n_joint_projects: int
    binary: Stamp
    fractional: Stamp
    table: RegionTable
    hidden: HiddenCells
    share: Share
    index: ExternalInternal
    integration: Integration
    clustering: Clustering
    cores: Cores
    margins: PairTable
    pairs: PairTable
    missing: MissingPairs


@dataclass(frozen=True, slots=True)
class Territory:
    """The participations of the organisations of some countries.

    Attributes
    ----------
    found : Incidence
    size : ndarray of shape (n_projects,), int64
        All participants, also those from elsewhere.
    start, end : ndarray of shape (n_projects,), float64
    group : ndarray of shape (n_organisations,), int64
    codes : tuple of str
    unseen : tuple of str
        Codes of the territory that nobody has.
    """

    found: Incidence
    size: NDArray[np.int64]
    start: NDArray[np.float64]
    end: NDArray[np.float64]
    group: NDArray[np.int64]
    codes: tuple[str, ...]
    unseen: tuple[str, ...]


def parse_territory(text: str | None) -> tuple[str, ...]:
    """Read codes of countries separated by commas.

    Raises
    ------
    AnalysisError
        One is not two letters.
    """
    codes = [code.strip().upper() for code in (text or "").split(",") if code.strip()]
    for code in codes:
        if not _CODE.fullmatch(code):
            wrong = "participations.not_a_country"
            where = Where(argument="--territory")
            raise AnalysisError(wrong, where=where, found=code, expected="AT, CH, DE")
    return tuple(dict.fromkeys(codes))


def parse_window(text: str, rule: WindowRule) -> Window:
    """Read years, both included: 2014-2016, or one year.

    Raises
    ------
    AnalysisError
        Neither, or they run backwards.
    """
    years = _YEARS.fullmatch(text.strip())
    first, last = (int(year or 0) for year in (years.groups() if years else ("0", "0")))
    last = last or first
    if not date.min.year <= first <= last < date.max.year:
        code = "network.not_a_window"
        raise AnalysisError(code, where=Where(argument="--window"), found=text)
    start, end = date(first, 1, 1).toordinal(), date(last + 1, 1, 1).toordinal()
    return Window(name=text.strip(), start=start, end=end, rule=rule)


def choose_territory(read: Participations, codes: Sequence[str]) -> Territory:
    """Keep the organisations of some countries; all of them, and the unknown, without codes."""
    wanted = tuple(codes) or read.countries
    place = {code: number for number, code in enumerate(wanted)}
    group_of = np.array([place.get(code, -1) for code in read.countries] + [-1], dtype=np.int64)
    group = group_of[read.country]
    inside = group >= 0 if codes else np.ones(len(group), bool)
    rows = inside[np.searchsorted(read.organisations, read.organisation)]
    found = incidence(read.organisation[rows], read.project[rows])
    project = np.searchsorted(read.projects, found.projects)
    return Territory(
        found=found,
        size=read.size[project],
        start=read.start[project],
        end=read.end[project],
        group=group[np.searchsorted(read.organisations, found.organisations)],
        codes=wanted,
        unseen=tuple(code for code in wanted if code not in read.countries),
    )


def window_figures(territory: Territory, window: Window, choices: NetworkChoices) -> WindowFigures:
    """Count one window."""
    counted = _Counted(territory, window, choices)
    binary, fractional = counted.ties("binary"), counted.ties("fractional")
    share, index = _closure(counted, binary)
    drawn = counted.drawn("fractional")
    inside = territory.found.size[counted.taken]
    return WindowFigures(
        window=window,
        n_projects=int(counted.taken.sum()),
        n_joint_projects=int((inside > 1).sum()),
        binary=binary.stamp,
        fractional=fractional.stamp,
        table=region_table(binary),
        hidden=hidden_cells(binary),
        share=share,
        index=index,
        integration=integration(fractional, resampled=drawn),
        clustering=clustering(binary),
        cores=cores(binary, largest_project=int(inside.max(initial=0))),
        margins=affinity(fractional),
        pairs=affinity(fractional, null="cross", resampled=drawn),
        missing=missing_pairs(fractional, drawn),
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    territory: Territory
    window: Window
    choices: NetworkChoices

    @property
    def keep(self) -> NDArray[np.bool_]:
        return in_window(self.territory.start, self.territory.end, self.window)

    @property
    def taken(self) -> NDArray[np.bool_]:
        """Projects of the window that are not too large."""
        return self.keep & (self.territory.size <= self.choices.max_size)

    @property
    def stamp(self) -> Stamp:
        dates = self.territory.start + (
            self.territory.end if self.window.rule == "active" else np.zeros(1)
        )
        undated = 0 if self.window.rule == "all" else int(np.isnan(dates).sum())
        return Stamp(group=GROUP, window=self.window, n_undated_projects=undated)

    def ties(self, weights: Weights) -> Ties:
        where = self.territory
        return project_ties(
            where.found,
            where.size,
            where.group,
            where.codes,
            weights=weights,
            max_size=self.choices.max_size,
            keep=self.keep,
            stamp=self.stamp,
        )

    def drawn(self, weights: Weights) -> Resampled:
        where = self.territory
        rows = project_collaborations(
            where.found,
            where.size,
            where.group,
            where.codes,
            weights=weights,
            max_size=self.choices.max_size,
            keep=self.keep,
            stamp=replace(self.stamp, n_undated_projects=0),
        )
        return resample_projects(rows, draws=self.choices.draws, seed=self.choices.seed)


def _closure(counted: _Counted, ties: Ties) -> tuple[Share, ExternalInternal]:
    """Return share and E-I; the draws they need are gone before others are made."""
    drawn, choices = counted.drawn("binary"), counted.choices
    index = external_internal(
        ties, permutations=choices.permutations, seed=choices.seed, resampled=drawn
    )
    return cross_border_share(ties, resampled=drawn), index
