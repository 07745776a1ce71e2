"""How much may be sent, how slowly, and how much at once, before anybody is known."""

import asyncio
import contextlib
import socket
import time
from contextlib import ExitStack

import pytest

from alpclusters.live.access import STARTS_WITHIN_S, AccessLog
from alpclusters.live.bodies import Bodies
from alpclusters.live.upstream import FOR_HALLS, MAX_BUSY, SIGNING_IN, Upstream
from alpclusters.live.wire import RefusedError
from tests.live.hall_server import Hall, wait_until
from tests.live.small_site import DOCUMENTS, site

MEGABYTE = 1_000_000
GERMAN = b"Accept: text/html\r\nAccept-Language: de\r\n"


def begin(hall: Hall, path: str, head: bytes, body: bytes = b"") -> socket.socket:
    """Open a connection and send a request that may not be whole."""
    line = hall.connect()
    line.sendall(f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n".encode() + head + b"\r\n" + body)
    return line


def answer_of(line: socket.socket) -> tuple[int, bytes]:
    """Read until the connection ends; return the status and all bytes."""
    parts = []
    with contextlib.suppress(ConnectionError):
        while part := line.recv(65536):
            parts.append(part)
    found = b"".join(parts)
    return int(found.split(b" ", 2)[1]), found


def answer_of_one(line: socket.socket) -> tuple[int, bytes]:
    """Read what comes first on a connection that may stay open."""
    found = line.recv(65536)
    return int(found.split(b" ", 2)[1]), found


def flood(line: socket.socket, block: bytes, *, most: int) -> int:
    """Send until the other side hangs up; return the bytes that went out."""
    sent = 0
    with contextlib.suppress(ConnectionError):
        while sent < most:
            line.sendall(block)
            sent += len(block)
    return sent


JSON = b"Content-Type: application/json\r\nOrigin: http://127.0.0.1\r\n"


@pytest.mark.parametrize(
    "path",
    [
        "/de/account/login/",
        DOCUMENTS,
        "/static/a.css",
        "/nowhere",
        "/live/join",
        "/live/7/command",
        "/live/7/stream",
        "/healthz",
    ],
)
@pytest.mark.parametrize(
    "length", [b"Content-Length: 500000000\r\n", b"Transfer-Encoding: chunked\r\n"]
)
def test_of_a_body_of_500_megabytes_4_are_taken_in_at_every_route(hall_with_site, path, length):
    """Whoever it comes from: what the machine keeps for us unread counts as well."""
    block = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    with begin(hall_with_site, path, GERMAN + JSON + length) as line:
        # What still lies on the sender's side has not arrived.
        line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65536)
        sent = flood(line, block, most=500 * MEGABYTE)

    assert sent < 4 * MEGABYTE


def test_who_sends_500_megabytes_is_told_why_they_are_refused(hall_with_site):
    with begin(
        hall_with_site, "/de/account/login/", GERMAN + b"Content-Length: 500000000\r\n"
    ) as line:
        status, page = answer_of(line)

    assert status == 413
    assert "Das ist zu groß" in page.decode()
    assert "höchstens 2 MB" in page.decode()
    assert site.asked == []


def test_a_body_in_chunks_is_refused_beyond_the_limit(hall_with_site):
    with begin(hall_with_site, "/de/", b"Transfer-Encoding: chunked\r\n") as line:
        flood(line, b"10000\r\n" + b"x" * 65536 + b"\r\n", most=3 * MEGABYTE)
        status, _ = answer_of(line)

    assert status == 413
    assert site.asked == []


def test_bodies_that_do_not_come_hold_no_place(hall_with_site):
    with ExitStack() as lines:
        for _ in range(MAX_BUSY + 50):
            head = b"Content-Length: 5000\r\n"
            lines.enter_context(begin(hall_with_site, "/de/account/login/", head, b"ab"))
        wait_until(lambda: hall_with_site.app.bodies.n_coming == MAX_BUSY + 50)

        assert hall_with_site.get("/echo").status == 200
        assert hall_with_site.get("/cafe/here/7/").status == 200
        assert hall_with_site.join()

    wait_until(lambda: hall_with_site.app.bodies.n_coming == 0)


@pytest.mark.parametrize("path", ["/de/account/login/", "/live/join"])
def test_a_body_that_stops_coming_is_not_awaited(hall_with_site, path):
    hall_with_site.app.bodies.patience_s = 0.2
    head = GERMAN + b"Content-Type: application/json\r\nSec-Fetch-Site: same-origin\r\n"

    with begin(hall_with_site, path, head + b"Content-Length: 5000\r\n", b"{") as line:
        status, _ = answer_of(line)

    assert status == 408


