"""Two rounds of one file, with nothing that gives those away who answered once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

from alpclusters.analysis.consensus import Ratings
from alpclusters.analysis.conventions import K_ANONYMITY
from alpclusters.analysis.second_round import (
    Comparison,
    MeasureChange,
    compare_rounds,
    rounds_by_item,
)
from alpclusters.sources.tables import RatingTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """Names of the first and the last round, and the answers of both per criterion."""

    names: tuple[str, ...]
    first: Mapping[str, Ratings]
    last: Mapping[str, Ratings]

    @classmethod
    def of(cls, table: RatingTable) -> Self | None:
        """Return the rounds of a table; None if it has none."""
        if not table.rounds:
            return None
        return cls(names=table.rounds, first=table.first_round, last=table.last_round)

    def compared(self, standing: Ratings, criterion: str) -> Comparison:
        """Compare one criterion; figures that would betray a few people are withheld.

        The evaluation shows how everybody answered in the end. Where fewer than five of them
        have a value in one round only, figures of the paired people in the last round would tell
        what those few answered.
        """
        empty = Ratings.from_rows([], measures=standing.measure_ids)
        first, last = (one.get(criterion, empty) for one in (self.first, self.last))
        rounds = rounds_by_item(first, last)
        once = {item: len(found.unpaired[-1]) for item, found in rounds.items()}
        found = compare_rounds(first, last)
        measures = tuple(_safe(item, once.get(item.measure, 0)) for item in found.measures)
        return replace(found, measures=measures)

    def as_record(self) -> dict[str, object]:
        """Return the names, and whose answers the evaluation is of."""
        return {"names": list(self.names), "evaluated": "last_of_each_participant"}


def _safe(item: MeasureChange, once: int) -> MeasureChange:
    """Withhold what tells the answers of the paired in the last round; keep the change."""
    migration = replace(item.migration, matrix=None) if item.migration else None
    if not (0 < once < K_ANONYMITY and item.state == "shown"):
        return replace(item, migration=migration)
    return replace(
        item,
        migration=migration,
        agreement=None,
        leavers=None,
        status="limited",
        reasons=(*item.reasons, "few_rated_once"),
    )
