"""Count families and activities by outcome, split by one dimension or two."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from alpclusters.analysis.certainty import OUTCOMES, Lasting, Outcome, lasting_share
from alpclusters.platform.evidence.domain.synthesis.flat import (
    Codes,
    Dimension,
    Flags,
    Flat,
    Ints,
    SynthesisQuery,
    counting_activities,
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
            Counts(_counting_four(counted), _counting_four(inside))
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


def _counting_four(counts: list[int]) -> Four:
    lasting, transformed, ended, unknown = counts
    return lasting, transformed, ended, unknown


def _present[K](counts: Mapping[K, Counts]) -> dict[K, Counts]:
    return {key: found for key, found in counts.items() if found.n_activities}


# --- The evidence on one type of measure, for its own page ----------------------------------------


@dataclass(frozen=True, slots=True)
class TypeEvidence:
    """What became of one type of measure.

    Attributes
    ----------
    families, activities : dict of str to int
        By outcome: lasting, transformed, ended, unknown.
    n_families, n_activities : int
    lasting : Lasting
        Share of families that went on with its 90 % interval, or the reason why there is none.
    is_simulated : bool
        Whether all of it is invented.
    """

    families: dict[str, int]
    activities: dict[str, int]
    n_families: int
    n_activities: int
    lasting: Lasting
    is_simulated: bool


def evidence_of_measure_type(key: str, *, is_simulated: bool = False) -> TypeEvidence:
    """Count families and activities of a type in one world by what became of them; one query."""
    columns = ("initiative", "initiative__family", "outcome_status", "is_simulated",
               "initiative__is_simulated")  # fmt: skip
    rows = counting_activities().filter(measure_type=key).order_by("pk").values_list(*columns)
    places = {outcome.value: place for place, outcome in enumerate(OUTCOMES)}
    best: dict[int, int] = {}
    activities = [0] * len(OUTCOMES)
    for initiative, family, status, *invented in rows:
        if any(invented) != is_simulated:
            continue
        place = places.get(status, places[Outcome.UNKNOWN])
        activities[place] += 1
        key_of_family = family or initiative
        best[key_of_family] = min(place, best.get(key_of_family, place))
    families = [sum(place == k for place in best.values()) for k in range(len(OUTCOMES))]
    counts = Counts(_measure_types_four(families), _measure_types_four(activities))
    return TypeEvidence(
        families=dict(zip(places, families, strict=True)),
        activities=dict(zip(places, activities, strict=True)),
        n_families=counts.n_families,
        n_activities=counts.n_activities,
        lasting=counts.lasting,
        is_simulated=is_simulated,
    )


def _measure_types_four(counts: list[int]) -> tuple[int, int, int, int]:
    lasting, transformed, ended, unknown = counts
    return lasting, transformed, ended, unknown
