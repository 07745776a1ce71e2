"""What a facilitator has to know while the hall is full: counts, and of people exceptions only.

Numbers of the room, never of measures: how often a measure was rated is a result.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from alpclusters.platform.cafe.domain.counts import Counts, count_cafe
from alpclusters.platform.cafe.domain.offers import Offer, offers
from alpclusters.platform.cafe.domain.seats import SEATED_PHASES, interpreters_of, late_phones
from alpclusters.platform.cafe.models import AlpCafe, Card, Seat, SimilarCards, Table

SMALL_BELOW: Final = 3
"""A table with fewer people does not talk well."""


@dataclass(frozen=True, slots=True)
class TableLine:
    """A table in the round that is on.

    Attributes
    ----------
    table : Table
    expected : int
        Guests who should sit or do sit there; those who left are none.
    here : int
    """

    table: Table
    expected: int
    here: int

    @property
    def is_small(self) -> bool:
        """Say whether too few people sit there."""
        return self.expected < SMALL_BELOW

    @property
    def seats(self) -> Sequence[bool]:
        """One entry for each seat: taken, or still empty."""
        return [place < self.here for place in range(self.expected)]


@dataclass(frozen=True, slots=True)
class Missing:
    """A guest whom nobody has seen at the table."""

    guest: int
    guest_number: int
    table_number: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The room at one moment.

    Attributes
    ----------
    counts : Counts
        People and answers of the whole room.
    tables : tuple of TableLine
    missing : tuple of Missing
    here, late, waiting : int
        Guests seen at their table; guests who came after the plan was made; phones that have no
        place in the plan yet.
    interpreters : mapping of str to list of int
        Tables that need an interpreter of a language, in this round.
    cards, proposals : int
        Cards that are not hidden, and pairs that may say the same.
    offers : tuple of Offer
        Blocks of results.
    """

    counts: Counts
    tables: tuple[TableLine, ...]
    missing: tuple[Missing, ...]
    here: int
    late: int
    waiting: int
    interpreters: Mapping[str, list[int]]
    cards: int
    proposals: int
    offers: tuple[Offer, ...]

    @property
    def expected(self) -> int:
        """How many guests should sit in this round."""
        return sum(line.expected for line in self.tables)

    @property
    def small(self) -> list[TableLine]:
        """The tables with too few people, in a round in which people sit."""
        return [line for line in self.tables if line.is_small] if self.expected else []

    @property
    def without_host(self) -> list[Table]:
        """The tables for which no host is named."""
        return [line.table for line in self.tables if not line.table.host_name]


def overview_of(cafe: AlpCafe, now: datetime) -> Overview:
    """Read the room; a dozen queries at most."""
    seats = _seats(cafe)
    is_seated = cafe.phase in SEATED_PHASES
    proposed = SimilarCards.objects.filter(cafe=cafe, state=SimilarCards.State.PROPOSED)
    return Overview(
        counts=count_cafe(cafe),
        tables=tuple(
            _line(table, seats)
            for table in cafe.tables.filter(is_open=True).select_related("measure")
        ),
        missing=tuple(_missing(seats)),
        here=sum(1 for seat in seats if seat.state in Seat.ARRIVED),
        late=cafe.guests.filter(is_spare=True, participant__isnull=False).count(),
        waiting=len(late_phones(cafe)) if is_seated else 0,
        interpreters=interpreters_of(cafe, cafe.round_index) if is_seated else {},
        cards=cafe.cards.exclude(state=Card.State.HIDDEN).count(),
        proposals=proposed.count(),
        offers=tuple(offers(cafe, now)),
    )


def numbers_of(cafe: AlpCafe) -> dict[str, int]:
    """Return the numbers that change while people rate, for a screen without a stream."""
    counts = count_cafe(cafe)
    return {
        "participants": counts.n_participants,
        "rating": counts.n_rating,
        "finished": counts.n_finished,
        "received": counts.n_received,
        "expected": counts.n_expected,
        "cards": cafe.cards.count(),
    }


def _seats(cafe: AlpCafe) -> list[Any]:
    if cafe.phase not in SEATED_PHASES:
        return []
    seats = Seat.objects.filter(guest__cafe=cafe, round_index=cafe.round_index)
    return list(seats.select_related("guest", "table"))


def _line(table: Table, seats: Sequence[Any]) -> TableLine:
    own = [seat for seat in seats if seat.table_id == table.pk]
    there = [seat for seat in own if seat.state != Seat.State.ABSENT]
    return TableLine(table, len(there), sum(1 for seat in own if seat.state in Seat.ARRIVED))


def _missing(seats: Sequence[Any]) -> list[Missing]:
    return [
        Missing(seat.guest_id, seat.guest.number, seat.table.number)
        for seat in seats
        if seat.state == Seat.State.EXPECTED
    ]
