"""What the writer knows of an open AlpCafé without asking the database."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from alpclusters.analysis.scales import Scale
from alpclusters.live.claims import Claim
from alpclusters.live.counts import Standing
from alpclusters.live.words import AT_TABLES, PARTICIPATION, RATING_ROUNDS
from alpclusters.platform.cafe.domain.orders import Deal


@dataclass(slots=True)
class Known:
    """A command whose key was seen: its digest, its place, its ticket while it is written."""

    digest: int
    seq: int
    ticket: Any = None


@dataclass(slots=True)
class Person:
    """A participant."""

    id: int
    pid: str
    language: str
    recovery_hash: str = ""
    guest: int | None = None
    devices: int = 1
    has_left: bool = False
    # Nothing but the join is known of this person: ``me`` needs no look into the database.
    is_fresh: bool = False
    seen: float = 0.0
    unsent: int = 0
    # Measures in the order in which this person is asked them.
    order: Sequence[int] = ()


@dataclass(slots=True)
class CardState:
    """A card as far as commands depend on it."""

    participant: int | None
    table: int | None
    state: str
    seq: int


@dataclass(slots=True)
class Place:
    """A place in the rotation."""

    id: int
    number: int
    languages: list[str]
    participant: int | None
    # A name card with a name was printed for it.
    is_named: bool = False


@dataclass(slots=True)
class TableState:
    """A table with what a phone shows of it."""

    id: int
    number: int
    host: str
    topic: dict[str, str]
    languages: list[str]
    way: str


@dataclass(slots=True)
class Event:
    """An AlpCafé: its row, its sheet, its people and what became of their commands."""

    id: int
    row: dict[str, Any]
    # Rows and keys of the measures, in the order of the table.
    measures: dict[int, str] = field(default_factory=dict)
    criteria: dict[int, Scale] = field(default_factory=dict)
    tables: dict[int, TableState] = field(default_factory=dict)
    releases: list[tuple[str, int, int | None]] = field(default_factory=list)
    people: dict[int, Person] = field(default_factory=dict)
    tokens: dict[str, int] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)
    # By round and place: table and state.
    seats: dict[int, dict[int, tuple[int, str]]] = field(default_factory=dict)
    cards: dict[str, CardState] = field(default_factory=dict)
    keys: dict[str, Known] = field(default_factory=dict)
    standing: Standing = field(default_factory=Standing)
    deal: Deal = field(default_factory=Deal)
    regions: dict[str, int] = field(default_factory=dict)
    help: set[int] = field(default_factory=set)
    joined_at: list[float] = field(default_factory=list)
    # What was dropped or said since the rows were read, with its place in the order.
    dropped: dict[str, int] = field(default_factory=dict)
    left: set[int] = field(default_factory=set)
    arrivals: dict[tuple[int, int], tuple[int, str]] = field(default_factory=dict)
    # By the key of the command.
    claims: dict[str, Claim] = field(default_factory=dict)
    # The moments of the row in the time of this process, by what the row said.
    moments: dict[tuple[str, int], int] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Say whether commands are taken at all."""
        return bool(self.row["state"] == "open")

    @property
    def is_sealed(self) -> bool:
        """Say whether it is final."""
        return self.row["sealed_at"] is not None

    @property
    def phase(self) -> str:
        """What the room does now."""
        return str(self.row["phase"])

    @property
    def round_index(self) -> int:
        """The round at the tables; 0 outside the rounds."""
        return int(self.row["round_index"])

    @property
    def rating_round(self) -> int | None:
        """The round of rating whose answers are taken in this phase."""
        return RATING_ROUNDS.get(self.phase) if self.is_open else None

    def moment(self, name: str) -> int | None:
        """Return a moment of the row (``ends_at``, ``input_stopped_at``) in our time."""
        value = self.row[name]
        return None if value is None else self.moments.get((name, value), value)

    def released(self, now: int) -> list[str]:
        """List the blocks of results that are visible."""
        return sorted(
            {b for b, begin, end in self.releases if begin <= now and (end is None or end > now)}
        )

    def was_released(self, now: int, since: int = 0) -> bool:
        """Say whether results were shown, even if they are hidden again."""
        return any(b != PARTICIPATION and since <= begin <= now for b, begin, _ in self.releases)

    def table_of(self, person: Person, round_index: int) -> int | None:
        """Return the table at which a person sits in a round."""
        seat = self.seats.get(round_index, {}).get(person.guest or 0)
        return seat[0] if seat else None

    def needs_seat(self, person: Person) -> bool:
        """Say whether people sit at the tables and this phone has no seat among them."""
        is_on = self.is_open and self.phase in AT_TABLES and bool(self.seats)
        has_phone = bool(person.recovery_hash) and not person.has_left
        return is_on and has_phone and self.table_of(person, self.round_index) is None

    def next_order(self, pid: str) -> list[int]:
        """Return the order in which somebody who joins now is asked the measures."""
        return self.deal.order(self.measures, random.Random(pid))  # noqa: S311 - no secret

    def set_seat(self, round_index: int, place: int, state: str) -> None:
        """Note what a phone said of its seat."""
        seats = self.seats.get(round_index, {})
        if place in seats:
            seats[place] = (seats[place][0], state)
