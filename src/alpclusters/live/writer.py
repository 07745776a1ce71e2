"""Group commit: one thread writes a group into the journal, then into the database.

Everything here runs in the writer's thread. An acknowledgement may leave only after
`Writer.commit` says ``stored``: then both are on the disk.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from alpclusters.live import tables
from alpclusters.live.apply import Application
from alpclusters.live.journal import Journal, JournalFullError, JournalStoppedError
from alpclusters.live.records import Record
from alpclusters.live.stores import SqliteStore, Store, StoreBusyError

LOG: Final = logging.getLogger(__name__)
GROUP: Final = 2_000


class Fate(Enum):
    """What became of an item."""

    STORED = "stored"
    # In the journal, not yet in the database: it stays first in line.
    WAITING = "waiting"
    # Nowhere: the journal had no space.
    DROPPED = "dropped"
    # Could not be stored although all others could: in the journal as void.
    FAILED = "failed"


@dataclass(slots=True)
class Item:
    """A command on its way.

    Attributes
    ----------
    record : Record
        What is written.
    person : int or None
        The row of the person who acts; None for a join.
    is_journalled : bool
        Whether the record is in the journal already.
    fate : Fate or None
        What became of it.
    row : int or None
        The row of a person who joined.
    """

    record: Record
    person: int | None = None
    is_journalled: bool = False
    fate: Fate | None = None
    row: int | None = None


class Writer:
    """The two places a group goes to."""

    def __init__(self, journal: Journal, store: Store) -> None:
        self.journal = journal
        self.store = store
        self.voids = 0
        self.groups = 0
        self.slowest_s = 0.0

    def commit(self, items: Sequence[Item]) -> None:
        """Write a group and set the fate of each item.

        Raises
        ------
        JournalStoppedError
            Nothing can be promised any more; the items that were not in the journal are not.
        """
        begin = time.monotonic()
        new = [item for item in items if not item.is_journalled]
        if not self._journal(new):
            self._set(new, Fate.DROPPED)
            items = [item for item in items if item.is_journalled]
        self._store(items)
        self.groups += 1
        self.slowest_s = max(self.slowest_s, time.monotonic() - begin)

    def _journal(self, items: Sequence[Item]) -> bool:
        if not items:
            return True
        try:
            self.journal.append([item.record for item in items])
        except JournalFullError:
            LOG.error("the journal's disk is full: commands are refused until there is space")  # noqa: TRY400
            return False
        for item in items:
            item.is_journalled = True
        return True

    def _store(self, items: Sequence[Item]) -> None:
        if not items:
            return
        try:
            self._apply(items)
        except StoreBusyError as error:
            LOG.warning("the database did not take a group: %s", error)
            self._set(items, Fate.WAITING)
        except Exception:
            LOG.exception("a group failed; its records are stored one by one")
            self._one_by_one(items)
        else:
            self._set(items, Fate.STORED)

    def _apply(self, items: Sequence[Item]) -> None:
        with self.store.transaction():
            application = Application(self.store)
            for item in items:
                application.add(item.record, item.person)
            application.finish()
            if items:
                self._mark(items[-1].record.seq)
        if items:
            self._forget_marked(items[-1].record.seq)
        for item in items:
            item.row = application.joined.get(item.record.seq)

    def _mark(self, durable: int) -> None:
        """Note closed segments of which every record is in the database."""
        for name, seq in self.journal.rotated:
            if seq <= durable:
                tables.mark_segment(self.store, name, seq)

    def _forget_marked(self, durable: int) -> None:
        self.journal.rotated = [pair for pair in self.journal.rotated if pair[1] > durable]

    def _one_by_one(self, items: Sequence[Item]) -> None:
        for place, item in enumerate(items):
            try:
                self._apply([item])
            except StoreBusyError:
                self._set(items[place:], Fate.WAITING)
                return
            except Exception:
                LOG.exception("record %s could not be stored", item.record.seq)
                self._void(item)
            else:
                item.fate = Fate.STORED

    def _void(self, item: Item) -> None:
        """Say in the journal that a record counts for nothing, so that no replay tries again."""
        item.fate = Fate.FAILED
        self.voids += 1
        old = item.record
        void = Record(old.seq, "void", old.event, "", "", old.at, {"seq": old.seq})
        try:
            self.journal.append([void])
        except (JournalFullError, JournalStoppedError):
            LOG.exception("the journal could not note that record %s is void", old.seq)

    def _set(self, items: Sequence[Item], fate: Fate) -> None:
        for item in items:
            item.fate = fate

    def checkpoint(self, kind: str = "PASSIVE") -> None:
        """Carry SQLite's write-ahead log over while nobody waits."""
        if isinstance(self.store, SqliteStore):
            self.store.checkpoint(kind)

    def close(self, *, has_all: bool) -> None:
        """Close the journal with its footer and mark it as applied if the database has all."""
        self.journal.close()
        if not has_all:
            return
        try:
            with self.store.transaction():
                self._mark(self.journal.last_seq)
        except StoreBusyError as error:
            LOG.warning("the last segment is not marked as applied: %s", error)
