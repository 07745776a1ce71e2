"""From the rows of an AlpCafé to the arrays the analysis works on, round by round."""

import hmac
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, NamedTuple, Self

from django.utils.crypto import salted_hmac

from alpclusters.analysis.consensus import Ratings
from alpclusters.analysis.conventions import SMALLEST_GROUP
from alpclusters.analysis.scales import Scale
from alpclusters.analysis.second_round import TwoRounds
from alpclusters.platform.cafe.models import AlpCafe, Criterion, Rating

# --- Draws of chance in what is published that nobody outside can repeat --------------------------
#
# Pairs that are set aside and answers that change places are drawn by chance: who could draw again
# would know which. So the draw hangs on the secret key of the installation, and on nothing that
# changes: the same on every page and file, before the seal and after it.


_PURPOSE: Final = "evaluation.chance"
_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Chance:
    """Where the draws of one AlpCafé come from."""

    secret: bytes = field(repr=False)

    def seed(self, purpose: str, *of: object) -> int:
        """Return a number for one draw; the same purpose and things give the same.

        Examples
        --------
        >>> Chance(b"a").seed("aside", 1, 2) == Chance(b"a").seed("aside", 1, 2)
        True
        >>> Chance(b"a").seed("aside", 1, 2) == Chance(b"b").seed("aside", 1, 2)
        False
        """
        named = ":".join([purpose, *map(str, of)])
        digest = hmac.new(self.secret, named.encode(), "sha256").digest()
        return int.from_bytes(digest[:_BYTES])


PUBLIC: Final = Chance(b"")
"""Everybody can repeat it: for answers that nobody gave."""


def chance_of(cafe: AlpCafe) -> Chance:
    """Return the draws of an AlpCafé.

    Simulated people have nothing to hide, and the demonstration is the same everywhere.
    """
    if cafe.project.is_simulated:
        return PUBLIC
    return Chance(salted_hmac(_PURPOSE, str(cafe.pk), algorithm="sha256").digest())


