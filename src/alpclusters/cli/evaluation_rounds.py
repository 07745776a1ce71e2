"""The last round against the first, with nothing that gives those away who came later."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from alpclusters.analysis.consensus import Ratings
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.conventions import K_ANONYMITY
from alpclusters.analysis.second_round import Comparison, MeasureChange, compare_rounds
from alpclusters.sources.tables import RatingTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """Names of the first and the last round, and the answers of the first per criterion."""

    names: tuple[str, ...]
    first: Mapping[str, Ratings]

    @classmethod
    def of(cls, table: RatingTable) -> Self | None:
        """Return the rounds of a table; None if it has none."""
        return cls(names=table.rounds, first=table.first_round) if table.rounds else None

    def compared(self, last: Ratings, criterion: str) -> Comparison:
        """Compare one criterion; figures that would betray a few people are withheld.

        The evaluation shows how everybody answered in the last round. Where fewer than five of
        them have no value in the first, figures of the paired people in the last round would
        tell what those few answered.
        """
        empty = Ratings.from_rows([], measures=last.measure_ids)
        first = self.first.get(criterion, empty)
        found = compare_rounds(first, last)
        joined = _joined(first, last)
        measures = tuple(_safe(item, joined.get(item.measure, 0)) for item in found.measures)
        return replace(found, measures=measures)

    def as_record(self) -> dict[str, object]:
        """Return the names, and which round the evaluation is of."""
        return {"names": list(self.names), "evaluated": self.names[-1]}


def _judged(ratings: Ratings) -> set[tuple[Id, Id]]:
    pairs = zip(ratings.rater.tolist(), ratings.measure.tolist(), strict=True)
    return {(ratings.rater_ids[who], ratings.measure_ids[what]) for who, what in pairs}


def _joined(first: Ratings, last: Ratings) -> dict[Id, int]:
    """Count per item who has a value in the last round only."""
    found: dict[Id, int] = {}
    for _, item in _judged(last) - _judged(first):
        found[item] = found.get(item, 0) + 1
    return found


def _safe(item: MeasureChange, joined: int) -> MeasureChange:
    """Withhold what tells the answers of the paired in the last round; keep the change."""
    migration = replace(item.migration, matrix=None) if item.migration else None
    if not (0 < joined < K_ANONYMITY and item.state == "shown"):
        return replace(item, migration=migration)
    return replace(
        item,
        migration=migration,
        agreement=None,
        leavers=None,
        status="limited",
        reasons=(*item.reasons, "few_joined"),
    )
