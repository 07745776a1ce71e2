"""What the writer knows of an open AlpCafé without asking the database."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from alpclusters.live import tables
from alpclusters.live.claims import Claim, claim_again
from alpclusters.live.clock import Clock
from alpclusters.live.counts import Standing
from alpclusters.live.records import digest_of
from alpclusters.live.stores import Store, json_value, moment_ms
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
    criteria: list[int] = field(default_factory=list)
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


def load_event(
    store: Store, event: int, *, clock: Clock, keys: Sequence[str] | None = None
) -> Event | None:
    """Read an AlpCafé.

    Parameters
    ----------
    store : Store
        A connection.
    event : int
        Number of the AlpCafé.
    clock : Clock
        The time of this process.
    keys : sequence of str, optional
        Only these keys are asked for (the site applies a few commands); without it all are
        read, and the standing answers are counted.
    """
    rows = tables.event_rows(store, event)
    if not rows:
        return None
    memory = Event(event, _row(rows[0]))
    read_course(memory, store, clock)
    read_people(memory, store)
    read_seats(memory, store)
    read_cards(memory, store)
    read_keys(memory, store, keys)
    memory.regions = tables.regions(store)
    return memory


def refresh_event(memory: Event, store: Store, clock: Clock) -> "Fresh":
    """Read again what the site may have changed; ``Fresh.into`` takes it over on the loop."""
    rows = tables.event_rows(store, memory.id)
    fresh = Event(memory.id, _row(rows[0]) if rows else dict(memory.row, sealed_at=0))
    fresh.moments = dict(memory.moments)
    read_course(fresh, store, clock)
    read_people(fresh, store)
    read_seats(fresh, store)
    read_cards(fresh, store)
    fresh.regions = tables.regions(store)
    return Fresh(fresh)


@dataclass(frozen=True, slots=True)
class Fresh:
    """An AlpCafé as it was read in another thread while commands went on."""

    read: Event

    def into(self, memory: Event, durable: int) -> None:
        """Take over what was read; what was not durable at that moment stays.

        Parameters
        ----------
        memory : Event
            The AlpCafé in use.
        durable : int
            Every command up to this number was in the database when it was read.
        """
        read = self.read
        memory.row, memory.moments = read.row, read.moments
        memory.measures, memory.criteria = read.measures, read.criteria
        memory.tables, memory.releases = read.tables, read.releases
        memory.seats, memory.regions = read.seats, read.regions
        memory.places = read.places
        self._people(memory)
        self._cards(memory, durable)
        self._claims(memory, durable)
        self._arrivals(memory, durable)

    def _people(self, memory: Event) -> None:
        for key, person in self.read.people.items():
            if key in memory.left:
                continue
            mine = memory.people.setdefault(key, person)
            mine.guest, mine.recovery_hash = person.guest, person.recovery_hash
            mine.language = person.language
        memory.tokens |= {h: p for h, p in self.read.tokens.items() if p in memory.people}

    def _cards(self, memory: Event, durable: int) -> None:
        young = {k: c for k, c in memory.cards.items() if c.seq > durable}
        dropped = {k for k, seq in memory.dropped.items() if seq > durable}
        memory.cards = {k: c for k, c in self.read.cards.items() if k not in dropped} | young

    def _claims(self, memory: Event, durable: int) -> None:
        memory.claims = {k: c for k, c in memory.claims.items() if c.seq > durable}
        for claim in sorted(memory.claims.values(), key=lambda claim: claim.seq):
            claim_again(memory, claim)

    def _arrivals(self, memory: Event, durable: int) -> None:
        young = {k: v for k, v in memory.arrivals.items() if v[0] > durable}
        memory.arrivals = young
        for (round_index, place), (_, state) in young.items():
            memory.set_seat(round_index, place, state)


def read_course(memory: Event, store: Store, clock: Clock) -> None:
    """Read sheet, tables and releases, and fix the moments of the row."""
    memory.measures, memory.criteria = tables.sheet(store, memory.id)
    found = [_table(row) for row in tables.table_rows(store, memory.id)]
    memory.tables = {table.id: table for table in found}
    memory.releases = [
        (block, moment_ms(begin) or 0, moment_ms(end))
        for block, begin, end in tables.release_rows(store, memory.id)
    ]
    for name in ("ends_at", "input_stopped_at"):
        value = memory.row[name]
        if value is not None:
            memory.moments.setdefault((name, value), clock.here(value))


def read_people(memory: Event, store: Store) -> None:
    """Read people and their phones."""
    for pk, token_hash, recovery_hash, language, given in tables.people_rows(store, memory.id):
        order = json_value(given)
        memory.people[pk] = Person(pk, token_hash or "", language, recovery_hash, order=order)
        memory.deal.note(order)
        if token_hash:
            memory.tokens[token_hash] = pk
    for pk, token_hash in tables.device_rows(store, memory.id):
        memory.tokens[token_hash] = pk
        memory.people[pk].devices += 1


def read_seats(memory: Event, store: Store) -> None:
    """Read places and seats."""
    for pk, number, languages, person, is_named in tables.guest_rows(store, memory.id):
        memory.places[pk] = Place(pk, number, json_value(languages), person, bool(is_named))
        if person in memory.people:
            memory.people[person].guest = pk
    for guest, round_index, table, state in tables.seat_rows(store, memory.id):
        memory.seats.setdefault(round_index, {})[guest] = (table, state)


def read_cards(memory: Event, store: Store) -> None:
    """Read the cards."""
    memory.cards = {
        public_id: CardState(person, table, state, seq)
        for public_id, person, table, state, seq in tables.card_rows(store, memory.id)
    }


def read_keys(memory: Event, store: Store, keys: Sequence[str] | None) -> None:
    """Read which commands were taken; all of them are counted too."""
    if keys is not None and not keys:
        return
    for kind, key, seq, person, body in _answers(memory, store, keys):
        pid = memory.people[person].pid
        if key:
            memory.keys[key] = Known(digest_of(kind, pid, body), seq)
        if keys is None:
            memory.standing.count(kind, person, body)
    for key, seq, digest in tables.receipt_rows(store, memory.id, keys):
        memory.keys[key] = Known(int(digest or "0", 16), seq)


type Answer = tuple[str, str | None, int, int, dict[str, Any]]


def _answers(memory: Event, store: Store, keys: Sequence[str] | None) -> Iterator[Answer]:
    for row in tables.rating_rows(store, memory.id, keys):
        key, seq, person, measure, criterion, round_, value, cannot_judge = row
        body = {"m": measure, "c": criterion, "r": round_}
        if value is not None or cannot_judge:
            body["v"] = value
        yield "rate", key, seq, person, body
    rows = {key: pk for pk, key in memory.measures.items()}
    for key, seq, person, round_, chosen in tables.top_three_rows(store, memory.id, keys):
        measures = [rows.get(measure, 0) for measure in json_value(chosen)]
        yield "top3", key, seq, person, {"r": round_, "measures": measures}


def _table(row: Sequence[Any]) -> TableState:
    pk, number, host, languages, way, *topic = row
    return TableState(pk, number, host, _words(topic), json_value(languages), way)


def _words(texts: Sequence[str | None]) -> dict[str, str]:
    pairs = zip(tables.TOPIC_LANGUAGES, texts, strict=True)
    return {code: text for code, text in pairs if text}


def _row(values: Sequence[Any]) -> dict[str, Any]:
    row = dict(zip(tables.EVENT_COLUMNS, values, strict=True))
    for name in ("ends_at", "input_stopped_at", "closed_at", "sealed_at"):
        row[name] = moment_ms(row[name])
    return row
