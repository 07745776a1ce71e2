"""Connections to the site: h11 reads and writes, a pool keeps those that can be used again."""

import asyncio
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import h11

BLOCK: Final = 64 * 1024
READ_AHEAD: Final = 32 * 1024
CONNECT_S: Final = 3.0
SILENT_S: Final = 120.0
IDLE_S: Final = 20.0
MAX_IDLE: Final = 16
MAX_BUSY: Final = 100
# Places that only pages of a hall may take: its phones, hosts and screens come first.
FOR_HALLS: Final = 20
HALLS: Final = b"/cafe/"
# Passwords take memory and time: who signs in waits here, where waiting costs nothing.
SIGNING_IN: Final = 8
DOORS: Final = re.compile(rb"/[a-z]{2}/account/")
MAX_WAIT_S: Final = 20.0
# A site that has not answered once since the start is still starting: visitors wait for it.
STARTS_WITHIN_S: Final = 30.0
ASK_AGAIN_S: Final = 0.1
IS_SAFE: Final = frozenset({b"GET", b"HEAD"})


class SiteGoneError(Exception):
    """The site cannot be reached, or it broke off before it answered."""


class BrokenOffError(Exception):
    """The site broke off in the middle of its answer, which has been passed on in part."""


class Line:
    """One connection to the site."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.http = h11.Connection(h11.CLIENT, max_incomplete_event_size=BLOCK)
        self.idle_since = 0.0
        self.is_used = False
        self.held: list[asyncio.Semaphore] = []

    async def send(self, event: h11.Request | h11.Data | h11.EndOfMessage) -> None:
        """Write a part of a request; waits while more than a block is on its way."""
        data = self.http.send(event)
        if data:
            self.writer.write(data)
            await self.writer.drain()

    async def receive(self) -> h11.Event:
        """Return the next part of the answer.

        Raises
        ------
        ConnectionError
            It ends too early, or what comes is no HTTP.
        """
        while True:
            try:
                event = self.http.next_event()
                if event is h11.NEED_DATA:
                    async with asyncio.timeout(SILENT_S):
                        self.http.receive_data(await self.reader.read(BLOCK))
                    continue
            except (h11.RemoteProtocolError, TimeoutError) as error:
                raise ConnectionError(str(error)) from error
            if not isinstance(event, h11.Event) or isinstance(event, h11.ConnectionClosed):
                raise ConnectionError("the site closed the connection")
            if not isinstance(event, h11.InformationalResponse):
                return event

    @property
    def can_be_used_again(self) -> bool:
        """Say whether both sides have said everything and want to go on."""
        return self.http.our_state is h11.DONE and self.http.their_state is h11.DONE

    @property
    def is_stale(self) -> bool:
        """Say whether the site has closed it meanwhile, or probably will."""
        is_old = time.monotonic() - self.idle_since > IDLE_S
        return is_old or self.reader.at_eof() or self.writer.is_closing()

    def close(self) -> None:
        """Let it go."""
        self.writer.close()


class Upstream:
    """The site's processes and the connections to them.

    Parameters
    ----------
    sockets : sequence of Path
        One Unix socket for each process of the site.
    most : int, optional
        Places at once.
    """

    def __init__(self, sockets: Sequence[Path], *, most: int = MAX_BUSY) -> None:
        self.sockets = list(sockets)
        self._idle: list[Line] = []
        self._places = asyncio.Semaphore(most)
        self._others = asyncio.Semaphore(most - FOR_HALLS)
        self._doors = asyncio.Semaphore(SIGNING_IN * len(self.sockets))
        self._turn = 0
        self._starting_until = time.monotonic() + STARTS_WITHIN_S

    async def take(self, method: bytes, target: bytes) -> Line:
        """Return a connection; one that was used before only for what may be asked twice.

        Raises
        ------
        SiteGoneError
            No process of the site accepts a connection.
        """
        gates = self._gates(method, target)
        held: list[asyncio.Semaphore] = []
        try:
            async with asyncio.timeout(MAX_WAIT_S):
                for gate in gates:
                    await gate.acquire()
                    held.append(gate)
            is_used = method in IS_SAFE and self._has_idle()
            line = self._used() if is_used else await self._new()
        except BaseException as error:
            _release(held)
            if isinstance(error, TimeoutError):
                raise SiteGoneError from None
            raise
        line.held = held
        return line

    def _gates(self, method: bytes, target: bytes) -> list[asyncio.Semaphore]:
        if target.startswith(HALLS):
            return [self._places]
        is_at_door = method not in IS_SAFE and DOORS.match(target)
        return [*([self._doors] if is_at_door else []), self._others, self._places]

    def give_back(self, line: Line) -> None:
        """Take a connection back when its answer was read to the end, else close it."""
        _release(line.held)
        if line.can_be_used_again and len(self._idle) < MAX_IDLE:
            line.http.start_next_cycle()
            line.idle_since, line.is_used = time.monotonic(), True
            self._idle.append(line)
        else:
            line.close()

    async def close(self) -> None:
        """Close what is kept."""
        idle, self._idle = self._idle, []
        for line in idle:
            line.close()
        await asyncio.gather(*(line.writer.wait_closed() for line in idle), return_exceptions=True)

    def _has_idle(self) -> bool:
        while self._idle and self._idle[-1].is_stale:
            self._idle.pop().close()
        return bool(self._idle)

    def _used(self) -> Line:
        return self._idle.pop()

    async def _new(self) -> Line:
        while True:
            try:
                line = await self._connect()
            except SiteGoneError:
                if time.monotonic() > self._starting_until:
                    raise
                await asyncio.sleep(ASK_AGAIN_S)
            else:
                self._starting_until = 0.0
                return line

    async def _connect(self) -> Line:
        self._turn += 1
        for step in range(len(self.sockets)):
            path = self.sockets[(self._turn + step) % len(self.sockets)]
            try:
                async with asyncio.timeout(CONNECT_S):
                    pair = await asyncio.open_unix_connection(str(path), limit=READ_AHEAD)
            except (OSError, TimeoutError):
                continue
            return Line(*pair)
        raise SiteGoneError


def _release(held: list[asyncio.Semaphore]) -> None:
    while held:
        held.pop().release()
