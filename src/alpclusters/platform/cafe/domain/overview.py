"""What a facilitator has to know while the hall is full: counts, and of people exceptions only.

Numbers of the room, never of measures: how often a measure was rated is a result.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from alpclusters.analysis.conventions import K_ANONYMITY
from alpclusters.platform.cafe.domain.answers import Counts, count_cafe, standing_ratings
from alpclusters.platform.cafe.domain.cards import table_of
from alpclusters.platform.cafe.domain.commands import Change, Line, Order, State, lines_of, register
from alpclusters.platform.cafe.domain.seats import SEATED_PHASES, interpreters_of, late_phones
from alpclusters.platform.cafe.domain.top_threes import count_choosers
from alpclusters.platform.cafe.models import AlpCafe, Block, Card, Phase, Seat, SimilarCards, Table

# --- A host calls for help: an entry of the log that holds until somebody has come ----------------
#
# ``call_for_help`` changes nothing but the log; undoing it says that help has come.


COMMAND = "call_for_help"


def call_for_help(order: Order) -> Change:
    """Tell the facilitators that a table needs them."""
    table = table_of(order)
    number = table.number if table else 0
    return Change({"called": False}, {"called": True, "table": number}, [f"help:{number}"])


def open_calls(cafe: AlpCafe) -> list[Line]:
    """Return the calls nobody has answered yet, newest first; ``entry.by_table`` is the table."""
    return open_among(lines_of(cafe))


def open_among(lines: Iterable[Line]) -> list[Line]:
    """Return the calls among the commands of an AlpCafé that nobody has answered yet."""
    return [line for line in lines if line.entry.command == COMMAND and line.holds]


def is_called(cafe: AlpCafe, table: int) -> bool:
    """Say whether a table waits for help."""
    return any(line.entry.by_table == table for line in open_calls(cafe))


def _nothing(cafe: AlpCafe, before: State, after: State, now: datetime) -> None:
    del cafe, before, after, now


register(COMMAND, call_for_help, _nothing, is_strict=False)


# --- Which blocks of results can be shown in the hall, and how many people stand behind each ------
#
# Nothing here is a figure about what people said: those are computed, released and taken back by
# the evaluation, which knows this app.


# From the first results on; without a hall people rate until the close.
RELEASE_PHASES: Final = frozenset(
    {Phase.RESULTS, Phase.RATING_2, Phase.RESULTS_2, Phase.FEEDBACK, Phase.CLOSED}
)
SECOND_PHASES: Final = frozenset({Phase.RESULTS_2, Phase.FEEDBACK, Phase.CLOSED})


@dataclass(frozen=True, slots=True)
class Headline:
    """How many people stand behind the blocks: totals of the room, which may be known."""

    rated: int
    rated_again: int
    top_three: int
    commented: int

    def of(self, block: str) -> int:
        """Return the people behind a block."""
        own = {
            Block.TOP_THREE: self.top_three,
            Block.COMMENTS: self.commented,
            Block.CHANGE: self.rated_again,
        }
        return own.get(Block(block), self.rated)


def headline_of(cafe: AlpCafe) -> Headline:
    """Count the people behind the blocks in four queries."""
    first, second = (_people(cafe, number) for number in (1, 2))
    return Headline(
        rated=len(first | second),
        rated_again=len(first & second),
        top_three=count_choosers(cafe),
        commented=cafe.comments.values("participant_id").distinct().count(),
    )


def _people(cafe: AlpCafe, number: int) -> set[int]:
    ratings = standing_ratings(cafe, number).order_by()
    return set(ratings.values_list("participant_id", flat=True))


@dataclass(frozen=True, slots=True)
class Offer:
    """A block as the facilitator finds it in the list.

    Attributes
    ----------
    block : Block
    is_visible : bool
    n : int
        People behind it; no figure about what they said.
    reason : str
        Why it cannot be released now: ``""``, ``too_few`` or ``not_yet``.
    """

    block: Block
    is_visible: bool
    n: int
    reason: str


def offers(cafe: AlpCafe, now: datetime) -> list[Offer]:
    """List the blocks this AlpCafé has, with the people behind each."""
    visible = set(visible_blocks(cafe, now))
    people = headline_of(cafe)
    return [
        Offer(block, block in visible, n, refusal_of(cafe, block, n))
        for block in blocks_of(cafe)
        for n in [people.of(block)]
    ]


def blocks_of(cafe: AlpCafe) -> list[Block]:
    """Return the blocks that the sheet of this AlpCafé can fill."""
    if cafe.in_hall and cafe.round != AlpCafe.Round.MEASURES:
        return []
    absent = {
        Block.TOP_THREE: not (cafe.has_top_three and cafe.in_hall),
        Block.CLOUD: not (cafe.cloud_x_id and cafe.cloud_y_id),
        Block.CHANGE: not (cafe.has_second_rating and cafe.in_hall),
    }
    return [block for block in Block if not absent.get(block, False)]


def visible_blocks(cafe: AlpCafe, now: datetime) -> list[str]:
    """Return the blocks everybody in the hall may see at this moment, in their order."""
    shown = cafe.releases.filter(visible_from__lte=now, visible_to__isnull=True)
    found = set(shown.values_list("block", flat=True))
    return [block for block in Block.values if block in found]


def refusal_of(cafe: AlpCafe, block: str, n: int) -> str:
    """Return why a block with so many people behind it cannot be released now, or ``""``."""
    phases = SECOND_PHASES if block == Block.CHANGE else RELEASE_PHASES
    if cafe.phase not in phases:
        return "not_yet"
    return "too_few" if n < K_ANONYMITY else ""


# --- What a facilitator has to know while the hall is full: counts, and of people exceptions only


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