def test_a_file_is_taken_from_who_may_open_the_page_of_its_form(hall_with_site):
    file = b"%PDF" * MEGABYTE
    with begin(hall_with_site, DOCUMENTS, b"Content-Length: 3000000\r\n") as line:
        stranger, answer = answer_of(line)
    known = hall_with_site.ask("POST", DOCUMENTS, file, {"Cookie": "session=known"})
    too_large = b"Cookie: session=known\r\nContent-Length: 51000001\r\n"
    with begin(hall_with_site, DOCUMENTS, GERMAN + too_large) as line:
        status, page = answer_of(line)

    assert stranger == 302
    assert b"location: /de/account/login/" in answer
    assert known.json()["size"] == len(file)
    assert status == 413
    assert b"51 MB" in page
    # The stranger's body, and the one that is too large, never reached the site.
    assert sum("content-length" in dict(asked["headers"]) for asked in site.asked) == 1


def test_files_beyond_the_room_for_all_together_wait(hall_with_site):
    hall_with_site.app.bodies.spool = 10 * MEGABYTE
    head = b"Cookie: session=known\r\nContent-Length: 6000000\r\n"

    with begin(hall_with_site, DOCUMENTS, head, b"%PDF"):
        wait_until(lambda: hall_with_site.app.bodies.n_spooled > 0)
        with begin(hall_with_site, DOCUMENTS, GERMAN + head) as line:
            status, page = answer_of(line)
    wait_until(lambda: hall_with_site.app.bodies.n_spooled == 0)
    again = hall_with_site.ask("POST", DOCUMENTS, b"x" * 6_000_000, {"Cookie": "session=known"})

    assert status == 503
    assert b"retry-after: 30" in page
    assert "Einen Moment" in page.decode()
    assert again.status == 200


def test_another_name_of_the_server_is_refused_readably(hall_with_site):
    found = hall_with_site.get(
        "/de/", {"Host": "evil.example", "Accept": "text/html", "Accept-Language": "sl"}
    )

    assert found.status == 400
    assert 'lang="sl"><h1>' in found.body.decode()
    assert site.asked == []


def test_figures_are_not_read_under_another_name(hall):
    foreign = {"Host": "evil.example", "Authorization": "Bearer guess"}
    assert hall.get("/metrics", foreign).status == 404
    assert hall.get("/metrics").status == 200
    assert hall.get("/healthz", {"Host": "evil.example"}).status == 200


def test_slow_bodies_do_not_fill_the_log(caplog):
    # Neither as slow requests, which are written after the first ten seconds.
    now = [0.0]
    log = AccessLog(None, is_full=False, clock=lambda: now[0])
    now[0] = STARTS_WITHIN_S + 1

    async def scene(status: int) -> list[str]:
        async def answer(_scope, _receive, send):
            now[0] += 12.0
            await send({"type": "http.response.start", "status": status, "headers": []})

        async def send(_message):
            pass

        log.app = answer
        caplog.clear()
        with caplog.at_level("INFO", "alpclusters.access"):
            await log({"type": "http", "method": "POST", "path": "/de/"}, None, send)
        return [record.getMessage() for record in caplog.records]

    assert asyncio.run(scene(408)) == []
    assert len(asyncio.run(scene(200))) == 1


def test_a_body_that_came_whole_with_its_head_waits_for_no_room(hall):
    """Nearly every vote: no address is worked out for it, nothing is counted, no clock is set."""
    hall.app.bodies.in_memory = 0
    head = b"Content-Type: application/json\r\nOrigin: http://127.0.0.1\r\nContent-Length: 2\r\n"

    with begin(hall, "/live/join", head, b"{}") as whole:
        status, page = answer_of_one(whole)
    with begin(hall, "/live/join", head, b"{") as halved:
        wait_until(lambda: hall.app.bodies.n_refused + hall.app.bodies.n_let_go > 0)
        refused, _ = answer_of_one(halved)

    assert (status, refused) == (422, 503), page


def test_a_body_that_came_whole_has_the_same_limit(hall):
    body = b'{"k": "%s"}' % (b"x" * 9_000)
    head = b"Content-Type: application/json\r\nOrigin: http://127.0.0.1\r\n"
    lines = head + b"Content-Length: %d\r\n" % len(body)

    with begin(hall, "/live/join", lines, body) as line:
        status, _ = answer_of_one(line)

    assert status == 413


# ---- who is let go when too much comes at once -------------------------------------------------


class Sender:
    """A body that comes when the test says so."""

    def __init__(self, bodies: Bodies, address: str) -> None:
        self.parts: asyncio.Queue[dict] = asyncio.Queue()
        self.task = asyncio.create_task(self._send(bodies, address))

    async def _send(self, bodies: Bodies, address: str) -> bytes | str:
        try:
            async with bodies.short(address, self.parts.get, 1_000) as body:
                return bytes(body.content)
        except RefusedError as refused:
            return f"{refused.status} {refused.code}"

    async def give(self, part: bytes, *, is_last: bool = False) -> None:
        self.parts.put_nowait({"type": "http.request", "body": part, "more_body": not is_last})
        for _ in range(5):
            await asyncio.sleep(0)


def test_the_oldest_slow_body_of_an_address_makes_way_for_its_next():
    async def scene():
        bodies = Bodies(0, per_address=2, slow_after_s=0.0)
        senders = []
        for _ in range(3):
            senders.append(Sender(bodies, "192.0.2.7"))
            await senders[-1].give(b"a")
            await asyncio.sleep(0.01)
        for sender in senders[1:]:
            await sender.give(b"b", is_last=True)
        return [await sender.task for sender in senders], bodies.n_coming, bodies.n_bytes

    assert asyncio.run(scene()) == (["503 too_many", b"ab", b"ab"], 0, 0)


