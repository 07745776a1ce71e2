"""Count families and activities by outcome, split by one dimension or two."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from alpclusters.analysis.certainty import OUTCOMES, Lasting, lasting_share
from alpclusters.platform.evidence.domain.synthesis.columns import Codes, Flags, Ints
from alpclusters.platform.evidence.domain.synthesis.flat import Flat
from alpclusters.platform.evidence.domain.synthesis.queries import (
    Dimension,
    SynthesisQuery,
)

_N: int = len(OUTCOMES)
_LAST_ALIVE = 1  # places 0 and 1 of OUTCOMES: lasting, transformed
_UNKNOWN = _N - 1
# Up to here a table of all cells and families is small; beyond, only what occurs is kept.
_LARGE = 8_000_000

type Four = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Counts:
    """Families, and activities, by outcome in the order of `OUTCOMES`."""

    families: Four = (0, 0, 0, 0)
    activities: Four = (0, 0, 0, 0)

    @property
    def n_families(self) -> int:
        """All families."""
        return sum(self.families)

    @property
    def n_activities(self) -> int:
        """All activities."""
        return sum(self.activities)

    @property
    def lasting(self) -> Lasting:
        """The share that went on, with its interval."""
        return _lasting(self.families)


@lru_cache(maxsize=4096)
def _lasting(families: Four) -> Lasting:
    return lasting_share(dict(zip(OUTCOMES, families, strict=True)))


@dataclass(frozen=True, slots=True)
class Selection:
    """The activities of a question, and their outcome at its horizon."""

    flat: Flat
    kept: Flags
    outcome: Ints

    @classmethod
    def of(cls, flat: Flat, query: SynthesisQuery) -> "Selection":
        """Choose by the filters of a question."""
        kept = flat.is_simulated == query.is_simulated
        for dimension, value in query.chosen.items():
            kept &= flat.by[dimension].has(value, flat.n_rows)
        is_young = (flat.outcome <= _LAST_ALIVE) & (flat.months < query.months)
        outcome = np.where(is_young & (query.months > 0), _UNKNOWN, flat.outcome)
        return cls(flat, kept, outcome)

    @property
    def n_activities(self) -> int:
        """How many activities are chosen."""
        return int(self.kept.sum())

    def values(self, dimension: Dimension) -> set[str]:
        """Return the values of a dimension that occur."""
        codes = self.flat.by[dimension].among(self.kept)
        occurs = np.bincount(codes.codes, minlength=len(codes.labels)) > 0
        return {label for label, is_there in zip(codes.labels, occurs, strict=True) if is_there}

    def went_on(self) -> "Selection":
        """Keep what is known to have gone on."""
        return Selection(self.flat, self.kept & (self.outcome <= _LAST_ALIVE), self.outcome)

    def total(self) -> Counts:
        """Count everything once."""
        rows = np.flatnonzero(self.kept)
        return self._counted(rows, np.zeros(rows.size, dtype=np.int64), 1)[0]

    def by(self, dimension: Dimension) -> dict[str, Counts]:
        """Count by one dimension; a family counts once in each value it has."""
        codes = self.flat.by[dimension].among(self.kept)
        counted = self._counted(codes.rows, codes.codes, len(codes.labels))
        return _present(dict(zip(codes.labels, counted, strict=True)))

    def by_two(self, rows: Dimension, columns: Dimension) -> dict[tuple[str, str], Counts]:
        """Count by two dimensions; ``rows`` has one value per activity."""
        first = self.flat.by[rows]
        second = self.flat.by[columns].among(self.kept)
        n_columns = len(second.labels)
        cells = _of_each(first)[second.rows] * n_columns + second.codes
        counted = self._counted(second.rows, cells, len(first.labels) * n_columns)
        keys = ((a, b) for a in first.labels for b in second.labels)
        return _present(dict(zip(keys, counted, strict=True)))

    def n_by_partners(self) -> int:
        """How many activities stand where their partners are."""
        return int((self.kept & ~self.flat.has_own_place).sum())

    def _counted(self, rows: Ints, cells: Ints, n_cells: int) -> list[Counts]:
        """Count in each cell: every activity, and every family at its best outcome."""
        outcome = self.outcome[rows]
        pairs = cells * self.flat.n_families + self.flat.family[rows]
        activities = np.bincount(cells * _N + outcome, minlength=n_cells * _N)
        found, best = _best(pairs, outcome, n_cells * self.flat.n_families)
        of_cell = found // max(self.flat.n_families, 1)
        families = np.bincount(of_cell * _N + best, minlength=n_cells * _N)
        return [
            Counts(_four(counted), _four(inside))
            for counted, inside in zip(_rows(families), _rows(activities), strict=True)
        ]


def _best(pairs: Ints, outcome: Ints, n_pairs: int) -> tuple[Ints, Ints]:
    """Return the pairs of cell and family that occur, each with its best outcome."""
    if n_pairs > _LARGE:
        keys = np.unique(pairs * _N + outcome)
        # Sorted: the first of a pair is its best outcome.
        is_first = np.ones(keys.size, dtype=bool)
        is_first[1:] = keys[1:] // _N != keys[:-1] // _N
        return keys[is_first] // _N, keys[is_first] % _N
    best = np.full(n_pairs, _N, dtype=np.int8)
    for place in range(_N - 1, -1, -1):
        best[pairs[outcome == place]] = place
    found = np.flatnonzero(best < _N)
    return found, best[found].astype(np.int64)


def _rows(counts: Ints) -> list[list[int]]:
    rows: list[list[int]] = counts.reshape(-1, _N).tolist()
    return rows


def _of_each(codes: Codes) -> Ints:
    """Return the value of each row of a column that has one per row."""
    return codes.codes


def _four(counts: list[int]) -> Four:
    lasting, transformed, ended, unknown = counts
    return lasting, transformed, ended, unknown


def _present[K](counts: Mapping[K, Counts]) -> dict[K, Counts]:
    return {key: found for key, found in counts.items() if found.n_activities}
