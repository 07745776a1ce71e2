"""The connection of a browser: the server's own, with limits that it lacks."""

import asyncio
import fcntl
import socket
import sys
import termios
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from alpclusters.live.headers import MAX_HEAD
from alpclusters.live.wire import CONNECTION, HEAD_TOO_LARGE, WHOLE

HEAD_WITHIN_S: Final = 20.0
DEAD_AFTER_MS: Final = 30_000
# What the machine takes in for us while nobody reads: else it grows to megabytes a connection.
TAKEN_IN: Final = 128 * 1024
# The slowest honest phones read five thousand bytes a second.
READS_PER_S: Final = 1_000


class LimitedProtocol(HttpToolsProtocol):
    """Ends heads without end, connections that never ask, and peers that do not read."""

    _head_bytes = 0
    _is_in_head = True
    _deadline: asyncio.TimerHandle | None = None
    _reader_due: asyncio.TimerHandle | None = None
    _unread = 0
    # How often somebody who is behind is looked at; a stall that is shorter ends nothing.
    look_s = 30.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._socket = transport.get_extra_info("socket")
        if self._socket is not None:
            _set_limits(self._socket)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
        self._stop_looking()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count the bytes of a head that does not end."""
        if self._is_in_head:
            self._head_bytes += len(data)
            if self._deadline is None:
                self._await_head()
        super().data_received(data)
        if self._is_in_head and self._head_bytes > 2 * MAX_HEAD:
            line = STATUS_LINE[HEAD_TOO_LARGE]
            self.transport.write(line + b"content-length: 0\r\nconnection: close\r\n\r\n")
            self.transport.close()

    def on_message_begin(self) -> None:
        """Hand the connection to whoever has to cut it."""
        super().on_message_begin()
        self._is_in_head = True
        scope: Any = self.scope
        scope["extensions"] = {CONNECTION: self}

    def on_headers_complete(self) -> None:
        """Stop counting: what follows is a body, which its reader limits."""
        self._is_in_head, self._head_bytes = False, 0
        self._stop_waiting()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Say that the request is here whole, and wait for the next head."""
        super().on_message_complete()
        scope: Any = self.scope
        scope["extensions"][WHOLE] = {}
        self._is_in_head = True

    def on_response_complete(self) -> None:
        """End the connection of who was answered before the body came: nobody reads the rest."""
        is_cut_short = self.cycle is not None and self.cycle.more_body and not self.pipeline
        if is_cut_short and not self.transport.is_closing():
            self.transport.close()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Begin to look how fast the other side reads: more waits for it than should."""
        super().pause_writing()
        if self._reader_due is None:
            self._look_later()

    def resume_writing(self) -> None:
        """Stop looking: it has caught up."""
        self._stop_looking()
        super().resume_writing()

    async def catch_up(self) -> None:
        """Return when the other side is not behind any more, or is gone."""
        await self.flow.drain()

    def abort(self) -> None:
        """Cut the connection without sending what waits."""
        self.transport.abort()

    def _await_head(self) -> None:
        self._deadline = self.loop.call_later(HEAD_WITHIN_S, self._too_late)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_late(self) -> None:
        self._deadline = None
        if not self.transport.is_closing():
            self.transport.close()

    def _look_later(self) -> None:
        self._unread = self._count_unread()
        self._reader_due = self.loop.call_later(self.look_s, self._look_at_reader)

    def _look_at_reader(self) -> None:
        if self._unread - self._count_unread() < READS_PER_S * self.look_s:
            self._reader_due = None
            self.abort()
        else:
            self._look_later()

    def _stop_looking(self) -> None:
        if self._reader_due is not None:
            self._reader_due.cancel()
            self._reader_due = None

    def _count_unread(self) -> int:
        """Count what has not arrived: it waits here, or in the machine for a confirmation."""
        waiting = self.transport.get_write_buffer_size()
        if self._socket is None or self._socket.fileno() < 0:
            return waiting
        try:
            found = fcntl.ioctl(self._socket.fileno(), termios.TIOCOUTQ, bytes(4))
        except OSError:
            return waiting
        return waiting + int.from_bytes(found, sys.byteorder)


def _set_limits(connection: Any) -> None:
    """Let the machine end who confirms nothing any more, and take little in that nobody reads."""
    if connection.family in {socket.AF_INET, socket.AF_INET6}:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, TAKEN_IN)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, DEAD_AFTER_MS)
