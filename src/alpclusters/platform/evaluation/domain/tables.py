"""From the rows of an AlpCafé to the arrays the analysis works on, round by round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from alpclusters.analysis.consensus import Ratings
from alpclusters.analysis.second_round import TwoRounds
from alpclusters.platform.cafe.models import AlpCafe, Criterion, Rating

FIRST: Final = 1
SECOND: Final = 2
_COLUMNS: Final = (
    "participant_id",
    "measure_id",
    "criterion_id",
    "value",
    "cannot_judge",
    "source",
    "is_late",
    "is_informed",
    "participant__region_id",
    "participant__role",
)


type Pair = tuple[int, int, int]
"""Participant, measure, criterion."""
type Block = tuple[int, int]
"""Measure, criterion."""
type Row = tuple[int, int, int, int | None]
"""Participant, measure, criterion, value."""


class _Event(NamedTuple):
    """One answer as it arrived, with the groups of the person."""

    person: int
    measure: int
    criterion: int
    value: int | None
    cannot_judge: bool
    source: str
    is_late: bool
    is_informed: bool
    region: int | None
    role: str

    @property
    def pair(self) -> Pair:
        """Whose answer to what."""
        return self.person, self.measure, self.criterion

    @property
    def is_answer(self) -> bool:
        """Say whether it is more than the withdrawal of an earlier one."""
        return self.value is not None or self.cannot_judge


@dataclass(frozen=True, slots=True)
class Way:
    """How a standing answer came in."""

    person: int
    measure: int
    criterion: int
    source: str
    is_late: bool
    is_informed: bool
    round: int = FIRST

    @property
    def pair(self) -> Pair:
        """Whose answer to what."""
        return self.person, self.measure, self.criterion


@dataclass(frozen=True, slots=True)
class RatingTable:
    """Answers of one round, or those that stand after both, in the order of arrival.

    Attributes
    ----------
    rows : tuple of Row
        None is "cannot judge". Answers that were taken back are left out.
    regions : mapping of int to int or None
        Per participant the region they chose for themselves.
    roles : mapping of int to str or None
        Per participant the stakeholder group they chose for themselves.
    ways : tuple of Way
        One per standing answer.
    """

    rows: tuple[Row, ...] = ()
    regions: Mapping[int, int | None] = field(default_factory=dict)
    roles: Mapping[int, str | None] = field(default_factory=dict)
    ways: tuple[Way, ...] = ()

    @property
    def rounds(self) -> tuple[int, ...]:
        """The rounds of which an answer stands."""
        return tuple(sorted({way.round for way in self.ways}))

    def answers(self) -> dict[Block, dict[int, float | None]]:
        """Return per measure and criterion the answer of each person."""
        found: dict[Block, dict[int, float | None]] = {}
        for person, measure, criterion, value in self.rows:
            found.setdefault((measure, criterion), {})[person] = value
        return found

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


def rating_tables(cafe: AlpCafe) -> dict[int, RatingTable]:
    """Read all answers of an AlpCafé with the groups of those who gave them, in one query.

    Returns
    -------
    dict of int to RatingTable
        Per round of rating; a round without a standing answer is left out.
    """
    rounds: dict[int, list[_Event]] = {FIRST: [], SECOND: []}
    found = Rating.objects.filter(cafe=cafe, round__in=rounds).order_by("pk")
    for number, *event in found.values_list("round", *_COLUMNS):
        rounds[number].append(_Event(*event))
    tables = {number: _table(number, events) for number, events in rounds.items()}
    return {number: table for number, table in tables.items() if table.rows}


def standing_table(tables: Mapping[int, RatingTable]) -> RatingTable:
    """Return the answers that stand: of each person the last round in which they gave one.

    All figures of an evaluation but those of the change are of these: who rated once, on paper,
    through somebody else or before leaving, counts as much as who rated twice.
    """
    first, second = (tables.get(number, RatingTable()) for number in (FIRST, SECOND))
    again = {way.pair for way in second.ways}
    return RatingTable(
        rows=(*(row for row in first.rows if row[:3] not in again), *second.rows),
        regions={**first.regions, **second.regions},
        roles={**first.roles, **second.roles},
        ways=(*(way for way in first.ways if way.pair not in again), *second.ways),
    )


def two_rounds(tables: Mapping[int, RatingTable]) -> dict[Block, TwoRounds[int]]:
    """Say of each measure on each criterion who answered what in which round."""
    first, second = (tables.get(number, RatingTable()).answers() for number in (FIRST, SECOND))
    return {
        block: TwoRounds(first.get(block, {}), second.get(block, {}))
        for block in sorted(first.keys() | second.keys())
    }


def _table(number: int, events: Sequence[_Event]) -> RatingTable:
    latest = {event.pair: event for event in events}
    # Nothing before an empty answer stands.
    standing = {pair for pair, event in latest.items() if event.is_answer}
    return RatingTable(
        rows=tuple((*e.pair, e.value) for e in events if e.is_answer and e.pair in standing),
        regions={event.person: event.region for event in events},
        roles={event.person: event.role or None for event in events},
        ways=tuple(_way(number, event) for pair, event in latest.items() if pair in standing),
    )


def _way(number: int, event: _Event) -> Way:
    return Way(*event.pair, event.source, event.is_late, event.is_informed, number)
