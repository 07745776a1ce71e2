"""Attacks of one machine without an account, and who reads and votes beside them.

python -m benchmarks._attacks PLAN.json ANSWER.json    writes one JSON object
"""

import asyncio
import contextlib
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from alpclusters.platform.cafe.domain.consent_text import CONSENT_VERSION
from benchmarks._live_phones import Phone, new_key, percentiles
from benchmarks._live_wire import Answer, connect, get, post

LOGIN: Final = "/en/account/login/"
PAGES: Final = ("/en/", "/en/about/", "/en/measures/")
BLOCK: Final = b"x" * 65_536
EARLY: Final = b"Too many"
MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do; times in seconds, sizes in megabytes."""

    port: int
    event: int
    link: str
    measures: list[int]
    criteria: list[int]
    site: int
    live: int
    giant_mb: int
    half_sent: list[int]
    sign_ins: int
    sprayed: int
    beside_s: float
    voters: int = 20
    votes_per_s: float = 10.0
    pages_per_s: float = 3.0


class Attack:
    """One run against a server of this machine."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.phones: list[Phone] = []
        self.peak_mb = 0.0

    async def run(self) -> dict[str, Any]:
        """Attack in turn; return the figures."""
        for _ in range(self.plan.voters):
            self.phones.append(await self._join())
        for page in PAGES:
            await (await connect(self.plan.port)).ask(get(page, port=self.plan.port))
        return {
            "nothing": await self._beside(),
            "giant_body": await self._giant(),
            "half_sent": {str(n): await self._half_sent(n) for n in self.plan.half_sent},
            "sprayed": await self._spray(),
            "wrong_sign_ins": await self._sign_ins(),
        }

    # ---- attacks -----------------------------------------------------------------------------

    async def _giant(self) -> dict[str, Any]:
        """Send one body until it is refused; what counts is what the server let in."""
        most, began = self.plan.giant_mb * MEGABYTE, time.monotonic()
        reader, writer = await asyncio.open_connection("127.0.0.1", self.plan.port)
        writer.write(self._head(LOGIN, most))
        sent, answer = 0, asyncio.create_task(reader.read(65_536))
        with contextlib.suppress(ConnectionError):
            while sent < most and not answer.done():
                writer.write(BLOCK)
                sent += len(BLOCK)
                await writer.drain()
                await asyncio.sleep(0)
        found = await answer
        writer.close()
        return {
            "sent_mb": round(sent / MEGABYTE, 1),
            "status": int(found.split(b" ", 2)[1]) if found else 0,
            "seconds": round(time.monotonic() - began, 2),
        }

    async def _half_sent(self, n: int) -> dict[str, Any]:
        """Hold bodies open of which two bytes came; what is hung up is begun anew."""
        holding = [asyncio.create_task(self._hold()) for _ in range(n)]
        await asyncio.sleep(min(3.0, self.plan.beside_s))
        found = await self._beside()
        for task in holding:
            task.cancel()
        await asyncio.gather(*holding, return_exceptions=True)
        return found

    async def _hold(self) -> None:
        while True:
            with contextlib.suppress(ConnectionError):
                reader, writer = await asyncio.open_connection("127.0.0.1", self.plan.port)
                try:
                    writer.write(self._head(LOGIN, 5_000) + b"ab")
                    await reader.read()
                finally:
                    writer.close()

    async def _sign_ins(self) -> dict[str, Any]:
        """Send wrong passwords for as many accounts at once; watch the memory of the site."""
        browsers = [await self._browser() for _ in range(self.plan.sign_ins)]
        before = memory_mb(self.plan.site)
        watch = asyncio.create_task(self._watch())
        statuses = Counter[str]()

        async def sign_in(n: int) -> None:
            # As from as many addresses: this machine is a proxy that is believed.
            address = f"198.51.100.{n}"
            answer = await self._try(browsers[n], f"person-{n}@example.org", address)
            statuses[_what(answer)] += 1

        await asyncio.gather(*(sign_in(n) for n in range(self.plan.sign_ins)))
        watch.cancel()
        return {
            "answers": dict(sorted(statuses.items())),
            "site_mb_before": round(before),
            "site_mb_more": round(self.peak_mb - before),
        }

    async def _spray(self) -> dict[str, Any]:
        """Try one password for many accounts, one after the other, as fast as it goes."""
        browser, statuses, began = await self._browser(), Counter[str](), time.monotonic()
        for n in range(self.plan.sprayed):
            answer = await self._try(browser, f"account-{n}@example.org")
            statuses[_what(answer)] += 1
        return {
            "answers": dict(sorted(statuses.items())),
            "seconds": round(time.monotonic() - began, 1),
        }

    async def _watch(self) -> None:
        while True:
            self.peak_mb = max(self.peak_mb, memory_mb(self.plan.site))
            await asyncio.sleep(0.02)

    # ---- who reads and votes beside it ---------------------------------------------------------

    async def _beside(self) -> dict[str, Any]:
        votes: list[float] = []
        pages: list[float] = []
        statuses = Counter[str]()
        start, plan, worked = time.monotonic(), self.plan, worked_s(self.plan.live)
        jobs = [
            self._vote(start + i / plan.votes_per_s, i, votes, statuses)
            for i in range(round(plan.votes_per_s * plan.beside_s))
        ]
        jobs += [
            self._read(start + i / plan.pages_per_s, i, pages, statuses)
            for i in range(round(plan.pages_per_s * plan.beside_s))
        ]
        await asyncio.gather(*jobs)
        seconds = time.monotonic() - start
        return {
            "live_process_busy": round((worked_s(plan.live) - worked) / seconds, 3),
            "page": percentiles(pages),
            "vote": percentiles(votes),
            "answers": dict(sorted(statuses.items())),
        }

    async def _read(
        self, planned: float, i: int, times: list[float], statuses: Counter[str]
    ) -> None:
        await asyncio.sleep(max(0.0, planned - time.monotonic()))
        wire = await connect(self.plan.port)
        try:
            page = PAGES[i % len(PAGES)]
            answer = await asyncio.wait_for(wire.ask(get(page, port=self.plan.port)), 60)
            statuses[f"page {answer.status}"] += 1
        except (ConnectionError, TimeoutError):
            statuses["page none"] += 1
        times.append(time.monotonic() - planned)
        if wire.transport is not None:
            wire.transport.close()

    async def _vote(
        self, planned: float, i: int, times: list[float], statuses: Counter[str]
    ) -> None:
        await asyncio.sleep(max(0.0, planned - time.monotonic()))
        plan = self.plan
        body = {
            "m": plan.measures[i % len(plan.measures)],
            "c": plan.criteria[i % len(plan.criteria)],
            "r": 1,
            "v": 1 + i % 5,
        }
        command = {"k": new_key(), "t": "rate", "n": i, "at": round(time.time() * 1000), "b": body}
        phone = self.phones[i % len(self.phones)]
        path = f"/live/{plan.event}/command"
        answer = await phone.ask(
            post(path, json.dumps(command).encode(), port=plan.port, cookie=phone.cookie)
        )
        statuses[f"vote {answer.status}"] += 1
        times.append(time.monotonic() - planned)

    async def _join(self) -> Phone:
        phone = Phone(await connect(self.plan.port), "", self.plan.port)
        content = {
            "link": self.plan.link,
            "language": "de",
            "consent": CONSENT_VERSION,
            "k": new_key(),
        }
        answer = await phone.ask(
            post("/live/join", json.dumps(content).encode(), port=self.plan.port)
        )
        phone.cookie = answer.header(b"set-cookie").partition(b";")[0].decode()
        return phone

    # ---- signing in ----------------------------------------------------------------------------

    async def _browser(self) -> tuple[str, str]:
        """Open the sign-in; return the cookie and the word of its form."""
        wire = await connect(self.plan.port)
        answer = await wire.ask(get(LOGIN, port=self.plan.port))
        found = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', _plain(answer))
        cookies = SimpleCookie(answer.header(b"set-cookie").decode())
        cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())
        if wire.transport is not None:
            wire.transport.close()
        return cookie, found[1].decode() if found else ""

    async def _try(self, browser: tuple[str, str], email: str, address: str = "") -> Answer:
        cookie, word = browser
        words = {"login": email, "password": "no such word", "csrfmiddlewaretoken": word}
        body = urlencode(words).encode()
        wire = await connect(self.plan.port)
        try:
            return await asyncio.wait_for(
                wire.ask(self._head(LOGIN, len(body), cookie, address) + body), 120
            )
        except (ConnectionError, TimeoutError):
            return Answer(0, b"", b"")
        finally:
            if wire.transport is not None:
                wire.transport.close()

    def _head(self, path: str, length: int, cookie: str = "", address: str = "") -> bytes:
        lines = [
            f"POST {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.plan.port}",
            f"Origin: http://127.0.0.1:{self.plan.port}",
            "Accept: text/html",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {length}",
            *([f"Cookie: {cookie}"] if cookie else []),
            *([f"X-Forwarded-For: {address}"] if address else []),
        ]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _plain(answer: Answer) -> bytes:
    import gzip  # noqa: PLC0415 - here only

    packed = answer.header(b"content-encoding") == b"gzip"
    return gzip.decompress(answer.body) if packed else answer.body


def _what(answer: Answer) -> str:
    is_early = answer.status == 200 and EARLY in _plain(answer)  # noqa: PLR2004 - OK
    return f"{answer.status} refused unseen" if is_early else str(answer.status)


def memory_mb(process: int) -> float:
    """Return the resident memory of a process of this machine."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def worked_s(process: int) -> float:
    """Return the processor time a process of this machine has used."""
    words = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def children_of(process: int) -> Iterator[tuple[int, str]]:
    """Yield the children of a process with their command lines."""
    for number in Path(f"/proc/{process}/task/{process}/children").read_text().split():
        words = Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
        yield int(number), " ".join(word.decode() for word in words)


def main() -> int:
    """Read the plan, attack, write the figures."""
    plan = Plan(**json.loads(Path(sys.argv[1]).read_text()))
    figures = asyncio.run(Attack(plan).run())
    Path(sys.argv[2]).write_text(json.dumps(figures))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
