"""The line in front of the writer: what came while a group was written is the next group."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from alpclusters.live.answers import Busy
from alpclusters.live.journal import JournalFullError, JournalStoppedError, SyncFailedError
from alpclusters.live.journal_folder import (
    RESERVE_BYTES,
    free_bytes,
    give_up_reserve,
    keep_reserve,
)
from alpclusters.live.memory import Event
from alpclusters.live.writer import GROUP, Fate, Item, Writer

LONGEST: Final = 20_000
ALARM: Final = 5_000
_AGAIN_S: Final = 0.25
_IDLE_S: Final = 2.0

LOG: Final = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class Ticket:
    """A command in the line.

    Attributes
    ----------
    item : Item
        What the writer gets.
    event : Event or None
        The memory it belongs to.
    done : Future of Fate
        Resolves when the fate of this try is known.
    undo : list of callables
        Take back what memory noted in advance, last first.
    """

    item: Item
    event: Event | None
    done: "asyncio.Future[Fate]"
    undo: list[Callable[[], None]] = field(default_factory=list)


class Line:
    """Gathers tickets for a moment, hands them to the writer's thread, and tells their fate.

    Parameters
    ----------
    writer : Writer
        Where groups go.
    thread : Executor
        The writer's only thread.
    window_s : float
        How long a group is gathered.
    settle : callable
        Called with each ticket that is durable, in order, before anybody hears of it.
    """

    def __init__(
        self,
        writer: Writer,
        thread: Executor,
        *,
        window_s: float,
        settle: Callable[[Ticket], None],
    ) -> None:
        self._writer, self._thread = writer, thread
        self._window_s, self._settle = window_s, settle
        self._tickets: deque[Ticket] = deque()
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._ends = False
        self._was_busy = False
        self.is_full = False
        self.is_refusing = False
        self.rotate_soon = False
        # Every command up to this number is in the database.
        self.durable = writer.journal.last_seq

    def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.create_task(self._run(), name="writer")

    def __len__(self) -> int:
        return len(self._tickets)

    @property
    def is_stopped(self) -> bool:
        """Say whether the journal can promise nothing any more."""
        return self._writer.journal.is_stopped

    @property
    def trouble(self) -> str:
        """Name what keeps everything from being taken: ``journal``, ``disk``, or nothing."""
        if self.is_stopped:
            return "" if self.is_refusing else "journal"
        return "disk" if self.is_full else ""

    def require_room(self) -> None:
        """Refuse before anything is noted.

        Raises
        ------
        Busy
            The line is full, the disk is full, the process ends, or the journal has stopped.
        """
        if self.is_stopped:
            raise Busy(10, "stopped")
        if self.is_refusing:
            raise Busy(1, "closing")
        if len(self._tickets) >= LONGEST:
            raise Busy(1, "full")
        if self.is_full:
            self._require_space()

    def put(self, ticket: Ticket) -> None:
        """Take a place at the end of the line."""
        self._tickets.append(ticket)
        self._woken.set()

    async def close(self) -> None:
        """Refuse what comes, write what waits."""
        self.is_refusing = self._ends = True
        self._woken.set()
        if self._task is not None:
            await self._task

    # ---- inside --------------------------------------------------------------------------

    def _require_space(self) -> None:
        if free_bytes(self._writer.journal.folder) < 2 * RESERVE_BYTES:
            raise Busy(2, "disk_full")

    async def _run(self) -> None:
        while not (self._ends and not self._tickets):
            await self._wait()
            if self._tickets:
                await self._write()
        # One try was given to what could not be written; the journal has it.

    async def _wait(self) -> None:
        if not self._tickets:
            self._woken.clear()
            try:
                async with asyncio.timeout(_IDLE_S):
                    await self._woken.wait()
            except TimeoutError:
                await self._rest()
                return
        if self._window_s and not self._ends:
            await asyncio.sleep(self._window_s)

    async def _rest(self) -> None:
        """Do in a quiet moment what would be in the way otherwise."""
        if self._was_busy:
            self._was_busy = False
            await self._in_thread(self._writer.checkpoint)
            if not self.is_full:
                await self._in_thread(lambda: keep_reserve(self._writer.journal.folder))
        if self.rotate_soon:
            self.rotate_soon = False
            await self._in_thread(self._rotate)

    def _rotate(self) -> None:
        with suppress(JournalFullError, SyncFailedError):
            self._writer.journal.rotate()
        self._writer.checkpoint("TRUNCATE")

    async def _in_thread(self, call: Callable[[], object]) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, call)

    async def _write(self) -> None:
        self._was_busy = True
        group = [self._tickets[place] for place in range(min(GROUP, len(self._tickets)))]
        try:
            await self._in_thread(lambda: self._writer.commit([t.item for t in group]))
        except JournalStoppedError:
            LOG.critical("the journal has stopped: nothing is acknowledged any more")
            self._drop([t for t in group if not t.item.is_journalled])
            return
        self._tell(group)
        if any(ticket.item.fate is Fate.WAITING for ticket in group):
            self._ends_now()
            await asyncio.sleep(_AGAIN_S)

    def _ends_now(self) -> None:
        """At the end nobody waits for the database: the next start replays the journal."""
        if self._ends:
            for ticket in self._tickets:
                _resolve(ticket, Fate.WAITING)
            self._tickets.clear()

    def _tell(self, group: list[Ticket]) -> None:
        self._drop([t for t in group if t.item.fate is Fate.DROPPED])
        for ticket in group:
            if ticket.item.fate in {Fate.STORED, Fate.FAILED}:
                self._tickets.remove(ticket)
                self._finish(ticket)
            elif ticket.item.fate is Fate.WAITING:
                _resolve(ticket, Fate.WAITING)
                ticket.done = asyncio.get_running_loop().create_future()

    def _finish(self, ticket: Ticket) -> None:
        if ticket.item.fate is Fate.FAILED:
            _take_back(ticket)
        else:
            self.is_full = False
            self.durable = max(self.durable, ticket.item.record.seq)
            self._settle_safely(ticket)
        _resolve(ticket, ticket.item.fate or Fate.FAILED)

    def _settle_safely(self, ticket: Ticket) -> None:
        try:
            self._settle(ticket)
        except Exception:
            # It is durable: a mistake in a count must not take the acknowledgement away.
            LOG.exception("memory did not take record %s", ticket.item.record.seq)

    def _drop(self, tickets: list[Ticket]) -> None:
        """Forget commands that are nowhere: whoever sent them will send them again."""
        if tickets and not self.is_stopped:
            self.is_full = True
            give_up_reserve(self._writer.journal.folder)
        for ticket in reversed(tickets):
            self._tickets.remove(ticket)
            _take_back(ticket)
            _resolve(ticket, Fate.DROPPED)


def _take_back(ticket: Ticket) -> None:
    for undo in reversed(ticket.undo):
        undo()


def _resolve(ticket: Ticket, fate: Fate) -> None:
    if not ticket.done.done():
        ticket.done.set_result(fate)
