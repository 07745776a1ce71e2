"""Who reads answers slowly, or not at all, holds up nobody else."""

import asyncio
import contextlib
import socket
import time

import pytest

from alpclusters.live.protocol import READS_PER_S, LimitedProtocol
from alpclusters.live.rests import Rests
from alpclusters.live.upstream import FOR_HALLS, MAX_WAIT_S, BrokenOffError, Upstream
from tests.live.hall_server import Hall, wait_until

# The small site's large answer: 200 blocks of 64 KiB.
LARGE = 200 * 65536
PLACES = 3


def ask(hall: Hall, path: str = "/large") -> socket.socket:
    """Ask for something with a small window, as a phone with a bad connection does."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
    line.connect(("127.0.0.1", hall.port))
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    return line


def test_more_slow_readers_than_there_are_places_hold_none(hall_with_site):
    hall_with_site.forward.upstream = Upstream([hall_with_site.site_path], most=FOR_HALLS + PLACES)
    readers = [ask(hall_with_site) for _ in range(2 * PLACES)]
    rests = hall_with_site.forward.rests
    try:
        # Each of them had a place once, and what was not read is in files.
        wait_until(lambda: rests.n_kept == 2 * PLACES)

        assert hall_with_site.get("/quick").status == 200
    finally:
        for line in readers:
            line.close()
    wait_until(lambda: rests.n_bytes == 0)


def test_a_slow_reader_gets_the_whole_answer_unchanged(hall_with_site):
    with ask(hall_with_site) as line:
        wait_until(lambda: hall_with_site.forward.rests.n_kept == 1)
        line.settimeout(MAX_WAIT_S)
        found = bytearray()
        while not found.endswith(b"\r\n0\r\n\r\n"):
            found += line.recv(65536)

    head, _, chunks = found.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert chunks.count(b"x") == LARGE


def test_who_reads_nothing_is_ended_and_who_reads_slowly_is_not(hall_with_site, monkeypatch):
    """Looked at more often than in a hall, with the same rate."""
    monkeypatch.setattr(LimitedProtocol, "look_s", 1.0)
    silent, slow = ask(hall_with_site), ask(hall_with_site)
    with silent, slow:
        until, read = time.monotonic() + 6.0, 0
        while time.monotonic() < until:
            time.sleep(0.2)
            read += len(slow.recv(32 * READS_PER_S))

        assert read > 6 * 5 * READS_PER_S
        # What the machine had on its way still comes, then the end comes too early.
        assert read_all(silent) < LARGE
        # Still there: more of the answer comes.
        assert slow.recv(1024)


def read_all(line: socket.socket) -> int:
    """Read until the other side hangs up."""
    line.settimeout(MAX_WAIT_S)
    found = 0
    with contextlib.suppress(ConnectionError):
        while part := line.recv(65536):
            found += len(part)
    return found


# ---- all rests together ------------------------------------------------------------------------


def parts(n: int):
    """Return what gives n blocks of 100 bytes and then the end."""
    left = [b"x" * 100] * n

    async def next_part() -> bytes | None:
        return left.pop() if left else None

    return next_part


def test_beyond_the_limit_the_oldest_rest_of_the_address_with_most_is_cut():
    cut, sent = [], []

    async def send(message):
        sent.append(message["body"])

    async def scene():
        rests = Rests(most=1_000)
        kept = {
            name: await rests.keep(address, b"", parts(n), lambda name=name: cut.append(name))
            for name, address, n in [("a", "1", 3), ("b", "2", 2), ("c", "1", 3), ("d", "3", 4)]
        }
        for name in "bcd":
            await rests.send(kept[name], send)
        with pytest.raises(BrokenOffError):
            await rests.send(kept["a"], send)
        return rests.n_bytes, rests.n_cut

    assert asyncio.run(scene()) == (0, 1)
    assert cut == ["a"]
    assert len(b"".join(sent)) == 900


def test_a_rest_larger_than_all_together_is_cut_itself():
    async def scene():
        rests = Rests(most=1_000)
        with pytest.raises(BrokenOffError):
            await rests.keep("1", b"", parts(11), lambda: None)
        return rests.n_bytes

    assert asyncio.run(scene()) == 0
