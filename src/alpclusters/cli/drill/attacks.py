"""What one machine without an account can do to a server: bodies without end, half, or slow.

Each attack is bounded, and returns figures; whether they are good is judged elsewhere.
"""

import asyncio
import contextlib
import socket
import time
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any, Final

from alpclusters.cli.drill.wire import Place

LOGIN: Final = "/en/account/login/"
BLOCK: Final = b"x" * 65_536
MEGABYTE: Final = 1_000_000
HALF: Final = 5_000
# A byte a second is far below what the server waits for.
DRIP_S: Final = 1.0


def form_head(place: Place, length: int, cookie: str = "", address: str = "") -> bytes:
    """Build the head of a form that is sent to the sign-in.

    Parameters
    ----------
    place : Place
    length : int
        What it says its body has, in bytes.
    cookie : str, optional
    address : str, optional
        As from another machine: this one is a proxy that is believed.
    """
    lines = [
        f"POST {LOGIN} HTTP/1.1",
        f"Host: {place.name}",
        f"Origin: http://{place.name}",
        "Accept: text/html",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {length}",
        *([f"Cookie: {cookie}"] if cookie else []),
        *([f"X-Forwarded-For: {address}"] if address else []),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def send_giant(place: Place, megabytes: int) -> dict[str, Any]:
    """Send one body until it is refused; what counts is what the server let in."""
    most, began = megabytes * MEGABYTE, time.monotonic()
    reader, writer = await asyncio.open_connection(place.host, place.port)
    # What still lies on our own side has not been let in.
    own = writer.get_extra_info("socket")
    own.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, len(BLOCK))
    writer.write(form_head(place, most))
    sent, answer = 0, asyncio.create_task(_read(reader))
    with contextlib.suppress(ConnectionError):
        while sent < most and not answer.done():
            writer.write(BLOCK)
            sent += len(BLOCK)
            await writer.drain()
            await asyncio.sleep(0)
    status = await answer
    writer.close()
    return {
        "sent_mb": round(sent / MEGABYTE, 1),
        "status": status,
        "seconds": round(time.monotonic() - began, 2),
    }


@contextlib.asynccontextmanager
async def half_sent(place: Place, n: int) -> AsyncIterator[None]:
    """Hold bodies open of which two bytes came; what is hung up is begun anew."""
    holding = [asyncio.create_task(_hold(place)) for _ in range(n)]
    try:
        yield
    finally:
        for task in holding:
            task.cancel()
        await asyncio.gather(*holding, return_exceptions=True)


async def send_slowly(place: Place, n: int, *, at_most_s: float) -> dict[str, Any]:
    """Send bodies a byte a second until the server hangs up.

    Returns
    -------
    dict
        ``n``; ``cut``: how many the server ended; ``longest_s`` until the last one was;
        ``answers`` by status, 0 without one.
    """
    ended = await asyncio.gather(*(_drip(place, at_most_s) for _ in range(n)))
    cut = [(seconds, status) for seconds, status in ended if status is not None]
    return {
        "n": n,
        "cut": len(cut),
        "longest_s": round(max((seconds for seconds, _ in cut), default=at_most_s), 1),
        "answers": dict(sorted(Counter(str(status) for _, status in cut).items())),
    }


async def _drip(place: Place, at_most_s: float) -> tuple[float, int | None]:
    began = time.monotonic()
    status: int | None = 0
    try:
        reader, writer = await asyncio.open_connection(place.host, place.port)
    except ConnectionError:
        return 0.0, status
    answer = asyncio.create_task(_read(reader))
    try:
        writer.write(form_head(place, HALF))
        while not answer.done() and time.monotonic() - began < at_most_s:
            writer.write(b"x")
            await writer.drain()
            await asyncio.wait([answer], timeout=DRIP_S)
        status = answer.result() if answer.done() else None
    except ConnectionError:
        pass
    finally:
        answer.cancel()
        writer.close()
    return time.monotonic() - began, status


async def _read(reader: asyncio.StreamReader) -> int:
    """Return the status of the answer, 0 without one."""
    try:
        found = await reader.read(65_536)
    except ConnectionError:
        return 0
    return int(found.split(b" ", 2)[1]) if found else 0


async def _hold(place: Place) -> None:
    while True:
        with contextlib.suppress(ConnectionError):
            reader, writer = await asyncio.open_connection(place.host, place.port)
            try:
                writer.write(form_head(place, HALF) + b"ab")
                await reader.read()
            finally:
                writer.close()
