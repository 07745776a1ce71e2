"""A stream of Server-Sent Events, as a screen of the hall hears it."""

import asyncio
from collections.abc import Callable


class Listener(asyncio.Protocol):
    """A stream of Server-Sent Events: calls back with each data line."""

    def __init__(self, request: bytes, on_data: Callable[["Listener", bytes], None]) -> None:
        self.request, self.on_data = request, on_data
        self.buffer = bytearray()
        self.transport: asyncio.Transport | None = None
        self.n_events = 0
        self.heard = asyncio.Event()
        self.last = -1
        self.is_lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        self.transport = transport  # type: ignore[assignment]
        self.transport.write(self.request)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's form
        """Remember it."""
        self.is_lost = True
        self.heard.set()

    def data_received(self, data: bytes) -> None:
        """Pass on every complete line of data."""
        self.buffer += data
        *lines, rest = bytes(self.buffer).split(b"\n")
        self.buffer = bytearray(rest)
        for line in lines:
            if line.startswith(b"data:"):
                self.n_events += 1
                self.heard.set()
                self.on_data(self, line[5:].strip())
