"""The one writer of an installation: people join, commands are taken, the journal comes first.

Everything of `Intake` runs on the event loop; the writer's thread has the journal and its
connection, the reader's thread a connection of its own.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from alpclusters.live import effects, me, persons
from alpclusters.live.answers import OK, Busy, Joined, NotTakenError, Result
from alpclusters.live.commands import Command, RefusedError, key_of, parse_command
from alpclusters.live.line import Line, Ticket
from alpclusters.live.loading import load_event, refresh_event
from alpclusters.live.memory import Event, Known, Person
from alpclusters.live.opening import Opened, open_all
from alpclusters.live.records import FOUND, Record, digest_of
from alpclusters.live.sentences import refused
from alpclusters.live.states import state_of
from alpclusters.live.validation import judge
from alpclusters.live.words import PAPER, PHONE
from alpclusters.live.writer import Fate, Item
from alpclusters.platform.cafe.domain.codes import normalise_code
from alpclusters.platform.cafe.domain.keys import ensure_key, hash_token, read_key
from alpclusters.platform.database_address import Database
from alpclusters.platform.languages.codes import nearest_language

__all__ = ["Busy", "Intake", "Joined", "NotTakenError", "Result"]

LOG: Final = logging.getLogger(__name__)
# What the journal keeps of a phase, so that a database from an older backup catches up.
PHASE_COLUMNS: Final = (
    "revision",
    "phase",
    "state",
    "round_index",
    "ends_at",
    "paused_left_ms",
    "input_stopped_at",
    "closed_at",
)

type Call = Callable[[int, str], None]
type Late = Callable[[int], None]


class Intake:
    """One per installation; `open` it, `close` it."""

    def __init__(self, opened: Opened, home: Path, *, window_ms: int) -> None:
        self._opened, self._home = opened, home
        self._events = opened.events
        self._clock = opened.clock
        self._calls: list[Call] = []
        self._late_calls: list[Late] = []
        self._seq = opened.last_seq
        self._links: dict[int, persons.Links] = {}
        self._started = time.monotonic()
        self._taken = 0
        self.codes_slow = False
        self._line = Line(
            opened.writer,
            opened.writer_thread,
            window_s=max(0, min(20, window_ms)) / 1000,
            settle=self._settle,
        )
        self._line.durable = self._seq
        self._line.start()

    @classmethod
    async def open(
        cls, home: Path, database: Database, *, window_ms: int = 8, journal_dir: Path | None = None
    ) -> "Intake":
        """Lock the journal, open the database, replay, compare, read what is open.

        Parameters
        ----------
        home : Path
            The data directory.
        database : Database
            From the configuration.
        window_ms : int
            How long a group is gathered, 0 to 20.
        journal_dir : Path, optional
            Another place for the journal, such as a second disk.

        Raises
        ------
        SetupError
            ``live.second_writer``, ``live.journal_unusable``, ``live.database_damaged``,
            ``live.not_durable``.
        """
        writer_thread = ThreadPoolExecutor(1, thread_name_prefix="writer")
        loop = asyncio.get_running_loop()
        opened = await loop.run_in_executor(
            writer_thread, lambda: open_all(home, database, journal_dir, writer_thread)
        )
        return cls(opened, home, window_ms=window_ms)

    # ---- people --------------------------------------------------------------------------

    async def join(
        self, event: int, *, language: str, consent: str, key: str, known_token: str | None = None
    ) -> Joined:
        """Let a person take part; a phone that is in already stays who it is.

        Raises
        ------
        NotTakenError
            ``unknown_code`` where nobody can join, ``key_reused`` after the person has left.
        Busy
            Nothing was stored; the same key may be sent again.
        """
        memory = self._events.get(event)
        if memory is None or not memory.is_open:
            raise NotTakenError("unknown_code")
        secret = ensure_key(self._home, event)
        known = self.person(event, known_token) if known_token else None
        if known is not None and known_token:
            return Joined(known_token, known, None, is_new=False)
        newcomer = persons.newcomer(secret, event, key)
        row = memory.tokens.get(newcomer.pid)
        if row is not None:
            return Joined(newcomer.token, row, newcomer.recovery, is_new=False)
        body = persons.join_body(
            newcomer.recovery_hash,
            language=language,
            consent=consent,
            source=PHONE,
            order=memory.next_order(newcomer.pid),
        )
        row = await self._add(memory, newcomer.key, newcomer.pid, body)
        return Joined(newcomer.token, row, newcomer.recovery, is_new=True)

    async def add_person(self, event: int, *, language: str, source: str) -> int:
        """Add somebody without a phone and return the row.

        Raises
        ------
        NotTakenError
            ``closed``: the AlpCafé takes nobody.
        """
        memory = await self._need(event, source)
        if memory is None or not (memory.is_open or source == PAPER):
            raise NotTakenError("closed")
        body = persons.join_body("", language=language, consent="spoken", source=source)
        return await self._add(memory, persons.random_key(), persons.random_pid(), body)

    async def recover(self, event: int, *, recovery: str, key: str) -> Joined | None:
        """Let another phone in as the person who has this code; None if nobody has it."""
        memory = self._events.get(event)
        secret = read_key(self._home, event)
        if memory is None or secret is None or memory.is_sealed:
            return None
        wanted = persons.recovery_hash(secret, recovery)
        person = next((p for p in memory.people.values() if p.recovery_hash == wanted), None)
        if person is None or person.has_left or not person.pid:
            return None
        device = persons.device(secret, event, key)
        if memory.tokens.get(device.pid) != person.id:
            body = {"token": device.pid}
            ticket = self._enter(memory, Command(device.key, "device", body), person, {})
            await self._durable([ticket])
        return Joined(device.token, person.id, None, is_new=False)

    def person(self, event: int, token: str) -> int | None:
        """Return who a token is; None for nobody."""
        memory = self._events.get(event)
        links = self._links_of(event) if memory is not None else None
        if memory is None or links is None:
            return None
        row = memory.tokens.get(hash_token(links.key, token))
        found = memory.people.get(row or 0)
        return row if found is not None and not found.has_left else None

    def language(self, event: int, participant: int) -> str:
        """Return the language of a person."""
        return self._person(event, participant).language

    def find_code(self, code: str) -> int | None:
        """Return the AlpCafé that is open under a typed code."""
        wanted = normalise_code(code)
        return next((e.id for e in self._events.values() if _is_under(e, wanted)), None)

    def find_link(self, link: str) -> tuple[int, str, int] | None:
        """Return AlpCafé, role and table of a link; None if it is void.

        ``<AlpCafé>~<secret>`` is the link of the hall (role ``qr``),
        ``<AlpCafé>~<role>~<table>~<secret>`` the one of a screen.
        """
        event = persons.event_of(link)
        links = self._links_of(event) if event is not None else None
        if event is None or links is None:
            return None
        memory = self._events[event]
        return links.find(link, epoch=memory.row["link_epoch"])

    # ---- commands ------------------------------------------------------------------------

    async def take(
        self,
        event: int,
        participant: int,
        commands: Sequence[Mapping[str, Any]],
        *,
        language: str,
        source: str = PHONE,
        entered_by: int | None = None,
    ) -> list[Result]:
        """Take commands of one person in their order; returns when all are on the disk.

        Raises
        ------
        Busy
            Not everything is durable: send all of them again with the same keys.
        """
        language = nearest_language(language)
        memory = await self._need(event, source)
        person = memory.people.get(participant) if memory is not None else None
        if memory is None or person is None:
            return [refused(key_of(row), "gone", language) for row in commands]
        self._line.require_room()
        marks = _marks(source, entered_by)
        answers = [self._one(memory, person, row, language, marks) for row in commands]
        waiting = [answer for answer in answers if not isinstance(answer, Result)]
        fates = await self._durable([ticket for ticket, _, _ in waiting])
        failed = {t for t, fate in fates.items() if fate is Fate.FAILED}
        return [
            answer if isinstance(answer, Result) else _told(answer, failed, language)
            for answer in answers
        ]

    def beat(self, event: int, participant: int, unsent: int) -> None:
        """Note that a phone is there, and how much it has not sent yet."""
        memory = self._events.get(event)
        person = memory.people.get(participant) if memory is not None else None
        if person is None:
            return
        person.seen, person.unsent = time.monotonic(), max(0, unsent)
        self._tell(event, {"state"})

    # ---- reading -------------------------------------------------------------------------

    async def me(self, event: int, participant: int) -> dict[str, Any]:
        """Return everything of one person; an empty mapping for nobody."""
        memory = self._events.get(event)
        person = memory.people.get(participant) if memory is not None else None
        if memory is None or person is None:
            return {}
        seq = self._line.durable
        reader = self._opened.reader
        rows = (
            me.rows_of(reader, person)
            if person.is_fresh
            else await self._read(lambda: me.rows_of(reader, person))
        )
        state = self.state(event, "participant")
        return me.me_of(memory, person, rows, seq=seq, state=state)

    def state(self, event: int, view: str) -> dict[str, Any]:
        """Return the state of a view from memory; an empty mapping for an unknown AlpCafé."""
        memory = self._events.get(event)
        if memory is None:
            return {}
        return state_of(
            memory,
            view,
            now=self._clock.ms(),
            codes_slow=self.codes_slow,
            trouble=self._line.trouble,
        )

    def events(self) -> list[int]:
        """Return the AlpCafés that are in memory."""
        return list(self._events)

    def metrics(self) -> dict[str, Any]:
        """Return what operators watch."""
        writer = self._opened.writer
        return {
            "queue": len(self._line),
            "seq": self._line.durable,
            "taken": self._taken,
            "groups": writer.groups,
            "slowest_group_s": writer.slowest_s,
            "voids": writer.voids,
            "disk_full": self._line.is_full,
            "stopped": self._line.is_stopped,
            "torn_bytes": writer.journal.cut_bytes,
            "rotten_segments": len(writer.journal.rotten),
            "replayed": self._opened.replayed.applied,
            "events": len(self._events),
            "people": sum(len(e.people) for e in self._events.values()),
        }

    # ---- changes -------------------------------------------------------------------------

    async def reload(self, event: int) -> None:
        """Read again what the site changed, and note the phase in the journal."""
        memory = self._events.get(event)
        reader, clock = self._opened.reader, self._clock
        if memory is None:
            found = await self._read(lambda: load_event(reader, event, clock=clock))
            if found is not None and not found.is_sealed:
                self._events[event] = found
            self._tell(event, {"state", "cards"})
            return
        durable = self._line.durable
        fresh = await self._read(lambda: refresh_event(memory, reader, clock))
        before, seats = dict(memory.row), _seats_by_person(memory)
        fresh.into(memory, durable)
        self._after_reload(memory, before)
        moved = {f"me:{p}" for p, s in _seats_by_person(memory).items() if seats.get(p) != s}
        self._tell(event, {"state", "cards", *moved})

    def on_change(self, call: Call) -> None:
        """Let somebody know of changes: ``state``, ``cards``, ``me:<participant>``."""
        self._calls.append(call)

    def on_late(self, call: Late) -> None:
        """Let somebody know where a phone has no seat while people sit at the tables."""
        self._late_calls.append(call)

    def unseated(self) -> list[int]:
        """List the AlpCafés in which somebody waits for a seat, as after a restart."""
        return [e.id for e in self._events.values() if any(map(e.needs_seat, e.people.values()))]

    async def close(self) -> None:
        """Write what waits, close the journal with its footer, carry the log over."""
        await self._line.close()
        has_all = not len(self._line) and not self._line.is_stopped
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(
            self._opened.writer_thread, lambda: self._opened.close(has_all=has_all)
        )
        self._opened.writer_thread.shutdown()
        self._opened.reader_thread.shutdown()

    # ---- inside --------------------------------------------------------------------------

    def _one(
        self,
        memory: Event,
        person: Person,
        row: Mapping[str, Any],
        language: str,
        marks: Mapping[str, Any],
    ) -> "Result | _Waiting":
        """Judge one command; what is new takes its place in the line."""
        try:
            command = parse_command(row, language=person.language)
            known = memory.keys.get(command.key)
            if known is not None:
                return _again(known, command, person)
            source = marks.get("source", PHONE)
            found = judge(memory, person, command, now=self._clock.ms(), source=source)
        except RefusedError as error:
            return refused(key_of(row), error.code, language)
        ticket = self._enter(memory, command, person, {**found, **marks})
        return ticket, command.key, True

    def _enter(
        self, memory: Event, command: Command, person: Person, found: Mapping[str, Any]
    ) -> Ticket:
        body = {**command.body, FOUND: dict(found)} if found else command.body
        return self._put(memory, command.kind, person.pid, command.key, body, person.id)

    def _put(
        self,
        memory: Event,
        kind: str,
        pid: str,
        key: str,
        body: Mapping[str, Any],
        person: int | None,
    ) -> Ticket:
        self._seq += 1
        record = Record(self._seq, kind, memory.id, pid, key, self._clock.ms(), body)
        done: asyncio.Future[Fate] = asyncio.get_running_loop().create_future()
        ticket = Ticket(Item(record, person), memory, done)
        effects.reserve(memory, ticket)
        self._line.put(ticket)
        return ticket

    async def _add(self, memory: Event, key: str, pid: str, body: Mapping[str, Any]) -> int:
        """Journal a join and return the row; a second try waits for the first."""
        known = memory.keys.get(key)
        if known is not None and known.ticket is None:
            raise NotTakenError("key_reused")
        if known is None:
            self._line.require_room()
            ticket = self._put(memory, "join", pid, key, body, None)
        else:
            ticket = known.ticket
        fates = await self._durable([ticket])
        if ticket.item.row is None or Fate.FAILED in fates.values():
            raise Busy(2, "failed")
        return ticket.item.row

    async def _durable(self, tickets: Sequence[Ticket]) -> dict[Ticket, Fate]:
        """Wait until tickets are on the disk.

        Raises
        ------
        Busy
            At least one is not.
        """
        waits = {ticket: ticket.done for ticket in tickets}
        if waits:
            # A phone that hangs up must not take the future away from others.
            await asyncio.wait(set(waits.values()))
        fates = {ticket: done.result() for ticket, done in waits.items()}
        if Fate.DROPPED in fates.values():
            raise Busy(2, "disk_full")
        if Fate.WAITING in fates.values():
            raise Busy(1, "database")
        return fates

    def _settle(self, ticket: Ticket) -> None:
        item, memory = ticket.item, ticket.event
        self._taken += 1
        if memory is None:
            return
        told = effects.settle(memory, item.record, person=item.person, row=item.row)
        self._tell(memory.id, told)
        if item.record.kind in {"join", "place"}:
            self._note_late(memory, item.row or item.person)

    def _note_late(self, memory: Event, participant: int | None) -> None:
        person = memory.people.get(participant or 0)
        if person is not None and memory.needs_seat(person):
            for call in self._late_calls:
                call(memory.id)

    def _after_reload(self, memory: Event, before: Mapping[str, Any]) -> None:
        if memory.is_sealed:
            self._events.pop(memory.id, None)
            self._links.pop(memory.id, None)
            return
        if any(memory.row[name] != before[name] for name in PHASE_COLUMNS):
            self._journal_phase(memory)
        if memory.round_index != before["round_index"]:
            memory.help.clear()
        if before["state"] == "open" and not memory.is_open:
            self._line.rotate_soon = True

    def _journal_phase(self, memory: Event) -> None:
        if self._line.is_stopped or self._line.is_refusing:
            return
        body = {name: memory.row[name] for name in PHASE_COLUMNS}
        key = f"phase-{memory.row['revision']}-{self._seq + 1}"
        ticket = self._put(memory, "phase", "", key, body, None)
        memory.keys.pop(key, None)
        ticket.event = None

    async def _need(self, event: int, source: str) -> Event | None:
        """Return an AlpCafé; paper is entered when it is in no memory any more."""
        if event not in self._events and source == PAPER:
            reader, clock = self._opened.reader, self._clock
            found = await self._read(lambda: load_event(reader, event, clock=clock))
            if found is not None:
                self._events.setdefault(event, found)
        return self._events.get(event)

    async def _read[T](self, call: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._opened.reader_thread, call)

    def _links_of(self, event: int) -> "persons.Links | None":
        if event not in self._events:
            return None
        if event not in self._links:
            key = read_key(self._home, event)
            if key is None:
                return None
            self._links[event] = persons.Links(event, key)
        return self._links[event]

    def _person(self, event: int, participant: int) -> Person:
        return self._events[event].people[participant]

    def _tell(self, event: int, kinds: set[str]) -> None:
        for call in self._calls:
            for kind in kinds:
                call(event, kind)


type _Waiting = tuple[Ticket, str, bool]
"""The ticket, the key as the phone sent it, whether this call made it."""


def _again(known: Known, command: Command, person: Person) -> "Result | _Waiting":
    """Answer a key that was seen before: the first answer again, or a refusal."""
    if known.digest != digest_of(command.kind, person.pid, command.body):
        raise RefusedError("key_reused")
    if known.ticket is not None:
        return known.ticket, command.key, False
    return Result(command.key, OK, seq=known.seq, new=False)


def _told(waiting: _Waiting, failed: set[Ticket], language: str) -> Result:
    ticket, key, is_new = waiting
    if ticket in failed:
        return refused(key, "failed", language)
    return Result(key, OK, seq=ticket.item.record.seq, new=is_new)


def _marks(source: str, entered_by: int | None) -> dict[str, Any]:
    marks: dict[str, Any] = {} if source == PHONE else {"source": source}
    return marks if entered_by is None else {**marks, "by": entered_by}


def _is_under(event: Event, code: str) -> bool:
    return event.is_open and bool(event.row["code"] == code)


def _seats_by_person(event: Event) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {}
    for round_index, seats in event.seats.items():
        for guest, (table, _state) in seats.items():
            person = event.places[guest].participant if guest in event.places else None
            if person is not None:
                found.setdefault(person, []).append((round_index, table))
    return found
