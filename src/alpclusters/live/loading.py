"""An AlpCafé is read into memory, and read again while commands go on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from alpclusters.analysis.scales import Scale
from alpclusters.live import tables
from alpclusters.live.clock import Clock
from alpclusters.live.memory import CardState, Event, Known, Person, Place, TableState
from alpclusters.live.placing import claim_again
from alpclusters.live.records import digest_of
from alpclusters.live.stores import Store, json_value, moment_ms


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
    memory.measures, scales = tables.sheet(store, memory.id)
    memory.criteria = {pk: Scale.read(json_value(scale)) for pk, scale in scales.items()}
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
    pk, number, host, languages, way, topic = row
    return TableState(pk, number, host, json_value(topic), json_value(languages), way)


def _row(values: Sequence[Any]) -> dict[str, Any]:
    row = dict(zip(tables.EVENT_COLUMNS, values, strict=True))
    for name in ("ends_at", "input_stopped_at", "closed_at", "sealed_at"):
        row[name] = moment_ms(row[name])
    return row
