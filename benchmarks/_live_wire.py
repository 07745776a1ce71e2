"""One keep-alive connection that speaks just enough HTTP/1.1, cheap enough for thousands."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

HEAD_END: Final = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, head and body of one response."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: bytes) -> bytes:
        """Return the value of a header in lower case, empty if it is absent."""
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.partition(b":")
            if key.strip().lower() == name:
                return value.strip()
        return b""


class Wire(asyncio.Protocol):
    """Requests in their order, answers in theirs; chunked bodies are read too."""

    def __init__(self) -> None:
        self.waiting: deque[asyncio.Future[Answer]] = deque()
        self.buffer = bytearray()
        self.transport: asyncio.Transport | None = None
        self.is_lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self.transport = transport  # type: ignore[assignment]

    def connection_lost(self, exc: Exception | None) -> None:
        """Fail everything that waits."""
        self.is_lost = True
        while self.waiting:
            future = self.waiting.popleft()
            if not future.done():
                future.set_exception(exc or ConnectionResetError("closed"))

    def data_received(self, data: bytes) -> None:
        """Resolve each answer that is complete."""
        self.buffer += data
        while self.waiting and (answer := self._take()) is not None:
            future = self.waiting.popleft()
            if not future.done():
                future.set_result(answer)

    def ask(self, request: bytes) -> asyncio.Future[Answer]:
        """Send a request; the future has its answer."""
        future = asyncio.get_running_loop().create_future()
        if self.is_lost or self.transport is None:
            future.set_exception(ConnectionResetError("closed"))
            return future
        self.waiting.append(future)
        self.transport.write(request)
        return future

    def _take(self) -> Answer | None:
        end = self.buffer.find(HEAD_END)
        if end < 0:
            return None
        head = bytes(self.buffer[:end])
        status = int(head[9:12])
        lower = head.lower()
        if b"transfer-encoding: chunked" in lower:
            return self._take_chunked(status, head, end + 4)
        place = lower.find(b"content-length:")
        length = int(lower[place + 15 :].split(b"\r\n", 1)[0]) if place >= 0 else 0
        if len(self.buffer) < end + 4 + length:
            return None
        body = bytes(self.buffer[end + 4 : end + 4 + length])
        del self.buffer[: end + 4 + length]
        return Answer(status, head, body)

    def _take_chunked(self, status: int, head: bytes, start: int) -> Answer | None:
        body, at = bytearray(), start
        while True:
            line = self.buffer.find(b"\r\n", at)
            if line < 0:
                return None
            size = int(bytes(self.buffer[at:line]).split(b";")[0], 16)
            if len(self.buffer) < line + 2 + size + 2:
                return None
            body += self.buffer[line + 2 : line + 2 + size]
            at = line + 2 + size + 2
            if size == 0:
                del self.buffer[:at]
                return Answer(status, head, bytes(body))


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


async def connect(port: int) -> Wire:
    """Open a connection to the server of this machine."""
    loop = asyncio.get_running_loop()
    _, wire = await loop.create_connection(Wire, "127.0.0.1", port)
    return wire


def get(path: str, *, port: int, cookie: str = "") -> bytes:
    """Build a GET request as a browser of the hall sends it."""
    return _head("GET", path, port, cookie) + b"\r\n"


def post(path: str, body: bytes, *, port: int, cookie: str = "") -> bytes:
    """Build a POST request with a JSON body."""
    head = _head("POST", path, port, cookie)
    extra = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head + extra.encode() + body


def _head(method: str, path: str, port: int, cookie: str) -> bytes:
    lines = [
        f"{method} {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Accept-Encoding: gzip",
        "Sec-Fetch-Site: same-origin",
        f"Origin: http://127.0.0.1:{port}",
    ]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    return ("\r\n".join(lines) + "\r\n").encode()
