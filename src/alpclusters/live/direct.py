"""The writer for a site without a live process: the same rules and the same SQL, at once.

Runs on Django's connection inside one transaction, without a journal: for tests and development.
A live process that starts meanwhile waits for the lock.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction

from alpclusters.analysis.errors import SetupError
from alpclusters.live import me, persons, tables
from alpclusters.live.answers import OK, Joined, NotTakenError, Result
from alpclusters.live.apply import Application
from alpclusters.live.clock import Clock
from alpclusters.live.commands import RefusedError, key_of, parse_command
from alpclusters.live.effects import reserve_in_memory
from alpclusters.live.journal_folder import default_folder, lock_folder
from alpclusters.live.loading import load_event
from alpclusters.live.memory import Event, Person
from alpclusters.live.records import FOUND, Record, digest_of
from alpclusters.live.sentences import refused
from alpclusters.live.states import state_of
from alpclusters.live.stores import DjangoStore
from alpclusters.live.validation import judge
from alpclusters.live.words import PAPER, PHONE
from alpclusters.platform.cafe.domain.keys import ensure_key, hash_token, read_key
from alpclusters.platform.languages.codes import nearest_language

type Message = dict[str, Any]


def home() -> Path:
    """Return the data directory of the settings."""
    found: Path = settings.HOME
    return found


def answer(message: Mapping[str, Any]) -> Message | None:
    """Do what a line to the live process asks for; None while a live process holds the lock."""
    try:
        lock = lock_folder(_folder(), patience_s=0)
    except SetupError as error:
        if error.code != "live.second_writer":
            raise
        return None
    try:
        with _transaction() as store:
            return {"ok": True, **_OPERATIONS[str(message["op"])](store, message)}
    except NotTakenError as error:
        return {"ok": False, "code": error.code}
    finally:
        os.close(lock)


def _folder() -> Path:
    folder: Path | None = settings.CONFIGURATION.live_journal_dir
    return folder or default_folder(home())


@contextmanager
def _transaction() -> Iterator[DjangoStore]:
    store = DjangoStore(connection)
    with transaction.atomic():
        tables.lock_direct(store)
        yield store


def _take(store: DjangoStore, message: Mapping[str, Any]) -> Message:
    rows: Sequence[Any] = message["commands"]
    keys = sorted({key for row in rows if (key := key_of(row))})
    event = load_event(store, message["event"], clock=Clock(), keys=keys)
    language = nearest_language(message["language"])
    person = event.people.get(message["participant"]) if event is not None else None
    if event is None or person is None:
        return _results([refused(key_of(row), "gone", language) for row in rows])
    taking = _Taking(store, event, person, language, message)
    results = [taking.one(row) for row in rows]
    taking.application.finish()
    return _results(results)


class _Taking:
    """Commands of one person, one after the other."""

    def __init__(
        self,
        store: DjangoStore,
        event: Event,
        person: Person,
        language: str,
        message: Mapping[str, Any],
    ) -> None:
        self.application = Application(store)
        self._event, self._person, self._language = event, person, language
        self._source = message.get("source") or PHONE
        marks = {} if self._source == PHONE else {"source": self._source}
        by = message.get("entered_by")
        self._marks = marks if by is None else {**marks, "by": by}
        self._seq = tables.last_seq(store)
        self._now = Clock().ms()

    def one(self, row: Any) -> Result:
        """Judge and apply one command."""
        try:
            return self._taken(row)
        except RefusedError as error:
            return refused(key_of(row), error.code, self._language)

    def _taken(self, row: Any) -> Result:
        event, person = self._event, self._person
        command = parse_command(row, language=person.language)
        known = event.keys.get(command.key)
        if known is not None:
            if known.digest != digest_of(command.kind, person.pid, command.body):
                raise RefusedError("key_reused")
            return Result(command.key, OK, seq=known.seq, new=False)
        found = judge(event, person, command, now=self._now, source=self._source)
        self._seq += 1
        marks = {**found, **self._marks}
        body = {**command.body, FOUND: marks} if marks else command.body
        record = Record(self._seq, command.kind, event.id, person.pid, command.key, self._now, body)
        self.application.add(record, person.id)
        reserve_in_memory(event, record, person.id)
        return Result(command.key, OK, seq=self._seq, new=True)


def _join(store: DjangoStore, message: Mapping[str, Any]) -> Message:
    number = message["event"]
    event = load_event(store, number, clock=Clock(), keys=[])
    if event is None or not event.is_open:
        raise NotTakenError("unknown_code")
    secret = ensure_key(home(), number)
    known = _person(event, secret, message.get("known_token"))
    if known is not None:
        return _joined(Joined(str(message["known_token"]), known, None, is_new=False))
    newcomer = persons.newcomer(secret, number, message["key"])
    row = event.tokens.get(newcomer.pid)
    is_new = row is None
    if row is None:
        body = persons.join_body(
            newcomer.recovery_hash,
            language=message["language"],
            consent=message["consent"],
            source=PHONE,
            order=event.next_order(newcomer.pid),
        )
        row = _add_row(store, number, newcomer.key, newcomer.pid, body)
    return _joined(Joined(newcomer.token, row, newcomer.recovery, is_new))


def _add(store: DjangoStore, message: Mapping[str, Any]) -> Message:
    number, source = message["event"], message["source"]
    event = load_event(store, number, clock=Clock(), keys=[])
    if event is None or not (event.is_open or source == PAPER):
        raise NotTakenError("closed")
    body = persons.join_body("", language=message["language"], consent="spoken", source=source)
    row = _add_row(store, number, persons.random_key(), persons.random_pid(), body)
    return {"participant_id": row}


def _recover(store: DjangoStore, message: Mapping[str, Any]) -> Message:
    number = message["event"]
    event = load_event(store, number, clock=Clock(), keys=[])
    secret = read_key(home(), number)
    if event is None or secret is None or event.is_sealed:
        return {"token": None}
    wanted = persons.recovery_hash(secret, message["recovery"])
    person = next((p for p in event.people.values() if p.recovery_hash == wanted), None)
    if person is None or not person.pid:
        return {"token": None}
    device = persons.device(secret, number, message["key"])
    if event.tokens.get(device.pid) != person.id:
        body = {"token": device.pid}
        _add_record(store, number, "device", person.pid, device.key, body, person.id)
    return _joined(Joined(device.token, person.id, None, is_new=False))


def _me(store: DjangoStore, message: Mapping[str, Any]) -> Message:
    clock = Clock()
    event = load_event(store, message["event"], clock=clock, keys=[])
    person = event.people.get(message["participant"]) if event is not None else None
    if event is None or person is None:
        return {"me": {}}
    state = state_of(event, "participant", now=clock.ms(), codes_slow=False)
    rows = me.rows_of(store, person)
    return {"me": me.me_of(event, person, rows, seq=tables.last_seq(store), state=state)}


def _reload(_store: DjangoStore, _message: Mapping[str, Any]) -> Message:
    return {}


_OPERATIONS: Final[Mapping[str, Callable[[DjangoStore, Mapping[str, Any]], Message]]] = {
    "take": _take,
    "join": _join,
    "add": _add,
    "recover": _recover,
    "me": _me,
    "reload": _reload,
}


def _person(event: Event, secret: bytes, token: str | None) -> int | None:
    return event.tokens.get(hash_token(secret, token)) if token else None


def _add_row(store: DjangoStore, event: int, key: str, pid: str, body: Mapping[str, Any]) -> int:
    joined = _add_record(store, event, "join", pid, key, body, None)
    if not joined:
        raise NotTakenError("key_reused")
    return next(iter(joined.values()))


def _add_record(
    store: DjangoStore,
    event: int,
    kind: str,
    pid: str,
    key: str,
    body: Mapping[str, Any],
    person: int | None,
) -> dict[int, int]:
    seq = tables.last_seq(store) + 1
    application = Application(store)
    application.add(Record(seq, kind, event, pid, key, Clock().ms(), body), person)
    return application.joined


def _results(results: list[Result]) -> Message:
    return {"results": [result.as_json() for result in results]}


def _joined(joined: Joined) -> Message:
    return {
        "token": joined.token,
        "participant_id": joined.participant_id,
        "recovery": joined.recovery,
        "is_new": joined.is_new,
    }
