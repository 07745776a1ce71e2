"""The test graph of the network methods and the real participations of the Alpine countries."""

from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from alpclusters.analysis.network import (
    Stamp,
    Window,
    in_window,
    incidence,
    make_ties,
    project_collaborations,
    project_ties,
)
from alpclusters.sources.participations import read_participations

# 12 nodes, 15 ties; node 9 has none.
TIES = [
    (0, 1, 2), (0, 2, 1), (1, 2, 1), (1, 6, 1), (2, 3, 1), (3, 4, 3), (3, 5, 1), (4, 5, 1),
    (4, 8, 1), (5, 6, 1), (6, 7, 2), (6, 8, 1), (7, 8, 1), (0, 10, 1), (8, 11, 1),
]  # fmt: skip
GROUPS = [0, 0, 0, 1, 1, 1, 2, 2, 3, 3, 0, 1]
NAMES = ("AT", "DE", "IT", "SI")

ALPINE = ("AT", "CH", "DE", "FR", "IT", "LI", "SI")
YEARS = ((2014, 2016), (2017, 2019))


def matrix_of(ties, n):
    """A symmetric matrix from rows (i, j, weight)."""
    rows = np.array(ties, dtype=float).reshape(-1, 3)
    first, second = rows[:, 0].astype(int), rows[:, 1].astype(int)
    ends = np.concatenate([first, second]), np.concatenate([second, first])
    return csr_array((np.concatenate([rows[:, 2], rows[:, 2]]), ends), shape=(n, n))


def graph(*, weights="full", ties=TIES, groups=GROUPS, names=NAMES):
    """The test graph, or another one."""
    matrix = matrix_of(ties, len(groups))
    if weights == "binary":
        matrix.data[:] = 1
    stamp = Stamp(group="country", weights=weights)
    return make_ties(matrix, range(len(groups)), groups, names, stamp=stamp)


def years(first, last):
    """A window of whole years by start."""
    start, end = date(first, 1, 1).toordinal(), date(last + 1, 1, 1).toordinal()
    return Window(name=f"{first}-{last}", start=start, end=end, rule="started")


class Alpine:
    """Participations of organisations of the seven Alpine countries."""

    def __init__(self, shared: Path):
        read = read_participations(shared / "data/network/h2020_participations.csv.gz")
        inside = np.array([code in ALPINE for code in read.countries])
        country = read.country[np.searchsorted(read.organisations, read.organisation)]
        rows = inside[country]
        self.found = incidence(read.organisation[rows], read.project[rows])
        place = np.searchsorted(read.projects, self.found.projects)
        self.size, self.start, self.end = read.size[place], read.start[place], read.end[place]
        codes = read.country[np.searchsorted(read.organisations, self.found.organisations)]
        self.group = np.array([ALPINE.index(read.countries[code]) for code in codes])

    def _arguments(self, window, weights, max_size):
        keep = in_window(self.start, self.end, window)
        options = {"weights": weights, "keep": keep, "max_size": max_size}
        options["stamp"] = Stamp(group="country", window=window)
        return (self.found, self.size, self.group, ALPINE), options

    def ties(self, first, last, weights="binary", max_size=100):
        arguments, options = self._arguments(years(first, last), weights, max_size)
        return project_ties(*arguments, **options)

    def collaborations(self, first, last, weights="binary", max_size=100):
        arguments, options = self._arguments(years(first, last), weights, max_size)
        return project_collaborations(*arguments, **options)

    def n_projects(self, first, last):
        """Projects of a window with one participant of the territory, and with two."""
        keep = in_window(self.start, self.end, years(first, last)) & (self.size <= 100)
        inside = self.found.size[keep]
        return int((inside >= 1).sum()), int((inside >= 2).sum())


@lru_cache(maxsize=1)
def alpine(shared: Path) -> Alpine:
    """Read once for all tests."""
    return Alpine(shared)
