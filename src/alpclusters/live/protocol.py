"""The connection of a browser: the server's own, with limits that it lacks."""

import asyncio
import socket
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from alpclusters.live.headers import MAX_HEAD
from alpclusters.live.wire import HEAD_TOO_LARGE, WHOLE

HEAD_WITHIN_S: Final = 20.0
DEAD_AFTER_MS: Final = 30_000


class LimitedProtocol(HttpToolsProtocol):
    """Ends heads without end, connections that never ask, and peers that do not read."""

    _head_bytes = 0
    _is_in_head = True
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        found = transport.get_extra_info("socket")
        if found is not None and hasattr(socket, "TCP_USER_TIMEOUT"):
            _end_dead(found)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_waiting()
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
        scope["extensions"] = {"alpclusters.connection": self}

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


def _end_dead(connection: Any) -> None:
    """Let the kernel end a connection whose other side confirms nothing any more."""
    if connection.family in {socket.AF_INET, socket.AF_INET6}:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, DEAD_AFTER_MS)