# --- From the rows of an AlpCafé to the arrays the analysis works on, round by round --------------


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
    "received_at",
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
    received_at: datetime
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
    chance : Chance
        Draws that nobody outside can repeat.
    scales : mapping of int to Scale
        Per criterion.
    """

    rows: tuple[Row, ...] = ()
    regions: Mapping[int, int | None] = field(default_factory=dict)
    roles: Mapping[int, str | None] = field(default_factory=dict)
    ways: tuple[Way, ...] = ()
    chance: Chance = PUBLIC
    scales: Mapping[int, Scale] = field(default_factory=dict)

    @property
    def rounds(self) -> tuple[int, ...]:
        """The rounds of which an answer stands."""
        return tuple(sorted({way.round for way in self.ways}))

    def of(self, people: frozenset[int]) -> Self:
        """Return the answers of these people."""
        return type(self)(
            rows=tuple(row for row in self.rows if row[0] in people),
            regions={who: one for who, one in self.regions.items() if who in people},
            roles={who: one for who, one in self.roles.items() if who in people},
            ways=tuple(way for way in self.ways if way.person in people),
            chance=self.chance,
            scales=self.scales,
        )

    def about(self, questions: AbstractSet[Block]) -> Self:
        """Return the answers to these questions."""
        return replace(self, rows=tuple(row for row in self.rows if row[1:3] in questions))

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
            scale=self.scales[criterion].steps,
            measures=list(measures),
        )


type Tables = Mapping[int, RatingTable]
"""Answers per round of rating; a round without any is left out."""


@dataclass(frozen=True, slots=True)
class Journal:
    """Every answer of an AlpCafé as it arrived.

    Attributes
    ----------
    rounds : mapping of int to tuple of answers
        Per round of rating in the order of arrival.
    chance : Chance
        Draws that nobody outside can repeat.
    scales : mapping of int to Scale
        Per criterion on the sheet.
    """

    rounds: Mapping[int, tuple[_Event, ...]]
    chance: Chance = PUBLIC
    scales: Mapping[int, Scale] = field(default_factory=dict)

    @property
    def has_few_late(self) -> bool:
        """Say whether one to nine people gave a first answer after results were shown.

        Figures with and without them beside each other would show what they answered. As
        `cafe.domain.standing.counted_ratings`, on rows that were read already.
        """
        return _are_few(event for event in self.rounds[FIRST] if event.is_informed)

    @property
    def has_few_again(self) -> bool:
        """Say whether one to nine people answered a second time: the same holds of them."""
        return _are_few(self.rounds[SECOND])

    def counted(self) -> Tables:
        """Return the answers that count: few late ones of the first round, few second ones do not.

        Both count from ten people on.
        """
        left_out = {FIRST: self.has_few_late, SECOND: self.has_few_again}
        tables = {
            number: _table(
                number,
                [
                    event
                    for event in events
                    if not (left_out[number] and (number == SECOND or event.is_informed))
                ],
                self,
            )
            for number, events in self.rounds.items()
        }
        return {number: table for number, table in tables.items() if table.rows}

    def in_time(self) -> Self:
        """Return it without answers of the first round given after results were shown."""
        return self._only(lambda number, event: number != FIRST or not event.is_informed)

    def first(self) -> Self:
        """Return the first round alone."""
        return self._only(lambda number, _event: number == FIRST)

    def until(self, moment: datetime) -> Self:
        """Return what had come by a moment."""
        return self._only(lambda _number, event: event.received_at <= moment)

    def _only(self, wanted: Callable[[int, _Event], bool]) -> Self:
        kept = {n: tuple(e for e in events if wanted(n, e)) for n, events in self.rounds.items()}
        return replace(self, rounds=kept)


def _are_few(events: Iterable[_Event]) -> bool:
    return 0 < len({event.person for event in events}) < SMALLEST_GROUP


def read_journal(cafe: AlpCafe) -> Journal:
    """Read all answers of an AlpCafé with the groups of those who gave them, in two queries."""
    rounds: dict[int, list[_Event]] = {FIRST: [], SECOND: []}
    found = Rating.objects.filter(cafe=cafe, round__in=rounds).order_by("pk")
    for number, *event in found.values_list("round", *_COLUMNS):
        rounds[number].append(_Event(*event))
    events = {number: tuple(own) for number, own in rounds.items()}
    asked = Criterion.objects.filter(cafe_criteria__cafe=cafe)
    return Journal(events, chance_of(cafe), dict(asked.values_list("pk", "scale")))


def rating_tables(cafe: AlpCafe) -> Tables:
    """Return the answers that count, per round of rating; a round without one is left out."""
    return read_journal(cafe).counted()


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
        chance=first.chance if first.rows else second.chance,
        scales={**first.scales, **second.scales},
    )


def two_rounds(tables: Mapping[int, RatingTable]) -> dict[Block, TwoRounds[int]]:
    """Say of each measure on each criterion who answered what in which round."""
    first, second = (tables.get(number, RatingTable()).answers() for number in (FIRST, SECOND))
    return {
        block: TwoRounds(first.get(block, {}), second.get(block, {}))
        for block in sorted(first.keys() | second.keys())
    }


def _table(number: int, events: Sequence[_Event], journal: Journal) -> RatingTable:
    latest = {event.pair: event for event in events}
    # Nothing before an empty answer stands.
    standing = {pair for pair, event in latest.items() if event.is_answer}
    return RatingTable(
        rows=tuple((*e.pair, e.value) for e in events if e.is_answer and e.pair in standing),
        regions={event.person: event.region for event in events},
        roles={event.person: event.role or None for event in events},
        ways=tuple(_way(number, event) for pair, event in latest.items() if pair in standing),
        chance=journal.chance,
        scales=journal.scales,
    )


def _way(number: int, event: _Event) -> Way:
    return Way(*event.pair, event.source, event.is_late, event.is_informed, number)
