"""From the rows of an AlpCafé to the arrays the analysis works on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alpclusters.analysis.consensus import Ratings
from alpclusters.platform.cafe.models import AlpCafe, Criterion, Rating

type Pair = tuple[int, int, int]
"""Participant, measure, criterion."""


@dataclass(frozen=True, slots=True)
class RatingTable:
    """All answers of an AlpCafé, in the order in which they arrived.

    Attributes
    ----------
    rows : tuple of (participant, measure, criterion, value or None)
        None is "cannot judge". Answers that were taken back are left out.
    regions : mapping of int to int or None
        Per participant the region they chose for themselves.
    roles : mapping of int to str or None
        Per participant the stakeholder group they chose for themselves.
    """

    rows: tuple[tuple[int, int, int, int | None], ...]
    regions: Mapping[int, int | None]
    roles: Mapping[int, str | None]

    def ratings(self, criterion: int, measures: Sequence[int]) -> Ratings:
        """Return the standing answers on one criterion to the measures on the table."""
        wanted = set(measures)
        rows = [row for row in self.rows if row[2] == criterion and row[1] in wanted]
        return Ratings.from_arrays(
            [row[0] for row in rows],
            [row[1] for row in rows],
            [row[3] or 0 for row in rows],
            cannot=[row[3] is None for row in rows],
            at=list(range(len(rows))),
            scale=Criterion.SCALE,
            measures=list(measures),
        )


def rating_table(cafe: AlpCafe) -> RatingTable:
    """Read all answers of an AlpCafé with the groups of those who gave them, in one query."""
    found = (
        Rating.objects.filter(cafe=cafe)
        .order_by("pk")
        .values_list(
            "participant_id",
            "measure_id",
            "criterion_id",
            "value",
            "cannot_judge",
            "participant__region_id",
            "participant__role",
        )
    )
    events = list(found)
    return RatingTable(
        rows=tuple(_standing([event[:5] for event in events])),
        regions={event[0]: event[5] for event in events},
        roles={event[0]: event[6] or None for event in events},
    )


def _standing(
    events: Sequence[tuple[int, int, int, int | None, bool]],
) -> list[tuple[int, int, int, int | None]]:
    """Drop the answers a person took back: nothing before the empty answer stands."""
    latest: dict[Pair, bool] = {}
    for person, measure, criterion, value, cannot in events:
        latest[person, measure, criterion] = value is None and not cannot
    return [
        (person, measure, criterion, value)
        for person, measure, criterion, value, cannot in events
        if (value is not None or cannot) and not latest[person, measure, criterion]
    ]
