"""One keep-alive connection that speaks just enough HTTP/1.1, cheap enough for thousands.

It leads to this machine and nowhere else.
"""

import asyncio
import ipaddress
import socket
from collections import deque
from dataclasses import dataclass
from typing import Final, Self

from alpclusters.analysis.errors import InputError, Where

HEAD_END: Final = b"\r\n\r\n"
HOST: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server of this machine answers.

    Raises
    ------
    InputError
        ``drill.not_loopback``: the address leads to the network.
    """

    port: int
    host: str = HOST

    def __post_init__(self) -> None:
        try:
            is_loopback = ipaddress.IPv4Address(self.host).is_loopback
        except ValueError:
            is_loopback = False
        if not is_loopback:
            where = Where(argument="--address")
            raise InputError("drill.not_loopback", where=where, found=self.host)

    @classmethod
    def free(cls, host: str = HOST) -> Self:
        """Return a place where nobody listens."""
        with socket.socket() as probe:
            probe.bind((cls(0, host).host, 0))
            return cls(int(probe.getsockname()[1]), host)

    @property
    def name(self) -> str:
        """Address and port, as a browser names them."""
        return f"{self.host}:{self.port}"


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

    def close(self) -> None:
        """Hang up."""
        if self.transport is not None:
            self.transport.close()

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


async def connect(place: Place) -> Wire:
    """Open a connection to a server of this machine."""
    loop = asyncio.get_running_loop()
    _, wire = await loop.create_connection(Wire, place.host, place.port)
    return wire


def get(path: str, *, at: Place, cookie: str = "") -> bytes:
    """Build a GET request as a browser of the hall sends it."""
    return _head("GET", path, at, cookie) + b"\r\n"


def post(path: str, body: bytes, *, at: Place, cookie: str = "") -> bytes:
    """Build a POST request with a JSON body."""
    extra = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return _head("POST", path, at, cookie) + extra.encode() + body


def _head(method: str, path: str, place: Place, cookie: str) -> bytes:
    lines = [
        f"{method} {path} HTTP/1.1",
        f"Host: {place.name}",
        "Accept-Encoding: gzip",
        "Sec-Fetch-Site: same-origin",
        f"Origin: http://{place.name}",
    ]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    return ("\r\n".join(lines) + "\r\n").encode()
