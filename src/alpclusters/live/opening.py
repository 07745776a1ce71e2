"""The start of the writer: lock, database, torn tail, replay, comparison, memory.

In this order, and all of it in the writer's thread: the state after a kill equals the state after
a clean stop.
"""

import logging
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from alpclusters.analysis.errors import SetupError
from alpclusters.live import tables
from alpclusters.live.clock import Clock
from alpclusters.live.journal import Journal
from alpclusters.live.journal_files import Files
from alpclusters.live.journal_folder import default_folder, keep_reserve, lock_folder
from alpclusters.live.loading import load_event
from alpclusters.live.memory import Event
from alpclusters.live.open_store import open_store
from alpclusters.live.replay import Replayed, replay
from alpclusters.live.stores import SqliteStore
from alpclusters.live.writer import Writer
from alpclusters.platform.configuration import load_configuration
from alpclusters.platform.database_address import Database

if TYPE_CHECKING:
    from alpclusters.live.postgres_store import PostgresStore

LOG: Final = logging.getLogger(__name__)
# A closed AlpCafé can be opened again for a day at most; then only pages are asked for.
_KEPT_MS: Final = 48 * 3600 * 1000


@dataclass(slots=True)
class Opened:
    """Everything the writer holds."""

    lock: int
    writer: Writer
    reader: "SqliteStore | PostgresStore"
    writer_thread: ThreadPoolExecutor
    reader_thread: ThreadPoolExecutor
    events: dict[int, Event]
    clock: Clock
    last_seq: int
    replayed: Replayed

    def close(self, *, has_all: bool) -> None:
        """Close the journal, the connections and the lock; in the writer's thread."""
        self.writer.close(has_all=has_all)
        store = self.writer.store
        self.writer.checkpoint("TRUNCATE")
        store.close()
        self.reader_thread.submit(self.reader.close).result()
        os.close(self.lock)


def open_all(
    home: Path,
    database: Database,
    journal_dir: Path | None,
    writer_thread: ThreadPoolExecutor,
    files: Files | None = None,
) -> Opened:
    """Open journal and database and read what is open; nothing is left open on an error."""
    folder = journal_dir or default_folder(home)
    lock = lock_folder(folder)
    try:
        return _open(lock, folder, database, writer_thread, files or Files())
    except BaseException:
        os.close(lock)
        raise


def _open(
    lock: int, folder: Path, database: Database, writer_thread: ThreadPoolExecutor, files: Files
) -> Opened:
    store = open_store(database)
    journal, segments = Journal.open(folder, files)
    _tell(journal)
    _require_sound(store, database, was_unclean=journal.was_unclean)
    replayed = replay(store, segments)
    _tell_replay(replayed)
    clock = Clock()
    reader_thread = ThreadPoolExecutor(1, thread_name_prefix="reader")
    reader = reader_thread.submit(open_store, database).result()
    keep_reserve(folder)
    return Opened(
        lock=lock,
        writer=Writer(journal, store),
        reader=reader,
        writer_thread=writer_thread,
        reader_thread=reader_thread,
        events=_load(store, clock),
        clock=clock,
        last_seq=max(journal.last_seq, tables.last_seq(store)),
        replayed=replayed,
    )


def _load(store: "SqliteStore | PostgresStore", clock: Clock) -> dict[int, Event]:
    since = clock.ms() - _KEPT_MS
    found = {}
    for row in tables.event_rows(store):
        event = load_event(store, row[0], clock=clock)
        if event is not None and (event.row["closed_at"] or since) >= since:
            found[event.id] = event
    return found


def _require_sound(
    store: "SqliteStore | PostgresStore", database: Database, *, was_unclean: bool
) -> None:
    if not isinstance(store, SqliteStore):
        _require_durable(store)
        return
    if was_unclean and not store.is_sound():
        raise SetupError("live.database_damaged", values={"path": database.name})


def _require_durable(store: "PostgresStore") -> None:
    broken = ", ".join(store.broken_promises())
    if broken and not load_configuration().live_unsafe_database:
        raise SetupError("live.not_durable", found=broken)
    if broken:
        LOG.warning("the database server does not keep what it acknowledges: %s is off", broken)


def _tell(journal: Journal) -> None:
    if journal.cut_bytes:
        LOG.warning(
            "journal: %s unfinished bytes cut off; nothing of them was acknowledged",
            journal.cut_bytes,
        )
    for segment in journal.rotten:
        LOG.critical(
            "journal: %s is damaged at byte %s; nothing is taken. Run: alpclusters journal inspect",
            segment.path.name,
            segment.rot,
        )


def _tell_replay(replayed: Replayed) -> None:
    if replayed.applied:
        LOG.warning("journal: %s commands were missing in the database", replayed.applied)
    if replayed.missing:
        LOG.critical("journal: %s commands are still missing after the replay", replayed.missing)