def test_bodies_that_are_there_in_a_moment_push_nobody_out():
    async def scene():
        bodies = Bodies(0, per_address=2, at_once=2)
        senders = [Sender(bodies, "192.0.2.7") for _ in range(50)]
        for sender in senders:
            await sender.give(b"a")
        for sender in senders:
            await sender.give(b"b", is_last=True)
        return {await sender.task for sender in senders}, bodies.n_let_go

    assert asyncio.run(scene()) == ({b"ab"}, 0)


def test_who_is_let_go_in_the_moment_the_wait_ends_disturbs_nobody():
    async def scene():
        bodies = Bodies(0, in_memory=100, patience_s=0.05)
        late = Sender(bodies, "192.0.2.7")
        await late.give(b"x" * 60)
        # The loop is held up until the wait is over, then both happen in one turn.
        asyncio.get_running_loop().call_soon(time.sleep, 0.1)
        honest = Sender(bodies, "192.0.2.8")
        await honest.give(b"a" * 60, is_last=True)
        return await late.task, await honest.task

    late, honest = asyncio.run(scene())

    assert late in {"408 too_slow", "503 too_many"}
    assert honest == b"a" * 60


def test_when_memory_runs_out_the_address_that_sends_most_makes_way():
    async def scene():
        bodies = Bodies(0, in_memory=1_000)
        hall = [Sender(bodies, "192.0.2.7") for _ in range(5)]
        for sender in hall:
            await sender.give(b"a" * 10)
        flood = [Sender(bodies, "2001:db8:1:2::5"), Sender(bodies, "2001:db8:1:2:ffff::6")]
        for sender in flood:
            await sender.give(b"x" * 475)
        for sender in (*hall, flood[1]):
            await sender.give(b"b", is_last=True)
        told = [await sender.task for sender in (*hall, *flood)]
        return told, bodies.n_coming, bodies.n_bytes

    told, n_coming, n_bytes = asyncio.run(scene())

    assert told[:5] == [b"a" * 10 + b"b"] * 5
    assert told[5:] == ["503 too_many", b"x" * 475 + b"b"]
    assert (n_coming, n_bytes) == (0, 0)


@pytest.mark.parametrize(("part", "told"), [(10_240, "61440 bytes"), (1_024, "408 too_slow")])
def test_a_body_may_come_slowly_but_has_to_come(part, told):
    async def scene() -> str:
        loop, passed = asyncio.get_running_loop(), 0.0
        clock = loop.time
        loop.time = lambda: clock() + passed
        bodies, parts = Bodies(0, patience_s=100.0), asyncio.Queue()

        async def read() -> str:
            try:
                async with bodies.short("192.0.2.7", parts.get, 100_000) as body:
                    return f"{body.size} bytes"
            except RefusedError as refused:
                return f"{refused.status} {refused.code}"

        reading = asyncio.create_task(read())
        for n in range(6):
            parts.put_nowait({"type": "http.request", "body": b"x" * part, "more_body": n < 5})
            for _ in range(5):
                await asyncio.sleep(0)
            passed += 80.0
        return await reading

    assert asyncio.run(scene()) == told


def test_pages_of_a_hall_have_places_of_their_own(tmp_path):
    async def scene():
        async def hold(reader, writer):
            await reader.read()
            writer.close()

        path = tmp_path / "s.sock"
        server = await asyncio.start_unix_server(hold, path=str(path))
        upstream = Upstream([path])
        taken = [await upstream.take(b"POST", b"/de/") for _ in range(MAX_BUSY - FOR_HALLS)]
        waiting = asyncio.create_task(upstream.take(b"GET", b"/de/"))
        hall = await upstream.take(b"GET", b"/cafe/here/7/")
        has_waited = not waiting.done()
        upstream.give_back(taken.pop())
        taken += [hall, await waiting]
        for line in taken:
            upstream.give_back(line)
        await upstream.close()
        server.close()
        return has_waited

    assert asyncio.run(scene())


def test_who_signs_in_waits_and_holds_up_no_page(tmp_path):
    async def scene():
        async def hold(reader, writer):
            await reader.read()
            writer.close()

        path = tmp_path / "s.sock"
        server = await asyncio.start_unix_server(hold, path=str(path))
        upstream = Upstream([path])
        door = (b"POST", b"/de/account/login/")
        taken = [await upstream.take(*door) for _ in range(SIGNING_IN)]
        waiting = [asyncio.create_task(upstream.take(*door)) for _ in range(MAX_BUSY)]
        taken.append(await upstream.take(b"GET", b"/de/account/login/"))
        taken.append(await upstream.take(b"POST", b"/de/workspace/"))
        n_through = sum(task.done() for task in waiting)
        for line in taken:
            upstream.give_back(line)
        for task in waiting:
            upstream.give_back(await task)
        await upstream.close()
        server.close()
        return n_through

    assert asyncio.run(scene()) == 0
