"""Bring what the journal has into a database that lacks it; twice gives the same database."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from alpclusters.live import tables
from alpclusters.live.apply import KEYED, SILENT, Application
from alpclusters.live.journal_scan import Segment
from alpclusters.live.records import FOUND, Record
from alpclusters.live.stores import Store, moment_value

BATCH: Final = 2_000
# What of a body names the thing of which the last word counts.
_TARGETS: Final = {
    "comment": "m",
    "card": "id",
    "card_gone": "id",
    "support": "id",
    "here": "round",
}
_SAME_THING: Final = {"card_gone": "card"}
_MOMENTS: Final = ("ends_at", "input_stopped_at", "opened_at", "closed_at")


@dataclass(slots=True)
class Replayed:
    """What a replay did.

    Attributes
    ----------
    read : int
        Records of segments that were not marked as applied.
    applied : int
        Of them, those the database lacked.
    foreign : int
        Of them, those of AlpCafés, measures or people the database does not have.
    skipped : int
        Segments that were marked.
    missing : int
        Of them, those that should be in the database now and are not; anything but 0 is alarming.
    by_event : mapping of int to int
        Commands of the journal that are in the database now, by AlpCafé.
    """

    read: int = 0
    applied: int = 0
    foreign: int = 0
    skipped: int = 0
    missing: int = 0
    by_event: Counter[int] = field(default_factory=Counter)


@dataclass(slots=True)
class _World:
    """What the database has before the replay."""

    events: set[int]
    measures: set[int]
    criteria: set[int]
    users: set[int]
    people: dict[int, dict[str, int]] = field(default_factory=dict)
    keys: dict[int, set[str]] = field(default_factory=dict)
    # What has to be there in the end: by AlpCafé the person of each key.
    expected: dict[int, dict[str, str]] = field(default_factory=dict)


def replay(store: Store, segments: Sequence[Segment]) -> Replayed:
    """Apply all segments that are not marked, whole, in their order.

    A sealed AlpCafé takes nothing any more: its people have no hashes left.

    Raises
    ------
    StoreBusyError
        The database did not take a batch; what came before is in it.
    """
    marked = tables.marked_segments(store)
    fresh = [s for s in segments if s.path.name not in marked]
    result = Replayed(skipped=len(segments) - len(fresh))
    records = _records(fresh)
    if records:
        _replay(store, records, result)
    _mark(store, fresh)
    return result


def void_seqs(records: Iterable[Record]) -> set[int]:
    """Return the numbers of records that could not be stored when they came."""
    return {record.body["seq"] for record in records if record.kind == "void"}


def _records(segments: Sequence[Segment]) -> list[Record]:
    records = [record for segment in segments for record in (*segment.records, *segment.behind)]
    void = void_seqs(records)
    return [record for record in records if record.seq not in void]


def _replay(store: Store, records: list[Record], result: Replayed) -> None:
    world = _read_world(store, {record.event for record in records})
    last = _last_words(records, world)
    for start in range(0, len(records), BATCH):
        with store.transaction():
            application = Application(store)
            for record in records[start : start + BATCH]:
                _one(application, record, world, last, result)
            application.finish()
            _phases(store, records[start : start + BATCH], world)
    _compare(store, world, result)


def _one(
    application: Application,
    record: Record,
    world: _World,
    last: dict[Any, int],
    result: Replayed,
) -> None:
    result.read += 1
    if record.kind in SILENT:
        return
    if not _belongs(record, world):
        result.foreign += 1
        return
    people = world.people[record.event]
    person = people.get(record.pid)
    is_known = record.key in world.keys[record.event]
    if is_known or person is not None or record.kind == "join":
        result.by_event[record.event] += 1
        world.expected[record.event][record.key] = record.pid
    else:
        result.foreign += 1
        return
    if is_known:
        _forget_left(record, world)
        return
    is_superseded = last.get(_target(record), record.seq) > record.seq
    application.add(_with_known_user(record, world), person, is_superseded=is_superseded)
    world.keys[record.event].add(record.key)
    result.applied += 1
    if record.seq in application.joined:
        people[record.pid] = application.joined[record.seq]
    _forget_left(record, world)


def _forget_left(record: Record, world: _World) -> None:
    """Expect nothing more of a person who has left but the receipts."""
    if record.kind == "leave":
        world.people[record.event].pop(record.pid, None)
        expected = world.expected[record.event]
        world.expected[record.event] = {k: p for k, p in expected.items() if p != record.pid}


def _compare(store: Store, world: _World, result: Replayed) -> None:
    for event, expected in world.expected.items():
        result.missing += len(set(expected) - tables.known_keys(store, event))


def _belongs(record: Record, world: _World) -> bool:
    if record.event not in world.events:
        return False
    body = record.body
    measures = {body["m"]} if "m" in body else set(body.get("measures", ()))
    criteria = {body["c"]} if "c" in body else set()
    return measures <= world.measures and criteria <= world.criteria


def _with_known_user(record: Record, world: _World) -> Record:
    """Drop who typed for somebody where the database has no such account."""
    if record.found.get("by") is None or record.found["by"] in world.users:
        return record
    found = {name: value for name, value in record.found.items() if name != "by"}
    body = {**record.said, FOUND: found}
    return Record(record.seq, record.kind, record.event, record.pid, record.key, record.at, body)


def _read_world(store: Store, events: set[int]) -> _World:
    open_events = events & tables.unsealed_events(store)
    return _World(
        events=open_events,
        measures=tables.all_ids(store, "measures_measure"),
        criteria=tables.all_ids(store, "cafe_criterion"),
        users=tables.all_ids(store, "accounts_user"),
        people={event: tables.participant_ids(store, event) for event in open_events},
        keys={event: tables.known_keys(store, event) for event in open_events},
        expected={event: {} for event in open_events},
    )


def _last_words(records: Iterable[Record], world: _World) -> dict[Any, int]:
    """Return the highest number the database has of each thing of which the last word counts.

    What comes earlier in the journal and is missing must not replace it.
    """
    last: dict[Any, int] = {}
    for record in records:
        target = _target(record)
        if target is not None and record.key in world.keys.get(record.event, ()):
            last[target] = record.seq
    return last


def _target(record: Record) -> Any:
    if record.kind in KEYED or record.kind in SILENT or record.kind in {"join", "device", "leave"}:
        return None
    kind = _SAME_THING.get(record.kind, record.kind)
    if record.kind == "profile":
        # Each part of a profile may be said alone; only the same parts replace one another.
        return (record.event, record.pid, kind, tuple(sorted(record.said)))
    thing = record.body.get(_TARGETS.get(record.kind, ""))
    return (record.event, record.pid, kind, thing)


def _phases(store: Store, records: Iterable[Record], world: _World) -> None:
    """Bring AlpCafés that came from an older backup to the phase the journal knows."""
    latest = {r.event: r for r in records if r.kind == "phase" and r.event in world.events}
    for event, record in latest.items():
        values = dict(record.said)
        revision = values.pop("revision")
        for name in _MOMENTS:
            if values.get(name) is not None:
                values[name] = moment_value(store, values[name])
        tables.catch_up_phase(store, event, revision, values)


def _mark(store: Store, segments: Sequence[Segment]) -> None:
    closed = [s for s in segments if s.footer is not None and s.rot is None]
    if closed:
        with store.transaction():
            for segment in closed:
                tables.mark_segment(store, segment.path.name, segment.last_seq)
